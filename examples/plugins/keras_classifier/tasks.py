"""A small convolutional network in Keras."""

from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import structlog
from dioptra import pyplugs
from keras import layers

Images = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

LOGGER = structlog.stdlib.get_logger()


@pyplugs.register
def train_network(
    images: Images, labels: Labels, epochs: int, batch_size: int, seed: int
) -> keras.Model:
    """Train a network that tells the classes of small images apart.

    Args:
        images: float32 of shape (n, height, width, channels) between 0 and 1.
        labels: int of shape (n,), 0 to the number of classes less one.
        epochs: passes over the images, at least 1.
        batch_size: images per step, at least 1.
        seed: for Python, numpy and TensorFlow; equal seeds give nearly equal networks (the order
            in which threads add numbers is not fixed).

    Returns:
        a compiled model that gives logits, float32 of shape (n, classes).
    """
    keras.utils.set_random_seed(seed)
    model = _network(images.shape[1:], classes=int(labels.max()) + 1)
    model.fit(images, labels, epochs=epochs, batch_size=batch_size, verbose=0, callbacks=[_Log()])
    return model


@pyplugs.register
def score_images(model: keras.Model, images: Images) -> Scores:
    """Return the logits of images, float32 of shape (n, classes)."""
    return np.asarray(model.predict_on_batch(images))


class _Log(keras.callbacks.Callback):  # type: ignore[misc]
    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        measured = {name: round(float(value), 4) for name, value in (logs or {}).items()}
        LOGGER.info("Epoch trained", epoch=epoch + 1, **measured)


def _network(shape: tuple[int, ...], classes: int) -> keras.Model:
    model = keras.Sequential(
        [
            layers.Input(shape),
            layers.Conv2D(16, 3, padding="same", activation="relu"),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(classes),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(0.003), loss=loss, metrics=["accuracy"])
    return model
