"""Scikit-learn's handwritten digits: 1797 grey images of 8 x 8 pixels, part of the package."""

from typing import Any

import numpy as np
import numpy.typing as npt
import structlog
from dioptra import pyplugs
from sklearn.datasets import load_digits as load_bundled_digits
from sklearn.model_selection import train_test_split

Images = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]

LOGGER = structlog.stdlib.get_logger()
BRIGHTEST = 16.0


@pyplugs.register
def load_digits(test_fraction: float, seed: int) -> tuple[Images, Labels, Images, Labels]:
    """Load the digits and split them, each digit in the same share on both sides.

    Args:
        test_fraction: share of the images to test with, between 0 and 1.
        seed: of the split; equal seeds give equal splits.

    Returns:
        training images, training labels, test images, test labels. Images are float32 of shape
        (n, 8, 8, 1) between 0 (white) and 1 (black); labels are int64 of shape (n,), 0 to 9.

    Raises:
        ValueError: if ``test_fraction`` leaves a side without some digit.
    """
    bundled: Any = load_bundled_digits()
    images = (bundled.images / BRIGHTEST).astype(np.float32)[..., np.newaxis]
    labels = bundled.target.astype(np.int64)
    training, test, training_labels, test_labels = train_test_split(
        images, labels, test_size=test_fraction, random_state=seed, stratify=labels
    )
    LOGGER.info("Digits loaded", training=len(training), test=len(test))
    return training, training_labels, test, test_labels
