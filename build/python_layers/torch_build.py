"""Owns the choice between PyTorch's builds. Knows how their wheels are named, and no index."""

from python_layers.failures import LayerError
from python_layers.images import Layer, is_cuda
from python_layers.locks import Lock, parse_lock
from python_layers.platforms import Platform
from python_layers.uv import Uv

TORCH_WHEELS = "DIOPTRA_TORCH_WHEELS"
CPU = {"torch-build": "cpu"}
CUDA = {"torch-build": "cuda"}
_PACKAGES = ("torch", "torchaudio", "torchvision")


def cpu_layer(lock: Lock, platform: Platform, wheels: str, uv: Uv) -> Layer:
    """Replaces PyTorch in what the image has beyond the shared layers, and leaves CUDA out.

    No committed lock has the hashes of these wheels: they are read from where the wheels are.
    """
    wanted = [f"{name}=={lock[name].version}" for name in _PACKAGES]
    found = parse_lock(uv.compile(wanted, platform, wheels), platform)
    cuda = [one for one in found.values() if not _is_for_cpu(one.version, platform)]
    if cuda:
        names = ", ".join(f"{one.name} {one.version}" for one in cuda)
        raise LayerError(
            f"{TORCH_WHEELS} gives {names}, which is not the CPU build: that ends in +cpu"
        )
    rest = {name: one for name, one in lock.items() if not is_cuda(name)}
    return Layer("python-torch", tuple(sorted({**rest, **found}.values())), find_links=wheels)


def torch_build(layers: tuple[Layer, ...]) -> dict[str, str]:
    """Says which build of PyTorch the layers have, if any, as labels of the image."""
    packages = {one.name for layer in layers for one in layer.distributions}
    if "torch" not in packages:
        return {}
    return CUDA if any(map(is_cuda, packages)) else CPU


def _is_for_cpu(version: str, platform: Platform) -> bool:
    """On ARM the build without a suffix is for the CPU too, and some wheels have no other."""
    _, _, build = version.partition("+")
    return build == "cpu" or (not build and platform.machine == "aarch64")
