"""Writes SavedModels, inputs, and what TensorFlow itself makes of them, into a folder."""

import os
import shutil
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import tensorflow as tf
from keras import layers

IMAGES = tf.TensorSpec((None, 8, 8, 1), tf.float32, name="images")
LABELS = tf.TensorSpec((None,), tf.int64, name="labels")


def network() -> keras.Model:
    model = keras.Sequential(
        [
            layers.Input((8, 8, 1)),
            layers.Conv2D(8, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.5),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )
    # As if trained: what batch norm has seen is not what the images are.
    model.layers[1].moving_mean.assign(tf.random.uniform((8,), 0, 0.3))
    model.layers[1].moving_variance.assign(tf.random.uniform((8,), 0.1, 0.2))
    return model


def losses(labels: tf.Tensor, scores: tf.Tensor) -> tf.Tensor:
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels, scores)


def export(model: keras.Model, folder: Path) -> None:
    """Writes a model whose second signature gives gradients by the images."""

    def gradient(images: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            tape.watch(images)
            total = tf.reduce_sum(losses(labels, model(images, training=False)))
        return tape.gradient(total, images)

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        "serve", lambda images: model(images, training=False), [IMAGES]
    )
    archive.add_endpoint("gradient", gradient, [IMAGES, LABELS])
    archive.write_out(folder, verbose=False)


class Text(tf.Module):
    """Takes what is no array of numbers, and has another gradient than is expected."""

    @tf.function(input_signature=[tf.TensorSpec((None,), tf.string, name="words")])
    def lengths(self, words: tf.Tensor) -> tf.Tensor:
        return tf.cast(tf.strings.length(words), tf.float32)

    @tf.function(input_signature=[tf.TensorSpec((None, 2), tf.float32, name="points")])
    def gradient(self, points: tf.Tensor) -> tf.Tensor:
        return points

    @tf.function(input_signature=[tf.TensorSpec(None, tf.float32, name="points")])
    def total(self, points: tf.Tensor) -> tf.Tensor:
        return tf.reduce_sum(tf.reshape(points, (-1, 4)))


def spoil(folder: Path) -> None:
    """Makes models that are damaged, each in another way."""
    names = ("no_weights", "half_weights", "half_graph")
    names += ("empty_graph", "noise_graph", "noise_weights", "operator")
    for name in names:
        shutil.copytree(folder / "digits", folder / name)
    (folder / "empty_graph" / "saved_model.pb").write_bytes(b"")
    noise = np.random.default_rng(8).bytes(20_000)
    (folder / "noise_graph" / "saved_model.pb").write_bytes(noise)
    (folder / "noise_weights" / "variables" / "variables.index").write_bytes(noise)
    graph = folder / "operator" / "saved_model.pb"
    graph.write_bytes(graph.read_bytes().replace(b"Relu", b"Relx"))
    shutil.rmtree(folder / "no_weights" / "variables")
    for file in (
        folder / "half_weights" / "variables" / "variables.data-00000-of-00001",
        folder / "half_graph" / "saved_model.pb",
    ):
        os.truncate(file, file.stat().st_size // 2)


def main(folder: Path) -> None:
    keras.utils.set_random_seed(8)
    model = network()
    export(model, folder / "digits")
    model.export(folder / "plain", verbose=False)
    model.save(folder / "model.keras")
    text = Text()
    tf.saved_model.save(
        text,
        folder / "text",
        signatures={
            "serving_default": text.lengths,
            "gradient": text.gradient,
            "total": text.total,
        },
    )
    (folder / "empty").mkdir()
    spoil(folder)
    images = tf.random.uniform((50, 8, 8, 1))
    scores = model(images, training=False)
    labels = np.argmax(scores, 1)
    labels[::7] = (labels[::7] + 3) % 10
    with tf.GradientTape() as tape:
        tape.watch(images)
        total = tf.reduce_sum(
            losses(tf.constant(labels), model(images, training=False))
        )
    np.save(folder / "images.npy", images)
    np.save(folder / "scores.npy", scores)
    np.save(folder / "labels.npy", labels)
    np.save(folder / "gradient.npy", tape.gradient(total, images))


main(Path(sys.argv[1]))
