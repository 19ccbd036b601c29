"""Pictures of what an attack did."""

from typing import Any

import numpy as np
import numpy.typing as npt
import structlog
from dioptra import pyplugs
from matplotlib.figure import Figure

Images = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]

LOGGER = structlog.stdlib.get_logger()
INCHES = 1.4


@pyplugs.register
def draw_attack(
    images: Images,
    adversarial: Images,
    labels: Labels,
    predictions: Labels,
    columns: int,
) -> Figure:
    """Draw originals, perturbations and adversarial images in three rows.

    The images that are no longer recognised come first.

    Args:
        images: float32 of shape (n, height, width, 1) between 0 (white) and 1 (black).
        adversarial: what the attack made of them, of the same shape.
        labels: the truth, int of shape (n,).
        predictions: what the model takes the adversarial images for, int of shape (n,).
        columns: how many images to draw, at least 1; fewer where there are fewer images.

    Raises:
        ValueError: if ``columns`` is below 1.
    """
    if columns < 1:
        raise ValueError(f"columns must be at least 1: {columns}")
    shown = np.argsort(predictions == labels, kind="stable")[:columns]
    changes = adversarial - images
    limit = float(np.abs(changes[shown]).max()) or 1.0
    figure = Figure(figsize=(INCHES * len(shown), INCHES * 3.4), layout="compressed", dpi=120)
    grid: Any = figure.subplots(3, len(shown), squeeze=False)
    for column, index in enumerate(shown):
        original, change, fooled = grid[:, column]
        original.imshow(images[index, ..., 0], cmap="gray_r", vmin=0, vmax=1)
        original.set_title(f"is {labels[index]}")
        change.imshow(changes[index, ..., 0], cmap="coolwarm", vmin=-limit, vmax=limit)
        fooled.imshow(adversarial[index, ..., 0], cmap="gray_r", vmin=0, vmax=1)
        fooled.set_title(f"taken for {predictions[index]}", fontsize="medium")
    for row, name in enumerate(("original", "perturbation", "adversarial")):
        grid[row, 0].set_ylabel(name)
    for axes in grid.flat:
        axes.set(xticks=[], yticks=[])
    LOGGER.info("Attack drawn", images=len(shown))
    return figure
