"""Writes Keras models, inputs, and what Keras itself makes of them, into a folder.

The files beside the tests were made by this, with TensorFlow 2.18, tf_keras 2.18 (Keras 2) and Keras 3.15.
"""

import sys
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
import tf_keras
from tf_keras import layers


def sequential() -> tf_keras.Model:
    """Probabilities of ten classes; has dropout, and was compiled with a loss."""
    model = tf_keras.Sequential(
        [
            layers.Input((8, 8, 1)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


def functional() -> tf_keras.Model:
    """Logits of ten classes; has batch norm that has seen other images, and two branches."""
    images = layers.Input((8, 8, 1))
    first = layers.Conv2D(4, 3, padding="same", activation="relu")(images)
    first = layers.BatchNormalization()(first)
    second = layers.Conv2D(4, 1, activation="tanh")(images)
    both = layers.Add()([first, second])
    model = tf_keras.Model(images, layers.Dense(10)(layers.Flatten()(both)))
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            random = np.random.default_rng(3)
            layer.set_weights([random.uniform(0.5, 2.0, it.shape) for it in layer.get_weights()])
    return model


def main(folder: Path) -> None:
    tf_keras.utils.set_random_seed(8)
    images = np.random.default_rng(8).random((50, 8, 8, 1), dtype=np.float32)
    np.save(folder / "images.npy", images)
    models = {"sequential": sequential(), "functional": functional()}
    labels = models["sequential"].predict(images, verbose=0).argmax(1)
    labels[::7] = (labels[::7] + 3) % 10
    np.save(folder / "labels.npy", labels)
    for name, model in models.items():
        model.save(folder / f"{name}.h5", save_format="h5")
        np.save(folder / f"{name}_scores.npy", model.predict(images, verbose=0))
        inputs = tf.constant(images)
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            scores = model(inputs, training=False)
            loss = tf_keras.losses.sparse_categorical_crossentropy(
                labels, scores, from_logits=name == "functional"
            )
        np.save(folder / f"{name}_gradient.npy", tape.gradient(loss, inputs).numpy())
    models["sequential"].save_weights(folder / "weights.h5")
    newer = keras.Sequential(
        [keras.layers.Input((8, 8, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
    )
    newer.save(folder / "keras3.h5")
    newer.save(folder / "keras3.keras")


main(Path(sys.argv[1]))
