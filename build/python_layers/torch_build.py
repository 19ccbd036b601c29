"""Owns the choice between PyTorch's builds. Knows how their wheels are named, and no index."""

import hashlib
from pathlib import Path

from packaging.utils import parse_wheel_filename
from packaging.version import Version

from python_layers.failures import LayerError
from python_layers.images import Layer, is_cuda
from python_layers.locks import Distribution, Lock
from python_layers.platforms import Platform

TORCH_WHEELS = "DIOPTRA_TORCH_WHEELS"
CPU = {"torch-build": "cpu"}
CUDA = {"torch-build": "cuda"}
_PACKAGES = ("torch", "torchaudio", "torchvision")


def cpu_layer(lock: Lock, platform: Platform, wheels: Path) -> Layer:
    """Replaces PyTorch in what the image has beyond the shared layers, and leaves CUDA out.

    No committed lock has the hashes of these wheels, so they are those of the files in the folder.
    """
    found = {name: _find(lock[name], platform, wheels) for name in _PACKAGES}
    rest = {name: one for name, one in lock.items() if not is_cuda(name)}
    distributions = tuple(sorted({**rest, **found}.values()))
    return Layer("python-torch", distributions, find_links=str(wheels))


def torch_build(layers: tuple[Layer, ...]) -> dict[str, str]:
    """Says which build of PyTorch the layers have, if any, as labels of the image."""
    packages = {one.name for layer in layers for one in layer.distributions}
    if "torch" not in packages:
        return {}
    return CUDA if any(map(is_cuda, packages)) else CPU


def _find(pinned: Distribution, platform: Platform, wheels: Path) -> Distribution:
    files: dict[str, list[str]] = {}
    for wheel in sorted(wheels.glob("*.whl")):
        name, version, _, tags = parse_wheel_filename(wheel.name)
        fits = any(tag.platform.endswith(("any", platform.machine)) for tag in tags)
        if name == pinned.name and fits and _is_for_cpu(version, pinned.version, platform):
            files.setdefault(str(version), []).append(_hash(wheel))
    if not files:
        raise LayerError(
            f"{wheels} has no wheel of {pinned.name} {pinned.version}+cpu for {platform.name}:"
            f" put PyTorch's CPU wheels into the folder that {TORCH_WHEELS} names, or unset it"
        )
    best = max(files, key=Version)
    return Distribution(pinned.name, best, tuple(files[best]))


def _is_for_cpu(version: Version, pinned: str, platform: Platform) -> bool:
    """On ARM the build without a suffix is for the CPU too, and some wheels have no other."""
    builds = ("cpu", None) if platform.machine == "aarch64" else ("cpu",)
    return version.public == pinned and version.local in builds


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return f"sha256:{hashlib.file_digest(content, 'sha256').hexdigest()}"
