"""Measures what it costs to hand arrays to JVM tasks and back. The tasks are in BenchTasks.java."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from dioptra import pyplugs
from dioptra_task_host import jvm

_ROUNDS = 7
_CALLS = 2000


@pyplugs.register
def measure(megabytes: int) -> None:
    """Prints a line for each figure; `megabytes` (2**20 bytes) is the size of the array."""
    array = np.ones((megabytes << 20) // 4, dtype=np.float32)
    jvm.call("bench.nothing")
    show = partial(_print, size=array.nbytes)
    copy = show("copy into new memory", _times(array.copy))
    show(
        "copy into memory in use",
        _times(partial(np.copyto, np.ones_like(array), array)),
    )
    show("Python to JVM", _times(partial(jvm.call, "bench.touch", array)), copy)
    shared = partial(jvm.call, "bench.touch", jvm.call("bench.copy", array))
    show("the same, of a JVM task's result", _times(shared), copy)
    show("JVM to Python", _handed_over(array.size), copy)
    echo = partial(jvm.call, "bench.echo", array)
    show("Python to JVM to Python", _times(lambda: echo()[::1024].sum()), copy)
    _calls("a call without arguments", lambda: jvm.call("bench.nothing"))
    digits = np.zeros((32, 64), dtype=np.float32)
    _calls("a call with 32 digits, and 32 back", lambda: jvm.call("bench.copy", digits))


def _handed_over(size: int) -> list[float]:
    times = []
    for _ in range(_ROUNDS):
        parcel = jvm.call("bench.wrap", size)
        times += _times(lambda parcel=parcel: jvm.call("bench.unwrap", parcel)[::1024].sum(), 1)
    return times


def _calls(what: str, call: Callable[[], Any]) -> None:
    _times(call, _CALLS)  # Java compiles meanwhile
    _print(what, _times(call, _CALLS))


def _times(work: Callable[[], Any], rounds: int = _ROUNDS) -> list[float]:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - start) * 1e3)
        del result
    return times


def _print(what: str, times: list[float], of: float | None = None, size: int = 0) -> float:
    median = float(np.median(times))
    speed = f"{size / median / 1e6:7.2f}" if size else ""
    ratio = f"{median / of:8.2f}" if of else ""
    print(f"  {what:36} {median:9.3f} {min(times):9.3f} {max(times):9.3f} {speed} {ratio}".rstrip())
    return median
