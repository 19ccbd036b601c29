"""Arrays in shared memory, against numpy's own reader of .npy files."""

import os
from pathlib import Path

import numpy as np
import pytest

from dioptra_task_host import arrays


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint64", "float16", "float32", "<f8"])
@pytest.mark.parametrize("shape", [(), (0,), (7,), (3, 0, 2), (2, 3, 4)])
def test_what_is_shared_is_an_npy_file(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.asarray(np.random.default_rng(1).random(shape) * 9).astype(dtype)
    with arrays.shared(array) as path:
        found = np.load(path)
        mapped = arrays.open_shared(path)

    assert found.dtype == mapped.dtype == array.dtype
    assert found.shape == mapped.shape == array.shape
    assert np.array_equal(found, array)
    assert np.array_equal(mapped, array)


def test_elements_begin_where_any_processor_likes_them() -> None:
    assert arrays.empty((3, 5), np.float64).ctypes.data % 64 == 0


def test_views_and_other_orders_are_copied() -> None:
    whole = arrays.empty((4, 6))
    whole[:] = np.arange(24).reshape(4, 6)
    for view in (whole[1:], whole[:, ::2], whole.T, whole.reshape(6, 4), whole.view(np.int32)):
        with arrays.shared(whole) as own, arrays.shared(view) as path:
            assert path != own
            assert np.array_equal(np.load(path), view)


def test_an_array_in_shared_memory_is_passed_as_it_lies() -> None:
    array = arrays.empty((2, 2))
    with arrays.shared(array) as one, arrays.shared(array[:]) as other:
        assert one == other
        arrays.open_shared(one)[0, 1] = 5
    assert array[0, 1] == 5


def test_memory_is_freed_with_the_last_array_that_lies_in_it() -> None:
    before = _descriptors()
    array = arrays.empty(10)
    part = array[3:]
    del array
    assert _descriptors() - before
    del part
    assert _descriptors() == before


@pytest.mark.parametrize("dtype", [">f4", "O", "<c8", "<U3", "<M8[s]"])
def test_types_that_other_hosts_do_not_know_are_refused(dtype: str) -> None:
    with pytest.raises(TypeError, match=r"they know bool, int8, .*little endian. Convert it first"):
        arrays.empty(2, dtype)
    with pytest.raises(TypeError, match="cannot be shared"), arrays.shared(np.zeros(2, dtype)):
        pass


def _descriptors() -> set[str]:
    links = [link for link in Path("/proc/self/fd").iterdir() if os.path.lexists(link)]
    return {link.name for link in links if "dioptra-array" in str(link.readlink())}
