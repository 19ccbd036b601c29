"""TorchScript models, on the JVM and in Python. Their weights are made by chance."""

from typing import Any

import numpy as np
import torch
from dioptra import pyplugs
from dioptra_task_host import jvm
from torch import nn

from jvm_models import contest


class Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )
        self.short: nn.Module = nn.Identity()
        if stride > 1:
            self.short = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(self.body(x) + self.short(x))


class ChannelsFirst(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.permute(0, 3, 1, 2)


def resnet18() -> nn.Module:
    layers = [
        ChannelsFirst(),
        nn.Conv2d(3, 64, 7, 2, 3, bias=False),
        nn.BatchNorm2d(64),
        nn.ReLU(),
        nn.MaxPool2d(3, 2, 1),
    ]
    for inputs, outputs in ((64, 64), (64, 128), (128, 256), (256, 512)):
        layers += [Block(inputs, outputs, outputs // inputs), Block(outputs, outputs, 1)]
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 1000)]
    return nn.Sequential(*layers)


@pyplugs.register
def throughput(examples: int) -> None:
    torch.manual_seed(1)
    made = resnet18().eval()
    print(f"  ResNet-18 of {sum(each.numel() for each in made.parameters()):,} parameters")
    torch.jit.script(made).save("resnet.pt")
    model = torch.jit.load("resnet.pt").eval()
    remote = jvm.call("torchscript.load_model", "resnet.pt", "cpu")
    print(f"  threads of Python: {torch.get_num_threads()}")

    def python(images: Any, batch: int) -> Any:
        with torch.inference_mode():
            batches = torch.from_numpy(images).split(batch)
            return torch.cat([model(each) for each in batches]).numpy()

    contest.throughput(
        python,
        lambda images, batch: jvm.call("torchscript.predict", remote, images, batch),
        examples,
    )


@pyplugs.register
def calls() -> None:
    torch.manual_seed(1)
    layers = (ChannelsFirst(), nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Flatten(), nn.Linear(288, 10))
    torch.jit.script(nn.Sequential(*layers)).save("digits.pt")
    model = jvm.call("torchscript.load_model", "digits.pt", "cpu")
    images = np.random.default_rng(1).random((32, 8, 8, 1), dtype=np.float32)
    contest.calls(
        "TorchScript",
        model,
        lambda: jvm.call("torchscript.benchmark", model, images, 32, 1, 0)[0],
        images,
    )
