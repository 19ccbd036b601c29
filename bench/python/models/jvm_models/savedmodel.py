"""SavedModels, on the JVM and in Python, and the other models that the JVM has beside TensorFlow.
Their weights are made by chance."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf
from dioptra import pyplugs
from dioptra_task_host import jvm
from keras import layers

from jvm_models import contest


def _block(x: Any, outputs: int, stride: int) -> Any:
    short = x
    if stride > 1:
        short = layers.Conv2D(outputs, 1, stride, use_bias=False)(x)
        short = layers.BatchNormalization()(short)
    x = layers.Conv2D(outputs, 3, stride, padding="same", use_bias=False)(x)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(outputs, 3, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization()(x) + short)


def resnet18() -> Any:
    given = x = layers.Input((224, 224, 3))
    x = layers.Conv2D(64, 7, 2, padding="same", use_bias=False)(x)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.MaxPooling2D(3, 2, padding="same")(x)
    for outputs, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        x = _block(_block(x, outputs, stride), outputs, 1)
    return keras.Model(given, layers.Dense(1000)(layers.GlobalAveragePooling2D()(x)))


@pyplugs.register
def throughput(examples: int) -> None:
    keras.utils.set_random_seed(1)
    made = resnet18()
    print(f"  ResNet-18 of {sum(w.numpy().size for w in made.trainable_weights):,} parameters")
    made.export("resnet", verbose=False)
    loaded = tf.saved_model.load("resnet")
    model = loaded.signatures["serving_default"]
    remote = jvm.call("savedmodel.load_model", "resnet", device="cpu")
    [taken] = model.structured_input_signature[1]

    def python(images: Any, batch: int) -> Any:
        results = []
        for at in range(0, len(images), batch):
            [scores] = model(**{taken: tf.constant(images[at : at + batch])}).values()
            results.append(scores.numpy())
        return np.concatenate(results)

    contest.throughput(
        python,
        lambda images, batch: jvm.call("savedmodel.predict", remote, images, batch),
        examples,
    )


@pyplugs.register
def calls() -> None:
    keras.utils.set_random_seed(1)
    images = np.random.default_rng(1).random((32, 8, 8, 1), dtype=np.float32)
    digits = keras.Sequential(
        [
            layers.Input((8, 8, 1)),
            layers.Conv2D(8, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )
    digits.export("digits", verbose=False)
    model = jvm.call("savedmodel.load_model", "digits", device="cpu")
    _calls("SavedModel", "savedmodel", model, images)
    trained = jvm.call(
        "deeplearning4j.train", images, np.arange(32) % 10, 10, "convolution 8 3", epochs=1
    )[0]
    _calls("Deeplearning4j", "deeplearning4j", trained, images)


def _calls(name: str, library: str, model: Any, images: Any) -> None:
    contest.calls(
        name, model, lambda: jvm.call(f"{library}.benchmark", model, images, 32, 1, 0)[0], images
    )
