"""An attack that only asks: any function from images to scores can be its target."""

import logging
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import structlog
from art.attacks.evasion import HopSkipJump
from art.estimators.classification import BlackBoxClassifierNeuralNetwork
from dioptra import pyplugs

Images = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

LOGGER = structlog.stdlib.get_logger()
ITERATIONS = 4  # more come nearer to the originals, and ask more

logging.getLogger("art.attacks").setLevel(logging.WARNING)


@pyplugs.register
def ask_model(model: Callable[[Images], Scores], images: Images) -> Scores:
    """Return what a function gives for images, float32 of shape (n, classes)."""
    return model(images)


@pyplugs.register
def hop_skip_jump(
    model: Callable[[Images], Scores],
    images: Images,
    labels: Labels,
    count: int,
    seed: int,
) -> tuple[Images, Labels]:
    """Look for small changes that mislead a model of which only the answers are known.

    Args:
        model: gives scores of shape (n, classes) for images of shape (n, height, width, channels),
            for example a model that a task on the JVM has loaded.
        images: float32 between 0 and 1.
        labels: the truth, int of shape (n,).
        count: the first so many images that the model recognises are attacked, at least 1; each
            costs hundreds of questions.
        seed: equal seeds ask the same questions.

    Returns:
        adversarial images and their labels.

    Raises:
        ValueError: if ``count`` is below 1, or the model recognises nothing.
    """
    if count < 1:
        raise ValueError(f"count must be at least 1: {count}")
    recognised = np.flatnonzero(model(images).argmax(axis=1) == labels)[:count]
    if not recognised.size:
        raise ValueError("the model recognises none of the images: there is nothing to attack")
    few, truth = images[recognised], labels[recognised]
    np.random.seed(seed)  # the toolbox asks with it
    asked = 0

    def answer(batch: Images) -> Scores:
        nonlocal asked
        asked += len(batch)
        return model(np.ascontiguousarray(batch, dtype=np.float32))

    target = BlackBoxClassifierNeuralNetwork(
        answer,
        input_shape=images.shape[1:],
        nb_classes=int(labels.max()) + 1,
        clip_values=(0.0, 1.0),
        channels_first=False,
    )
    attack = HopSkipJump(target, max_iter=ITERATIONS, max_eval=100, init_eval=20, verbose=False)
    adversarial: Images = attack.generate(few).astype(np.float32)
    change = float(np.abs(adversarial - few).mean())
    LOGGER.info("HopSkipJump applied", images=len(few), questions=asked, change=round(change, 4))
    return adversarial, truth
