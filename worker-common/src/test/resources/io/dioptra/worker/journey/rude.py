"""Tasks that do what no task should."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dioptra import pyplugs
from dioptra.sdk.api.artifact import ArtifactTaskInterface


@pyplugs.register
def behave(how: str, detail: str) -> str:
    print("about to", how, flush=True)
    _WAYS[how](detail)
    return f"did {how}"


def _raise(detail: str) -> None:
    raise ValueError(detail)


def _kill(detail: str) -> None:
    os.kill(os.getpid(), int(detail))


def _touch_nothing(_: str) -> None:
    ctypes.string_at(0)


def _print_rubbish(_: str) -> None:
    sys.stdout.buffer.write(b"through python \xff\xfe\x00 end\n")
    os.write(1, b"through the descriptor \x80\x81\n")
    os.write(1, bytes(range(256)) * 40 + b"\n")


def _leave_child(file: str) -> None:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.setsid()
        time.sleep(600)
        os._exit(0)
    Path(file).write_text(str(child))


def _wait_for(file: str) -> None:
    while not Path(file).exists():
        time.sleep(0.02)


def _hang_once(file: str) -> None:
    with Path(file).open("a") as runs:
        runs.write("run\n")
    while Path(file).read_text().count("run") == 1:
        time.sleep(0.02)


def _note(file: str) -> None:
    with Path(file).open("a") as notes:
        notes.write("begin\n")
    time.sleep(0.1)
    with Path(file).open("a") as notes:
        notes.write("end\n")


def _swallow(_: str) -> None:
    while True:
        try:
            time.sleep(600)
        except BaseException:  # noqa: BLE001
            continue


def _hoard(_: str) -> None:
    hoard = []
    while True:
        hoard.append(b"x" * (8 << 20))
        time.sleep(0.005)


def _share(megabytes: str) -> None:
    """Five processes read the same memory, which is there once."""
    shared = b"x" * (int(megabytes) << 20)
    children = [_fork_to(lambda: time.sleep(1)) for _ in range(5)]
    for child in children:
        os.waitpid(child, 0)
    print(len(shared) >> 20, "shared")


def _fork_to(task: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        task()
        os._exit(0)
    return child


def _swarm(number: str) -> None:
    for _ in range(int(number)):
        _fork_to(lambda: time.sleep(600))
    time.sleep(600)


def _fill(megabytes: str) -> None:
    for number in range(int(megabytes)):
        Path(f"{number}.bin").write_bytes(b"x" * (1 << 20))
    time.sleep(600 if number > 40 else 0)


def _open(number: str) -> None:
    files = [open(__file__) for _ in range(int(number))]  # noqa: SIM115
    print(len(files), "open")


def _hang_in_c(_: str) -> None:
    """Holds the interpreter for ever, as a defect of an extension does."""
    mutex = ctypes.create_string_buffer(128)
    c = ctypes.PyDLL(None)
    c.pthread_mutex_lock(mutex)
    c.pthread_mutex_lock(mutex)


def _be_stubborn(file: str) -> None:
    """Ignores SIGTERM, and so does a grandchild in a session of its own."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if _fork_to(lambda: os._exit(0) if os.fork() else (os.setsid(), _tell_and_hang(file))):
        _hang_in_c("")


def _tell_and_hang(file: str) -> None:
    Path(file).write_text(str(os.getpid()))
    time.sleep(600)


def _show_scores(_: str) -> None:
    print("score", Path("/proc/self/oom_score_adj").read_text())


_WAYS = {
    "hoard": _hoard,
    "share": _share,
    "swarm": _swarm,
    "fill": _fill,
    "open": _open,
    "hang in C": _hang_in_c,
    "be stubborn": _be_stubborn,
    "import": lambda detail: print(__import__(detail)),
    "doze": lambda _: time.sleep(600),
    "score": _show_scores,
    "raise": _raise,
    "exit": lambda detail: sys.exit(int(detail)),
    "leave": lambda detail: os._exit(int(detail)),
    "abort": lambda _: os.abort(),
    "kill": _kill,
    "crash": _touch_nothing,
    "rubbish": _print_rubbish,
    "fork": _leave_child,
    "wait": _wait_for,
    "hang once": _hang_once,
    "note": _note,
    "sleep": _swallow,
    "nothing": lambda _: None,
}


class Good(ArtifactTaskInterface):
    @staticmethod
    def serialize(working_dir: Path, name: str, contents: str, **_: Any) -> Path:
        path = working_dir / f"{name}.txt"
        path.write_text(contents)
        return path

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> str:
        return (working_dir / path).read_text()

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return None


class Bad(Good):
    @staticmethod
    def serialize(working_dir: Path, name: str, contents: str, **_: Any) -> Path:
        raise RuntimeError("this serializer never works")
