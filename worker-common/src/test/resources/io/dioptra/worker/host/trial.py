"""Calls the JVM tasks of the library "trial" in every way that a plugin may."""

import multiprocessing
import os
import threading
import time

import numpy as np
from dioptra import pyplugs
from dioptra_task_host import arrays, jvm

TYPES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
TYPES += ["float16", "float32", "float64"]


def same(one, other):
    assert isinstance(other, np.ndarray), other
    assert one.dtype == other.dtype, (one.dtype, other.dtype)
    assert one.shape == other.shape, (one.shape, other.shape)
    assert np.array_equal(one, other)


@pyplugs.register
def all_arrays():
    generator = np.random.default_rng(7)
    for name in TYPES:
        for shape in [(), (0,), (5,), (3, 0, 2), (2, 3, 4)]:
            array = np.asarray(generator.random(shape) * 100).astype(name)
            same(array, jvm.call("trial.copy", array))
    cube = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    same(cube, jvm.call("trial.copy", np.asfortranarray(cube)))
    same(cube[:, ::2, 1:], jvm.call("trial.copy", cube[:, ::2, 1:]))
    same(cube.T, jvm.call("trial.copy", array=cube.T))
    print("arrays were the same")


@pyplugs.register
def sizes():
    """Small arrays pass a window that has no room for many; others have files of their own."""
    many = [np.full(1 << 15, n, dtype=np.float64) for n in range(9)]
    for one, other in zip(many, jvm.call("trial.echo", many), strict=True):
        same(one, other)
        other[0] = 7
    first, second = jvm.call("trial.halves", np.arange(3 << 16, dtype=np.float32))
    same(np.arange(3 << 15, 3 << 16, dtype=np.float32), second)
    small = jvm.call("trial.copy", first[:5])
    jvm.call("trial.copy", first[5:10])
    same(first[:5], small)
    same(first, jvm.call("trial.copy", first))
    context = multiprocessing.get_context("fork")
    counter = jvm.call("trial.counter")
    process = context.Process(target=child, args=(counter,))
    process.start()
    process.join()
    assert process.exitcode == 0, process.exitcode
    same(small, jvm.call("trial.echo", small))
    print("sizes were the same")


@pyplugs.register
def cheap():
    """Prints what a call with 32 digits takes: the best of many short rounds, as other programs use
    the machine at the same time."""
    double = jvm.call("trial.doubling")
    digits = np.ones((32, 8, 8, 1), dtype=np.float32)
    rounds = []
    for _ in range(60):
        rounds.append(np.median([seconds(lambda: double(digits)) for _ in range(25)]))
    print(f"{1000 * min(rounds):.3f}")


@pyplugs.register
def ownership():
    result = jvm.call("trial.copy", np.arange(6, dtype=np.int32))
    assert result.flags.writeable
    assert jvm.call("trial.open_arrays") == 0
    result[0] = 41
    again = jvm.call("trial.copy", result)
    assert again[0] == 41
    assert not np.shares_memory(result, again)
    whole = arrays.empty((3, 2), np.float32)
    with arrays.shared(whole) as one, arrays.shared(whole) as other:
        assert one == other
    with arrays.shared(whole[1:]) as one, arrays.shared(whole) as other:
        assert one != other
    alias = jvm.call("trial.echo", whole)
    alias[2, 1] = 5
    assert whole[2, 1] == 5
    before = open_arrays()
    assert before > 0
    del result, again, whole, alias
    assert open_arrays() == 0, open_arrays()
    first, second = jvm.call("trial.halves", np.arange(5, dtype=np.float32))
    same(np.arange(2, dtype=np.float32), first)
    same(np.arange(2, 5, dtype=np.float32), second)
    print("arrays were freed")


def open_arrays():
    links = [os.path.join("/proc/self/fd", name) for name in os.listdir("/proc/self/fd")]
    return sum(os.path.islink(it) and "dioptra-array" in os.readlink(it) for it in links)


@pyplugs.register
def values():
    for value in [True, 0, -(2**63), 2**70, 0.5, float("inf"), "é✓", [1, [2.5, "x", None]]]:
        found = jvm.call("trial.echo", value)
        assert found == value and type(found) is type(value), found
    assert jvm.call("trial.echo", {"b": (1, 2), "a": {}}) == {"b": [1, 2], "a": {}}
    assert jvm.call("trial.echo", np.float32(0.5)) == 0.5
    assert jvm.call("trial.echo", float("nan")) != jvm.call("trial.echo", float("nan"))
    text = jvm.call("trial.describe", True, 3, 2, "t", [1, 2.5], members={"k": "v"})
    assert text == "true 3 2.0 t [1, 2.5] {k=v}", text
    assert jvm.call("trial.describe", True, 3, 2.5, "t", []).endswith("t [] null")
    counter = jvm.call("trial.counter")
    assert "Counter in the JVM" in repr(counter), counter
    assert [jvm.call("trial.count", counter) for _ in range(3)] == [1, 2, 3]
    print("values were the same")


