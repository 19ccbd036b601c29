"""A package lies in the lowest layer whose images all have it."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from python_layers.failures import LayerError
from python_layers.images import IMAGES, layers_of, lock_path
from python_layers.platforms import platform_named

_REPOSITORY = Path(__file__).resolve().parents[2]
_AMD64 = platform_named("linux/amd64")
_ARM64 = platform_named("linux/arm64")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    base = ["numpy==1"]
    common = [*base, "pandas==2"]
    _write(tmp_path, "worker-base", base)
    _write(tmp_path, "tensorflow-cpu", [*common, "tensorflow-cpu==2", "keras==3"])
    _write(tmp_path, "tensorflow-gpu", [*common, "tensorflow==2", "keras==3", "nvidia-cudnn==9"])
    _write(tmp_path, "pytorch-cpu", [*common, "torch==2", "nvidia-cudnn==10", "triton==3"])
    _write(tmp_path, "pytorch-gpu", [*common, "torch==2", "nvidia-cudnn==10", "triton==3"])
    return tmp_path


def test_images_share_the_lower_layers(repository: Path) -> None:
    assert _packages("worker-base", repository) == {"python-base": ["numpy"]}
    assert _packages("tensorflow-cpu", repository) == {
        "python-base": ["numpy"],
        "python-machine-learning": ["pandas"],
        "python-tensorflow": ["keras", "tensorflow-cpu"],
    }
    shared = [layers_of(image, _AMD64, repository)[:2] for image in IMAGES[1:]]
    assert all(one == shared[0] for one in shared)


def test_cuda_has_layers_of_its_own(repository: Path) -> None:
    assert _packages("pytorch-gpu", repository) == {
        "python-base": ["numpy"],
        "python-machine-learning": ["pandas"],
        "cuda": ["nvidia-cudnn", "triton"],
        "python-torch": ["torch"],
    }


def test_locks_that_disagree_make_no_layers(repository: Path) -> None:
    _write(repository, "pytorch-cpu", ["numpy==1", "pandas==3", "torch==2"])
    with pytest.raises(
        LayerError, match=r"pandas: 2 .* worker-tensorflow-cpu.*; 3 .* in worker-py"
    ):
        layers_of("worker-base", _AMD64, repository)


def test_a_gpu_image_is_refused_for_arm(repository: Path) -> None:
    expected = (
        "pytorch-gpu is made for linux/amd64 only, because the CUDA wheels are: take pytorch-cpu"
    )
    with pytest.raises(LayerError, match=expected):
        layers_of("pytorch-gpu", _ARM64, repository)


def test_an_unknown_image_is_refused(repository: Path) -> None:
    with pytest.raises(LayerError, match="there is no image jax: it is one of worker-base, tensor"):
        layers_of("jax", _AMD64, repository)


@pytest.mark.parametrize("image", IMAGES)
def test_the_locks_of_the_repository_agree(image: str) -> None:
    assert layers_of(image, _AMD64, _REPOSITORY)[0].name == "python-base"
    if not image.endswith("-gpu"):
        assert layers_of(image, _ARM64, _REPOSITORY)[0].name == "python-base"


def test_the_program_tells_what_is_wrong_and_fails() -> None:
    command = [str(_REPOSITORY / "build" / "python-layers"), "tensorflow-gpu", "linux/arm64"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert not done.stdout
    assert re.fullmatch(r"python-layers: tensorflow-gpu is made for .*\n", done.stderr)


def _packages(image: str, repository: Path) -> dict[str, list[str]]:
    layers = layers_of(image, _AMD64, repository)
    return {layer.name: [one.name for one in layer.distributions] for layer in layers}


def _write(repository: Path, image: str, pins: Sequence[str]) -> None:
    lock = lock_path(image, repository)
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.write_text("".join(f"{pin} \\\n    --hash=sha256:{hash(pin):x}\n" for pin in pins))
