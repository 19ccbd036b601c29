"""A PyTorch network as TorchScript, which the JVM can load."""

import copy

import structlog
import torch
from art.estimators.classification import PyTorchClassifier
from dioptra import pyplugs
from torch import nn

LOGGER = structlog.stdlib.get_logger()


class ChannelsLast(nn.Module):
    """A network that takes images as the tasks hand them on, with the channels last."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.network(images.permute(0, 3, 1, 2))  # type: ignore[no-any-return]


@pyplugs.register
def export_torchscript(classifier: PyTorchClassifier, path: str) -> str:
    """Write a network as a TorchScript file.

    Args:
        classifier: of ``train_torch_network``.
        path: relative to the job's folder. What is written takes float32 of shape
            (n, height, width, channels) and gives the network's logits.

    Returns:
        ``path``
    """
    network = ChannelsLast(copy.deepcopy(classifier.model).cpu()).eval()
    torch.jit.script(network).save(path)
    LOGGER.info("TorchScript written", path=path)
    return path
