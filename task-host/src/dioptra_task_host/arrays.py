"""Owns arrays in memory that other processes can map: open .npy files that lie in no folder."""

import math
import mmap
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_ALIGNMENT = 64
_PREFIX = 10
_TYPES = {
    np.dtype(name).str: name
    for name in (
        "bool",
        *(f"{kind}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32, 64)),
        *("float16", "float32", "float64"),
    )
}


class Segment(mmap.mmap):
    """A mapped .npy file. It is freed when the last array that lies in it is gone."""

    descriptor: int

    @property
    def path(self) -> str:
        return path_of(self.descriptor)


def empty(shape: int | tuple[int, ...], dtype: npt.DTypeLike = np.float32) -> Array:
    """Returns a new array, its elements 0, that other hosts map instead of copying it.

    Raises:
        TypeError: if other hosts do not know the elements' type.
    """
    lengths = (shape,) if isinstance(shape, int) else tuple(shape)
    kind = _shared_type(np.dtype(dtype))
    header = _header(kind, lengths)
    descriptor = new_file()
    os.write(descriptor, header)
    os.ftruncate(descriptor, len(header) + kind.itemsize * math.prod(lengths))
    return _mapped(descriptor)


def open_shared(path: str) -> Array:
    """Maps the .npy file of another host. The array is writable and owns the memory from now on."""
    return _mapped(os.open(path, os.O_RDWR | os.O_CLOEXEC))


@contextmanager
def shared(array: Array) -> Iterator[str]:
    """Gives the path under which other processes of this user find the array, for a while.

    An array that `empty` made or another host gave is there already. Any other is copied, once and
    past the page tables: writing to a mapping of new pages takes twice the time.
    """
    segment = _segment_of(array)
    if segment is not None:
        yield segment.path
        return
    descriptor = _copy(array)
    try:
        yield path_of(descriptor)
    finally:
        os.close(descriptor)


def is_copied(array: Array) -> bool:
    """Whether an array can be shared, and only as a copy."""
    return array.dtype.str in _TYPES and _segment_of(array) is None


def dtype_of(descr: str) -> np.dtype[Any]:
    """The type of elements that is so called in the header of an .npy file."""
    if descr not in _TYPES:
        raise TypeError(f"an array of elements {descr!r}")
    return np.dtype(descr)


def _copy(array: Array) -> int:
    kind = _shared_type(array.dtype)
    header = _header(kind, array.shape)
    elements = np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
    descriptor = new_file()
    at = os.writev(descriptor, [header, elements]) - len(header)
    while at < len(elements):  # one call writes 2 GiB at most
        at += os.write(descriptor, elements[at:])
    return descriptor


def _shared_type(dtype: np.dtype[Any]) -> np.dtype[Any]:
    if dtype.str in _TYPES:
        return dtype
    advice = "Convert it first, for example with array.astype(numpy.float32)."
    if dtype.newbyteorder("<").str in _TYPES:
        advice = 'Convert it first: array.astype(array.dtype.newbyteorder("<")).'
    raise TypeError(
        f"an array of dtype {dtype.str!r} ({dtype}) cannot be shared with other hosts; "
        f"they know {', '.join(_TYPES.values())}, little endian. {advice}"
    )


def _header(dtype: np.dtype[Any], shape: tuple[int, ...]) -> bytes:
    text = f"{{'descr': '{dtype.str}', 'fortran_order': False, 'shape': {shape!r}, }}".encode()
    size = -(-(_PREFIX + len(text) + 1) // _ALIGNMENT) * _ALIGNMENT - _PREFIX
    return b"\x93NUMPY\x01\x00" + size.to_bytes(2, "little") + text.ljust(size - 1) + b"\n"


def new_file(name: str = "dioptra-array") -> int:
    try:
        return os.memfd_create(name, os.MFD_CLOEXEC)
    except (AttributeError, OSError) as error:
        raise MemoryError(
            f"the system gave no shared memory (memfd_create: {error}): too many files are "
            "open, or a security profile of the container forbids it"
        ) from None


def _mapped(descriptor: int) -> Array:
    segment = Segment(descriptor, 0)
    segment.descriptor = descriptor
    weakref.finalize(segment, os.close, descriptor).atexit = False
    npy: Any = np.lib.format
    read = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
    shape, _, dtype = read[npy.read_magic(segment)](segment)
    return np.ndarray(shape, dtype, buffer=segment, offset=segment.tell())


def path_of(descriptor: int) -> str:
    return f"/proc/{os.getpid()}/fd/{descriptor}"


def _segment_of(array: Array) -> Segment | None:
    """The segment of an array that is all of what lies there, as it lies there."""
    whole: Any = array
    while isinstance(whole.base, np.ndarray):
        whole = whole.base
    segment = whole.base.obj if isinstance(whole.base, memoryview) else whole.base
    if not isinstance(segment, Segment):
        return None
    same = (
        array.dtype == whole.dtype
        and array.shape == whole.shape
        and array.strides == whole.strides
        and array.ctypes.data == whole.ctypes.data
    )
    return segment if same else None
