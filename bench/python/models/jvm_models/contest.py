"""Lets two contenders take turns, and says how they compare."""

import os
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from dioptra_task_host import jvm

_ROUNDS = 9
_SHORT_ROUNDS = 40
_CALLS = 25

Predict = Callable[[Any, int], Any]


def throughput(python: Predict, java: Predict, examples: int) -> None:
    """Both take all images, in batches, alternately; the first round of each is not counted."""
    images = np.random.default_rng(1).random((examples, 224, 224, 3), dtype=np.float32)
    for batch in (8, 16):
        apart = float(np.abs(python(images, batch) - java(images, batch)).max())
        rounds = []
        for turn in range(_ROUNDS):
            order = (python, java) if turn % 2 else (java, python)
            taken = {each: _measured(each, images, batch) for each in order}
            rounds.append((taken[python], taken[java]))
        print(f"  batches of {batch}; the largest difference of two scores is {apart:.1e}")
        for name, taken in zip(("Python", "the JVM"), zip(*rounds, strict=True), strict=True):
            speeds = [examples / wall for wall, _ in taken]
            cores = [cpu / wall for wall, cpu in taken]
            print(
                f"    {name:8} {np.median(speeds):7.2f} images/s "
                f"({min(speeds):.2f} to {max(speeds):.2f}), {np.median(cores):.2f} cores busy"
            )
        walls = np.array([[theirs[0], ours[0]] for theirs, ours in rounds])
        ratios = walls[:, 0] / walls[:, 1]
        best = walls[:, 0].min() / walls[:, 1].min()
        print(
            f"    the JVM's throughput is {np.median(ratios):.3f} of Python's "
            f"({min(ratios):.3f} to {max(ratios):.3f} in {_ROUNDS} rounds); "
            f"best to best {best:.3f}"
        )


def _measured(predict: Predict, images: Any, batch: int) -> tuple[float, float]:
    cpu, start = _processor_time(), time.perf_counter()
    predict(images, batch)
    return time.perf_counter() - start, _processor_time() - cpu


def _processor_time() -> float:
    """Of this process and of the JVM; the one that has not its turn has none."""
    ticks = 0
    for process in (os.getpid(), _jvm()):
        with open(f"/proc/{process}/stat") as stat:
            ticks += sum(map(int, stat.read().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _jvm() -> int:
    return int(jvm.call("bench.process"))


def calls(name: str, model: Any, own: Callable[[], float], images: Any) -> None:
    """What the call of the proxy costs beyond the model's own time: a call, a measurement of the
    model, and so on, so that both find the machine alike."""
    first = [_call_time(model, images) for _ in range(100)]
    for _ in range(500):
        own()
        _call_time(model, images)
    rounds = []
    for _ in range(_SHORT_ROUNDS):
        pairs = [(_call_time(model, images), own()) for _ in range(_CALLS)]
        rounds.append(np.median(pairs, axis=0))
    whole, alone = np.transpose(rounds)
    beyond = np.sort(whole - alone)
    print(
        f"  {name}: a call of 32 digits {np.median(whole):.3f} ms, the model's own time "
        f"{np.median(alone):.3f} ms; beyond {np.median(beyond):.3f} ms "
        f"({beyond[0]:.3f} to {beyond[-1]:.3f} in {_SHORT_ROUNDS} rounds of {_CALLS}); the first "
        f"100 calls {np.median(first):.3f} ms"
    )


def _call_time(model: Any, images: Any) -> float:
    start = time.perf_counter()
    model(images)
    return (time.perf_counter() - start) * 1e3