@pyplugs.register
def refusals():
    big = np.zeros(2, dtype=">f4")
    for task, arguments in [
        ("trial.copy", [big]),
        ("trial.copy", [np.array([{}], dtype=object)]),
        ("trial.copy", [np.zeros(2, dtype="complex64")]),
        ("trial.copy", [object()]),
        ("trial.copy", [3]),
        ("trial.halves", [np.zeros((2, 2), dtype=np.float32)]),
        ("trial.halves", [np.zeros(2)]),
        ("trial.describe", [1, 3, 2.5, "t", []]),
        ("trial.describe", [True, 2**40, 2.5, "t", []]),
        ("trial.describe", [True, 3, 2.5]),
        ("trial.describe", [True] * 7),
        ("trial.count", [{}]),
        ("trial.copy", [None]),
        ("trial.write_to_input", [np.zeros(2)]),
        ("trial.nowhere", []),
    ]:
        try:
            jvm.call(task, *arguments)
        except Exception as error:
            print(type(error).__name__, str(error).splitlines()[0])
        else:
            raise AssertionError((task, arguments))


@pyplugs.register
def fail():
    jvm.call("trial.fail", "no luck")


@pyplugs.register
def fill():
    jvm.call("trial.fill_the_heap")


@pyplugs.register
def calls():
    process, number = jvm.call("trial.calls")
    print(process, number)


@pyplugs.register
def crash():
    counter = jvm.call("trial.counter")
    try:
        jvm.call("trial.crash")
    except jvm.JvmHostEndedError as error:
        print("ended:", str(error))
    try:
        jvm.call("trial.count", counter)
    except jvm.JvmHostEndedError as error:
        print("object:", str(error))
    calls()


@pyplugs.register
def crash_unseen():
    jvm.call("trial.crash")


@pyplugs.register
def place():
    print(*jvm.call("trial.place"))


@pyplugs.register
def function():
    double = jvm.call("trial.doubling")
    same = jvm.call("trial.echo", double)
    assert callable(double)
    given = np.arange(6.0).reshape(2, 3)
    got = double(given)
    assert got.dtype == np.float32
    assert (got == 2 * given).all()
    try:
        double([[1, -1]])
    except jvm.JvmTaskError as error:
        print(str(error).splitlines()[0])
    try:
        jvm.call("trial.counter")([1])
    except jvm.JvmTaskError as error:
        print(str(error).splitlines()[0])
    before = jvm.call("trial.open_doublings")
    del double
    still = jvm.call("trial.open_doublings"), same([4.0]).tolist()
    del same
    jvm.call("trial.calls")
    print(before, still, jvm.call("trial.open_doublings"))


@pyplugs.register
def hang():
    jvm.call("trial.hang")


@pyplugs.register
def crowd():
    counter = jvm.call("trial.counter")
    threads = [threading.Thread(target=jvm.call, args=("trial.count", counter)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=child, args=(counter,)) for _ in range(2)]
    for process in children:
        process.start()
    for process in children:
        process.join()
        assert process.exitcode == 0, process.exitcode
    print("counted", jvm.call("trial.count", counter))


def child(counter):
    jvm.call("trial.count", counter)
    same(np.arange(3), jvm.call("trial.copy", np.arange(3)))


@pyplugs.register
def first_in_a_thread():
    thread = threading.Thread(target=calls)
    thread.start()
    thread.join()


@pyplugs.register
def a_gigabyte():
    """Prints how long 1 GB takes to the JVM and back, beside a copy of it: each the best of seven,
    in turns, as other programs use the machine at the same time."""
    array = np.ones(1 << 28, dtype=np.float32)
    assert jvm.call("trial.touch", array) == array.nbytes // 4096
    rounds = []
    for _ in range(7):
        parcel = jvm.call("trial.wrap", array.size)
        rounds.append(
            (
                seconds(array.copy),
                seconds(lambda: jvm.call("trial.touch", array)),
                seconds(lambda parcel=parcel: float(jvm.call("trial.unwrap", parcel)[::1024].sum())),
            )
        )
    print(" ".join(f"{min(times):.3f}" for times in zip(*rounds, strict=True)))


def seconds(work):
    start = time.perf_counter()
    result = work()
    taken = time.perf_counter() - start
    del result
    return taken
