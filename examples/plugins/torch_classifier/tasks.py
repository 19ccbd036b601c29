"""A small convolutional network in PyTorch, and an attack on it."""

import numpy as np
import numpy.typing as npt
import structlog
import torch
from art.attacks.evasion import FastGradientMethod
from art.estimators.classification import PyTorchClassifier
from dioptra import pyplugs
from torch import nn

Images = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

LOGGER = structlog.stdlib.get_logger()


@pyplugs.register
def train_torch_network(
    images: Images, labels: Labels, epochs: int, batch_size: int, seed: int
) -> PyTorchClassifier:
    """Train a network that tells the classes of small images apart.

    Args:
        images: float32 of shape (n, height, width, channels) between 0 and 1.
        labels: int of shape (n,), 0 to the number of classes less one.
        epochs: passes over the images, at least 1.
        batch_size: images per step, at least 1.
        seed: for numpy and PyTorch; equal seeds give nearly equal networks (the order in which
            threads add numbers is not fixed).

    Returns:
        the network as the toolbox sees it, for images with the channels first.
    """
    np.random.seed(seed)  # the toolbox shuffles with it
    torch.manual_seed(seed)
    classes = int(labels.max()) + 1
    network = _network(images.shape[1:], classes)
    classifier = PyTorchClassifier(
        model=network,
        loss=nn.CrossEntropyLoss(),
        optimizer=torch.optim.Adam(network.parameters(), lr=0.003),
        input_shape=_channels_first(images).shape[1:],
        nb_classes=classes,
        clip_values=(0.0, 1.0),
    )
    classifier.fit(_channels_first(images), labels, batch_size=batch_size, nb_epochs=epochs)
    LOGGER.info("Network trained", epochs=epochs, device=str(classifier.device))
    return classifier


@pyplugs.register
def attack_torch_network(
    classifier: PyTorchClassifier, images: Images, labels: Labels, epsilon: float
) -> Images:
    """Move each pixel by ``epsilon`` in the direction that raises the loss, in one step.

    Args:
        classifier: of :func:`train_torch_network`.
        images: float32 of shape (n, height, width, channels) between 0 and 1.
        labels: the truth, int of shape (n,).
        epsilon: largest change of a pixel, above 0; 1 is from white to black.

    Returns:
        adversarial images, shaped and bounded like ``images``.

    Raises:
        ValueError: if ``epsilon`` is not above 0.
    """
    attack = FastGradientMethod(classifier, eps=epsilon, batch_size=256)
    adversarial = attack.generate(_channels_first(images), labels)
    LOGGER.info("Fast gradient method applied", images=len(images), epsilon=epsilon)
    return np.ascontiguousarray(np.moveaxis(adversarial, 1, -1))


@pyplugs.register
def score_torch_images(classifier: PyTorchClassifier, images: Images) -> Scores:
    """Return the logits of images with the channels last, float32 of shape (n, classes)."""
    scores: Scores = classifier.predict(_channels_first(images), batch_size=256)
    return scores


@pyplugs.register
def measure_torch_network(
    classifier: PyTorchClassifier, images: Images, labels: Labels, fgsm: Images
) -> dict[str, float]:
    """Compare what the network gets right before and after the attack.

    Args:
        classifier: of :func:`train_torch_network`.
        images, fgsm: original and adversarial images of one shape.
        labels: the truth, int of shape (n,).

    Returns:
        ``clean_accuracy`` and ``fgsm_accuracy`` (0 to 1), and ``fgsm_change``, the mean change of a
        pixel.
    """
    report = {
        "clean_accuracy": _accuracy(classifier, images, labels),
        "fgsm_accuracy": _accuracy(classifier, fgsm, labels),
        "fgsm_change": float(np.abs(fgsm - images).mean()),
    }
    for name, value in report.items():
        LOGGER.info("Measured", metric=name, value=round(value, 4))
    return report


def _accuracy(classifier: PyTorchClassifier, images: Images, labels: Labels) -> float:
    return float((score_torch_images(classifier, images).argmax(axis=1) == labels).mean())


def _channels_first(images: Images) -> Images:
    """PyTorch's order of the axes."""
    return np.ascontiguousarray(np.moveaxis(images, -1, 1))


def _network(shape: tuple[int, ...], classes: int) -> nn.Module:
    height, width, channels = shape
    return nn.Sequential(
        nn.Conv2d(channels, 16, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(32 * ((height - 2) // 2) * ((width - 2) // 2), 64),
        nn.ReLU(),
        nn.Linear(64, classes),
    )
