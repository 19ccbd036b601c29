"""Evasion attacks of the Adversarial Robustness Toolbox on a Keras classifier."""

import logging

import keras
import numpy as np
import numpy.typing as npt
import structlog
import tensorflow as tf
from art.attacks.evasion import FastGradientMethod, ProjectedGradientDescent
from art.estimators.classification import TensorFlowV2Classifier
from dioptra import pyplugs

from .metrics import post_metrics

Images = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]

LOGGER = structlog.stdlib.get_logger()

# ART reports success rates at INFO, for the fast gradient method always 0: it does not measure it.
logging.getLogger("art.attacks").setLevel(logging.WARNING)


@pyplugs.register
def fast_gradient_method(
    model: keras.Model, images: Images, labels: Labels, epsilon: float
) -> Images:
    """Move each pixel by ``epsilon`` in the direction that raises the loss, in one step.

    Args:
        model: gives logits of shape (n, classes).
        images: float32 of shape (n, height, width, channels) between 0 and 1.
        labels: the truth, int of shape (n,).
        epsilon: largest change of a pixel, above 0; 1 is from white to black.

    Returns:
        adversarial images, shaped and bounded like ``images``.

    Raises:
        ValueError: if ``epsilon`` is not above 0.
    """
    attack = FastGradientMethod(_classifier(model, images), eps=epsilon, batch_size=256)
    adversarial: Images = attack.generate(images, labels)
    LOGGER.info("Fast gradient method applied", images=len(images), epsilon=epsilon)
    return adversarial


@pyplugs.register
def projected_gradient(
    model: keras.Model, images: Images, labels: Labels, epsilon: float, steps: int
) -> Images:
    """Move pixels by ``steps`` small gradient steps, never farther than ``epsilon`` in all.

    Args:
        model, images, labels, epsilon: as in :func:`fast_gradient_method`.
        steps: at least 1; each moves a pixel by up to ``2.5 * epsilon / steps``.

    Returns:
        adversarial images, shaped and bounded like ``images``.

    Raises:
        ValueError: if ``epsilon`` is not above 0 or ``steps`` is below 1.
    """
    if steps < 1:
        raise ValueError(f"steps must be at least 1: {steps}")
    attack = ProjectedGradientDescent(
        _classifier(model, images),
        eps=epsilon,
        eps_step=min(epsilon, 2.5 * epsilon / steps),
        max_iter=steps,
        batch_size=256,
        verbose=False,
    )
    adversarial: Images = attack.generate(images, labels)
    LOGGER.info("Projected gradient descent applied", images=len(images), steps=steps)
    return adversarial


@pyplugs.register
def measure(
    model: keras.Model, images: Images, labels: Labels, fgsm: Images, pgd: Images
) -> dict[str, float]:
    """Compare what the model gets right before and after the attacks.

    Args:
        model: gives logits of shape (n, classes).
        images, fgsm, pgd: original and adversarial images of one shape.
        labels: the truth, int of shape (n,).

    Returns:
        ``clean_accuracy``, ``fgsm_accuracy``, ``pgd_accuracy`` (0 to 1) and the mean change of a
        pixel, ``fgsm_change`` and ``pgd_change``. They are posted as metrics of the job as well.
    """
    report = {
        "clean_accuracy": _accuracy(model, images, labels),
        "fgsm_accuracy": _accuracy(model, fgsm, labels),
        "pgd_accuracy": _accuracy(model, pgd, labels),
        "fgsm_change": float(np.abs(fgsm - images).mean()),
        "pgd_change": float(np.abs(pgd - images).mean()),
    }
    for name, value in report.items():
        LOGGER.info("Measured", metric=name, value=round(value, 4))
    post_metrics(report)
    return report


@pyplugs.register
def predict_classes(model: keras.Model, images: Images) -> Labels:
    """Return the most likely class of each image, int64 of shape (n,)."""
    logits = model.predict_on_batch(images)
    return np.asarray(logits).argmax(axis=1).astype(np.int64)


def _accuracy(model: keras.Model, images: Images, labels: Labels) -> float:
    return float((predict_classes(model, images) == labels).mean())


def _classifier(model: keras.Model, images: Images) -> TensorFlowV2Classifier:
    return TensorFlowV2Classifier(
        model=model,
        nb_classes=model.output_shape[-1],
        input_shape=images.shape[1:],
        loss_object=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        clip_values=(0.0, 1.0),
    )
