"""Writes TorchScript models, inputs, and what PyTorch itself makes of them, into a folder.

The files beside the tests were made by this; -Ppytorch makes them anew with the pinned PyTorch.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn


class Digits(nn.Module):
    """Scores ten classes of 8 x 8 pixels. It writes to its input, and has dropout."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(64, 24)
        self.drop = nn.Dropout(0.5)
        self.out = nn.Linear(24, 10)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        if not images.requires_grad:
            images.mul_(2.0)
        else:
            images = images * 2.0
        flat = images.reshape(images.shape[0], 64)
        return self.out(self.drop(torch.relu(self.hidden(flat))))


class Silent(nn.Module):
    """Has a method, but not the one that is called."""

    @torch.jit.export
    def encode(self, images: torch.Tensor) -> torch.Tensor:
        return images


def main(folder: Path) -> None:
    torch.manual_seed(8)
    torch.set_num_threads(1)
    model = torch.jit.script(Digits())
    model.save(str(folder / "digits.pt"))
    torch.jit.script(Silent()).save(str(folder / "silent.pt"))
    torch.save(Digits().state_dict(), folder / "weights.pt")
    model.eval()
    images = torch.rand(50, 8, 8, 1)
    np.save(folder / "images.npy", images.numpy())
    with torch.no_grad():
        scores = model(images.clone())
    np.save(folder / "scores.npy", scores.numpy())
    labels = scores.argmax(1)
    labels[::7] = (labels[::7] + 3) % 10
    np.save(folder / "labels.npy", labels.numpy())
    images.requires_grad_(True)
    nn.functional.cross_entropy(model(images), labels, reduction="sum").backward()
    np.save(folder / "gradient.npy", images.grad.numpy())


main(Path(sys.argv[1]))
