"""Owns memory that both ends of a connection have mapped for as long as it lasts. Small arrays pass
through it: files and mappings of their own would take longer than many a model."""

import math
import mmap
import os
from typing import Any

from dioptra_task_host.protocol import PlacedArray, ProtocolError

_SIZE = 1 << 20
_LARGEST = 1 << 18
_ALIGNMENT = 64


class Window:
    """What is put here is there until `clear`, and for one call at a time.

    Attributes:
        is_told: whether the other side knows of it.
    """

    def __init__(self) -> None:
        # Not at the import: only those who call need numpy.
        from dioptra_task_host import arrays

        self._arrays = arrays
        self._descriptor = arrays.new_file("dioptra-window")
        os.ftruncate(self._descriptor, _SIZE)
        self._memory = mmap.mmap(self._descriptor, _SIZE)
        self._end = 0
        self.is_told = False

    @property
    def path(self) -> str:
        return self._arrays.path_of(self._descriptor)

    def clear(self) -> None:
        self._end = 0

    def put(self, array: Any) -> PlacedArray | None:
        """Copies an array here; None if it is large, of a type that cannot be shared, or lies where
        others can map it already."""
        at, size = self._end, array.nbytes
        if size > _LARGEST or at + size > _SIZE or not self._arrays.is_copied(array):
            return None
        self._view(at, array.shape, array.dtype)[...] = array
        self._end += -(-size // _ALIGNMENT) * _ALIGNMENT
        return PlacedArray(at, array.dtype.str, array.shape)

    def take(self, place: PlacedArray) -> Any:
        """A copy of what the other side has put here."""
        dtype = self._arrays.dtype_of(place.descr)
        if place.at < 0 or place.at + math.prod(place.shape) * dtype.itemsize > _SIZE:
            raise ProtocolError(f"this does not lie in the window: {place}")
        return self._view(place.at, place.shape, dtype).copy()

    def close(self) -> None:
        os.close(self._descriptor)

    def _view(self, at: int, shape: tuple[int, ...], dtype: Any) -> Any:
        import numpy as np

        return np.ndarray(shape, dtype, buffer=self._memory, offset=at)
