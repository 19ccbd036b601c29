"""Tasks whose values are large, and say when they go."""

import re
import weakref
from pathlib import Path

from dioptra import pyplugs


class Large:
    """Takes as much memory as `megabytes` says, and has it filled."""

    def __init__(self, name: str, megabytes: int) -> None:
        self.name = name
        self.content = b"x" * (megabytes << 20)
        weakref.finalize(self, print, name, "is gone")


@pyplugs.register
def make(label: str, megabytes: int) -> Large:
    return Large(label, megabytes)


@pyplugs.register
def copy(label: str, other: Large) -> Large:
    return Large(label, len(other.content) >> 20)


@pyplugs.register
def tell(other: Large) -> None:
    status = Path("/proc/self/status").read_text()
    print(other.name, "is here, peak", int(re.search(r"VmHWM:\s*(\d+)", status)[1]) >> 10)
