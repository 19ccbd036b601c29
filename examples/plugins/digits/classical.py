"""A support vector machine on images, and what it gets right."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import structlog
from dioptra import pyplugs
from sklearn.metrics import precision_recall_fscore_support
from sklearn.svm import SVC

Images = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]

LOGGER = structlog.stdlib.get_logger()


@pyplugs.register
def train_vector_machine(images: Images, labels: Labels, regularization: float) -> SVC:
    """Fit a support vector machine with a Gaussian kernel.

    Args:
        images: float, shape (n, ...); all but the first axis are flattened.
        labels: int, shape (n,).
        regularization: scikit-learn's ``C``, above 0; more follows the training data closer.
    """
    model = SVC(C=regularization)
    model.fit(_rows(images), labels)
    LOGGER.info("Support vector machine trained", vectors=int(model.n_support_.sum()))
    return model


@pyplugs.register
def classify_images(model: SVC, images: Images) -> Labels:
    """Return the predicted labels, int64 of shape (n,), for images of the training's shape."""
    predicted: Any = model.predict(_rows(images))
    return np.asarray(predicted, dtype=np.int64)


@pyplugs.register
def score_by_digit(labels: Labels, predictions: Labels) -> pd.DataFrame:
    """Return a row for each label with precision, recall, f1 (0 to 1) and support (a count).

    Args:
        labels: the truth, int of shape (n,).
        predictions: int of shape (n,).
    """
    digits = np.unique(labels)
    precision, recall, f1, support = precision_recall_fscore_support(
        labels, predictions, labels=digits, zero_division=0
    )
    LOGGER.info("Predictions scored", accuracy=round(float(np.mean(labels == predictions)), 4))
    return pd.DataFrame(
        {"digit": digits, "precision": precision, "recall": recall, "f1": f1, "support": support}
    )


def _rows(images: Images) -> Images:
    return images.reshape(len(images), -1)
