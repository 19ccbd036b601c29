"""PyTorch's CPU build comes from a folder, and CUDA stays away then."""

from pathlib import Path

import pytest
from conftest import MakeWheel

from python_layers.cache import LayerCache
from python_layers.failures import LayerError
from python_layers.images import Layer
from python_layers.locks import Distribution, parse_lock
from python_layers.platforms import platform_named
from python_layers.sizes import package_sizes
from python_layers.torch_build import CPU, CUDA, cpu_layer, torch_build
from python_layers.uv import Uv

_AMD64 = platform_named("linux/amd64")
_ARM64 = platform_named("linux/arm64")
_LOCK = parse_lock(
    "nvidia-cudnn==9\nsympy==1.13\ntorch==2.7.1\ntorchaudio==2.7.1\ntorchvision==0.22.1\ntriton==3",
    _AMD64,
)


def test_the_lock_has_the_build_for_cuda() -> None:
    assert torch_build((Layer("python-torch", tuple(_LOCK.values())),)) == CUDA
    assert torch_build((Layer("python-base", ()),)) == {}


def test_wheels_for_the_cpu_replace_those_of_the_lock(make_wheel: MakeWheel, wheels: Path) -> None:
    _make(make_wheel, "", tag="py3-none-manylinux_2_28_x86_64")
    torch = _make(make_wheel, "+cpu", tag="py3-none-manylinux_2_28_x86_64")
    layer = cpu_layer(_LOCK, _AMD64, wheels)
    assert layer.distributions == (_LOCK["sympy"], *torch)
    assert torch_build((layer,)) == CPU


def test_the_wheels_are_installed_from_their_folder(
    make_wheel: MakeWheel, wheels: Path, uv: Uv, tmp_path: Path
) -> None:
    _make(make_wheel, "+cpu")
    lock = {**_LOCK, "sympy": make_wheel("sympy", {}, version="1.13")}
    layer = cpu_layer(lock, _AMD64, wheels)
    ((_, tree),) = LayerCache(tmp_path / "cache", _AMD64, uv).trees(layer)
    assert set(package_sizes(tree)) == {
        "sympy-1.13",
        "torch-2.7.1+cpu",
        "torchaudio-2.7.1+cpu",
        "torchvision-0.22.1+cpu",
    }


def test_the_build_for_cuda_is_refused(make_wheel: MakeWheel, wheels: Path) -> None:
    _make(make_wheel, "")
    with pytest.raises(
        LayerError, match=r"wheels has no wheel of torch 2\.7\.1\+cpu for linux/amd64"
    ):
        cpu_layer(_LOCK, _AMD64, wheels)
    assert torch_build((cpu_layer(_LOCK, _ARM64, wheels),)) == CPU


def test_wheels_for_another_processor_are_refused(make_wheel: MakeWheel, wheels: Path) -> None:
    _make(make_wheel, "+cpu", tag="py3-none-manylinux_2_28_x86_64")
    with pytest.raises(LayerError, match=r"no wheel of torch 2\.7\.1\+cpu for linux/arm64"):
        cpu_layer(_LOCK, _ARM64, wheels)


def test_another_version_is_refused(make_wheel: MakeWheel, wheels: Path) -> None:
    make_wheel("torch", {}, version="2.13.0+cpu")
    with pytest.raises(LayerError, match=r"no wheel of torch 2\.7\.1\+cpu .* DIOPTRA_TORCH_WHEELS"):
        cpu_layer(_LOCK, _AMD64, wheels)


def _make(make_wheel: MakeWheel, build: str, tag: str = "py3-none-any") -> tuple[Distribution, ...]:
    return (
        make_wheel("torch", {}, version=f"2.7.1{build}", tag=tag),
        make_wheel("torchaudio", {}, version=f"2.7.1{build}", tag=tag),
        make_wheel("torchvision", {}, version=f"0.22.1{build}", tag=tag),
    )
