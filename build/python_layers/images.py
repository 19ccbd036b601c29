"""Owns which packages lie in which layer of which image. Knows the locks, and no installed file."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from python_layers.failures import LayerError
from python_layers.locks import Distribution, Lock, read_lock, require_agreement
from python_layers.platforms import Platform

_BASE = "worker-base"
_FRAMEWORKS = {
    "tensorflow-cpu": "python-tensorflow",
    "tensorflow-gpu": "python-tensorflow",
    "pytorch-cpu": "python-torch",
    "pytorch-gpu": "python-torch",
}
IMAGES = (_BASE, *_FRAMEWORKS)


@dataclass(frozen=True)
class Layer:
    """Packages that are installed together; the folder that comes of it depends on nothing else."""

    name: str
    distributions: tuple[Distribution, ...]
    find_links: str | None = None

    @property
    def is_base(self) -> bool:
        return self.name == "python-base"


def layers_of(
    image: str,
    platform: Platform,
    repository: Path,
    torch_for_cpu: Callable[[Lock], Layer] | None = None,
) -> tuple[Layer, ...]:
    """Splits the image's lock into layers, lowest first.

    `torch_for_cpu` makes the layer of PyTorch's CPU build for `pytorch-cpu`, where there is one.
    """
    if image not in IMAGES:
        raise LayerError(f"there is no image {image}: it is one of {', '.join(IMAGES)}")
    if image.endswith("-gpu") and platform.name != "linux/amd64":
        cpu = image.replace("-gpu", "-cpu")
        raise LayerError(
            f"{image} is made for linux/amd64 only, because the CUDA wheels are:"
            f" take {cpu} on {platform.name}"
        )
    locks = {name: read_lock(lock_path(name, repository), platform) for name in IMAGES}
    # Each framework is built for a CUDA of its own, which only its own images have.
    require_agreement(
        {str(lock_path(name, Path())): _without_cuda(lock) for name, lock in locks.items()}
    )

    base = locks[_BASE].keys()
    common = set.intersection(*(set(locks[name]) for name in _FRAMEWORKS)) - base
    layers = [_layer("python-base", base, locks[_BASE])]
    if image != _BASE:
        lock = locks[image]
        layers.append(_layer("python-machine-learning", common, lock))
        rest = {name: one for name, one in lock.items() if name not in base | common}
        if image == "pytorch-cpu" and torch_for_cpu:
            layers.append(torch_for_cpu(rest))
        else:
            cuda = [name for name in rest if is_cuda(name)]
            if cuda:
                layers.append(_layer("cuda", cuda, lock))
            layers.append(_layer(_FRAMEWORKS[image], rest.keys() - cuda, lock))
    return tuple(layers)


def lock_path(image: str, repository: Path) -> Path:
    module = "worker-common" if image == _BASE else f"worker-{image}"
    return repository / module / "python" / "requirements.lock"


def is_cuda(name: str) -> bool:
    return name.startswith(("nvidia-", "cuda-")) or name == "triton"


def _without_cuda(lock: Lock) -> Lock:
    return {name: one for name, one in lock.items() if not is_cuda(name)}


def _layer(name: str, packages: Collection[str], lock: Lock) -> Layer:
    return Layer(name, tuple(sorted(lock[name] for name in packages)))
