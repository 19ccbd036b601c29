"""A Keras network as a SavedModel, with which the JVM can do what Python does with the network."""

from typing import Any

import keras
import structlog
import tensorflow as tf
from dioptra import pyplugs

LOGGER = structlog.stdlib.get_logger()


@pyplugs.register
def export_savedmodel(model: keras.Model, folder: str) -> str:
    """Write a network as a SavedModel with two signatures.

    ``serving_default`` takes images and gives the network's logits. ``gradient`` takes images and
    labels and gives the gradient of the cross entropy, which attacks on the JVM need: a graph
    that is exported without it has none.

    Args:
        model: gives logits of shape (n, classes).
        folder: relative to the job's folder; it must not be there yet.

    Returns:
        ``folder``
    """
    images = tf.TensorSpec((None, *model.input_shape[1:]), tf.float32, name="images")
    labels = tf.TensorSpec((None,), tf.int64, name="labels")

    def serve(images: Any) -> Any:
        return model(images, training=False)

    def gradient(images: Any, labels: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(images)
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, serve(images))
            total = tf.reduce_sum(losses)  # so that the gradient of each image is its own
        return tape.gradient(total, images)

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint("serve", serve, [images])
    archive.add_endpoint("gradient", gradient, [images, labels])
    archive.write_out(folder, verbose=False)
    LOGGER.info("SavedModel written", folder=folder)
    return folder
