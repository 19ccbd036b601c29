"""Whether a model gives the same in Python and on the JVM, before and after attacks."""

from typing import Any

import numpy as np
import numpy.typing as npt
import structlog
from dioptra import pyplugs

from .metrics import post_metrics

Scores = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]

LOGGER = structlog.stdlib.get_logger()
SCORES_APART = 1e-4
ACCURACIES_APART = 1e-6


@pyplugs.register
def compare_languages(
    subject: str,
    python_scores: Scores,
    jvm_scores: Scores,
    labels: Labels,
    jvm_accuracy: float,
) -> dict[str, float]:
    """Compare what Python and the JVM make of the same images.

    Args:
        subject: what the images are, for messages and the names of what is returned.
        python_scores: what the model gives in Python, float of shape (n, classes).
        jvm_scores: what the exported model gives on the JVM, of the same shape.
        labels: the truth, int of shape (n,).
        jvm_accuracy: what the JVM has measured, 0 to 1.

    Returns:
        ``<subject>_accuracy``, ``<subject>_jvm_accuracy`` and ``<subject>_scores_apart``.

    Raises:
        ValueError: if two scores are more than 1e-4 apart, or the accuracies more than 1e-6.
    """
    if python_scores.shape != jvm_scores.shape:
        raise ValueError(
            f"For the {subject} images Python gives scores of shape {python_scores.shape}, and the "
            f"JVM {jvm_scores.shape}: these are not the scores of one model for the same images."
        )
    differences = np.abs(python_scores.astype(np.float64) - jvm_scores)
    worst = np.unravel_index(differences.argmax(), differences.shape)
    apart = float(differences[worst])
    # Written so that it is true of what is not a number.
    if not apart <= SCORES_APART:
        image, label = (int(index) for index in worst)
        raise ValueError(
            f"Python and the JVM disagree on the {subject} images: class {label} of image {image} "
            f"has the score {python_scores[worst]:.6g} in Python and {jvm_scores[worst]:.6g} on "
            f"the JVM, {apart:.2g} apart; at most {SCORES_APART:g} is allowed. Is the exported "
            "model the one that was asked in Python, and are its inputs prepared alike?"
        )
    accuracy = float((python_scores.argmax(axis=1) == labels).mean())
    if not abs(accuracy - jvm_accuracy) <= ACCURACIES_APART:
        raise ValueError(
            f"Python and the JVM disagree on the {subject} images: the accuracy is {accuracy:.8g} "
            f"in Python and {jvm_accuracy:.8g} on the JVM; at most {ACCURACIES_APART:g} apart is "
            "allowed. Their scores agree: are the labels the same?"
        )
    LOGGER.info(
        "Python and the JVM agree",
        subject=subject,
        accuracy=round(accuracy, 4),
        jvm_accuracy=round(jvm_accuracy, 4),
        scores_apart=f"{apart:.1e}",
    )
    return {
        f"{subject}_accuracy": accuracy,
        f"{subject}_jvm_accuracy": jvm_accuracy,
        f"{subject}_scores_apart": apart,
    }


@pyplugs.register
def report_languages(
    clean: dict[str, float],
    white_box: dict[str, float],
    fast_gradient_accuracy: float,
    black_box_accuracy: float,
) -> dict[str, Any]:
    """Put together what was measured, and post it as metrics of the job.

    Args:
        clean, white_box: of :func:`compare_languages`.
        fast_gradient_accuracy: on the JVM, after an attack that was made there.
        black_box_accuracy: on the JVM, after an attack that only asked.

    Returns:
        all of it by name: ``clean_…``, ``white_box_…``, ``jvm_fast_gradient_accuracy`` and
        ``black_box_jvm_accuracy``.
    """
    report = {
        **clean,
        **white_box,
        "jvm_fast_gradient_accuracy": fast_gradient_accuracy,
        "black_box_jvm_accuracy": black_box_accuracy,
    }
    post_metrics(report)
    return report
