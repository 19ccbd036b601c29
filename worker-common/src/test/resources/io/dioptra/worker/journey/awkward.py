"""Tasks that use the interpreter as if it were theirs alone. Each says "done" at its end."""

import atexit
import ctypes
import faulthandler
import locale
import logging
import logging.config
import multiprocessing
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
import types
import warnings
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from dioptra import pyplugs


@pyplugs.register
def behave(how: str, detail: str) -> str:
    print("begin", how)
    _WAYS[how](detail)
    os.write(1, b"done\n")
    return f"did {how}"


def _square(number: int) -> int:
    print("squaring", number)
    logging.getLogger("awkward").warning("a child logs %d", number)
    return number * number


def _load(wanted: Any, loaded: Any) -> None:
    """What a worker of torch's DataLoader does: it takes indices and gives batches."""
    while (index := wanted.get()) is not None:
        loaded.put((index, [index] * 1000))


def _fork(_: str) -> None:
    _processes("fork")


def _spawn(_: str) -> None:
    # Workers that are spawned import the plugin by its name, as they would elsewhere.
    context = multiprocessing.get_context("spawn")
    child = context.Process(target=print, args=("spawned",))
    child.start()
    child.join()
    print("status", child.exitcode)


def _pool(_: str) -> None:
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print("pool", pool.map(_square, range(4)))
    with ProcessPoolExecutor(2, multiprocessing.get_context("fork")) as executor:
        print("executor", list(executor.map(_square, range(4))))


def _processes(method: str) -> None:
    context = multiprocessing.get_context(method)
    wanted, loaded = context.Queue(), context.Queue()
    workers = [context.Process(target=_load, args=(wanted, loaded)) for _ in range(2)]
    for worker in workers:
        worker.daemon = True
        worker.start()
    for index in range(20):
        wanted.put(index)
    batches = sorted(loaded.get(timeout=30)[0] for _ in range(20))
    for _ in workers:
        wanted.put(None)
    for worker in workers:
        worker.join()
    print("batches", batches == list(range(20)))


def _abandon_workers(_: str) -> None:
    """Leaves without a word to the workers that wait for it."""
    context = multiprocessing.get_context("fork")
    wanted, loaded = context.Queue(), context.Queue()
    for daemon in (True, False):
        context.Process(target=_load, args=(wanted, loaded), daemon=daemon).start()


def _daemonize(_: str) -> None:
    subprocess.Popen(
        ["/bin/sh", "-c", "trap '' TERM HUP; sleep 600"],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
    )


def _threads(_: str) -> None:
    def beat() -> None:
        while True:
            time.sleep(0.01)

    for daemon in (True, False):
        threading.Thread(target=beat, daemon=daemon).start()
    threading.Thread(target=queue.Queue().get).start()


def _atexit(file: str) -> None:
    atexit.register(lambda: Path(file).write_text("the handler ran"))


def _signals(_: str) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGPIPE, signal.SIGUSR1):
        signal.signal(number, lambda got, _frame: print("signal", got))
    signal.signal(signal.SIGALRM, lambda _number, _frame: print("alarm"))
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        logging.getLogger("awkward").info("a record among alarms")
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    signal.set_wakeup_fd(-1)


def _chdir(_: str) -> None:
    os.chdir("/")
    Path.cwd()


def _path(_: str) -> None:
    sys.path[:] = []
    for name in ("json", "structlog", "logging.handlers", "dioptra.pyplugs"):
        sys.modules.pop(name, None)
    sys.modules["dioptra_task_host"] = types.ModuleType("dioptra_task_host")
    sys.meta_path.clear()


def _dict_config(_: str) -> None:
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": True,
            "formatters": {"own": {"format": "own format: %(message)s"}},
            "handlers": {"own": {"class": "logging.StreamHandler", "formatter": "own"}},
            "root": {"level": "DEBUG", "handlers": ["own"]},
        }
    )
    logging.getLogger("awkward.new").debug("a record by dictConfig")


def _basic_config(_: str) -> None:
    logging.basicConfig(force=True, level=logging.DEBUG, stream=sys.stdout, format="> %(message)s")
    logging.getLogger("awkward").debug("a record by basicConfig")
    logging.shutdown()


def _replace_streams(_: str) -> None:
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    print("nobody reads this")
    sys.stdout = None  # type: ignore[assignment]
    print("nor this")
    sys.stdout = sys.__stdout__
    print("back")
    sys.stderr.close()
    sys.stdout.close()


def _redirect(_: str) -> None:
    with open("output.txt", "wb") as file:  # noqa: PTH123
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    print("into the file")
    logging.getLogger("awkward").warning("the file has %r", Path("output.txt").read_text())


def _close_all(_: str) -> None:
    sys.stdout.flush()
    os.closerange(0, 100)


def _settings(_: str) -> None:
    warnings.simplefilter("error")
    faulthandler.disable()
    locale.setlocale(locale.LC_ALL, "C")
    os.umask(0o777)
    socket.setdefaulttimeout(0.001)
    sys.setrecursionlimit(200)
    sys.setswitchinterval(10)
    os.environ.clear()
    os.nice(5)
    print("all set")


def _setsid(_: str) -> None:
    child = os.fork()
    if child == 0:
        os.setsid()
        print("in a session of its own")
        sys.stdout.flush()
        os._exit(0)
    os.waitpid(child, 0)
    try:
        os.setsid()
    except PermissionError:
        print("leads a session already")


def _c_output(_: str) -> None:
    libc = ctypes.CDLL(None)
    libc.printf(b"no newline, and no flush")


def _nonblocking(_: str) -> None:
    os.set_blocking(1, False)
    os.set_blocking(2, False)
    for number in range(2000):
        print(number, "x" * 1000)


_WAYS = {
    "fork": _fork,
    "spawn": _spawn,
    "pool": _pool,
    "abandon workers": _abandon_workers,
    "daemonize": _daemonize,
    "threads": _threads,
    "atexit": _atexit,
    "signals": _signals,
    "chdir": _chdir,
    "path": _path,
    "dictConfig": _dict_config,
    "basicConfig": _basic_config,
    "replace streams": _replace_streams,
    "redirect": _redirect,
    "close all": _close_all,
    "settings": _settings,
    "setsid": _setsid,
    "C output": _c_output,
    "nonblocking": _nonblocking,
}
