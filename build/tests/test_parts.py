"""A folder that is too large for one layer becomes several."""

from pathlib import Path

import pytest
from conftest import MakeWheel

from python_layers.failures import LayerError
from python_layers.images import Layer
from python_layers.locks import lock_text
from python_layers.making import make_tree
from python_layers.parts import partition, split
from python_layers.platforms import this_platform
from python_layers.sizes import package_sizes, tree_size
from python_layers.uv import Uv
from python_layers.venv import site_of


def test_parts_are_filled_in_the_order_of_names() -> None:
    sizes = {"nccl": 3, "cublas": 5, "cudnn": 6, "triton": 1}
    assert partition(sizes, limit=8) == [["cublas"], ["cudnn"], ["nccl", "triton"]]
    assert partition(sizes, limit=15) == [["cublas", "cudnn", "nccl", "triton"]]


def test_a_package_that_is_too_large_is_told() -> None:
    with pytest.raises(
        LayerError, match="torch has 9,000 bytes, more than a layer may have: 8,000"
    ):
        partition({"torch": 9000}, limit=8000)


def test_parts_have_all_files_and_each_has_the_shared_ones(
    make_wheel: MakeWheel, wheels: Path, uv: Uv, tmp_path: Path
) -> None:
    blas = make_wheel("blas", {"nvidia/__init__.py": b"", "nvidia/blas/lib": bytes(50_000)})
    dnn = make_wheel("dnn", {"nvidia/__init__.py": b"", "nvidia/dnn/lib": bytes(60_000)})
    layer = Layer("cuda", (blas, dnn), find_links=str(wheels))
    lock, tree = tmp_path / "lock", tmp_path / "tree"
    lock.write_text(lock_text(layer.distributions))
    make_tree(layer, lock, tree, this_platform(), uv)
    whole = tree_size(tree)
    split(tree, limit=100_000)

    assert not tree.exists()
    first, second = tmp_path / "tree-1", tmp_path / "tree-2"
    assert set(package_sizes(first)) == {"blas-1.0"}
    assert set(package_sizes(second)) == {"dnn-1.0"}
    for part in (first, second):
        assert (site_of(part) / "nvidia" / "__init__.py").exists()
        assert (site_of(part) / "nvidia" / "__pycache__").exists()
        assert part.stat().st_mtime == 1
    shared = tree_size(site_of(first) / "nvidia" / "__pycache__")
    assert tree_size(first) + tree_size(second) == whole + shared
