"""One task that behaves as it is told."""

import importlib
import os
import time
from pathlib import Path

import structlog
from dioptra import pyplugs

LOGGER = structlog.stdlib.get_logger()
LIMIT = 300


@pyplugs.register
def behave(how: str, detail: str) -> str:
    """Do it, and return what came of it."""
    LOGGER.info(f"about to {how}")
    return {"nothing": str, "wait": _wait, "orphan": _orphan, "import": _import, "hoard": _hoard, "jvm": _jvm}[how](detail)


def _wait(gate: str) -> str:
    """Until there is a file of that name."""
    end = time.monotonic() + LIMIT
    while not Path(gate).exists():
        if time.monotonic() > end:
            raise TimeoutError(f"{gate} did not come in {LIMIT} s")
        time.sleep(0.02)
    return gate


def _orphan(seconds: str) -> str:
    """Leave a process without parent, in a session of its own, that ends after so many seconds."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        grandchild = os.fork()
        if grandchild == 0:
            time.sleep(float(seconds))
        else:
            os.write(writer, str(grandchild).encode())
        os._exit(0)
    os.waitpid(child, 0)
    pid = os.read(reader, 20).decode()
    LOGGER.info(f"orphan {pid}.")
    return pid


def _jvm(_: str) -> str:
    """What the JVM says of a task that it does not have, and where it runs."""
    from dioptra_task_host import jvm

    try:
        jvm.call("none.such")
    except jvm.JvmTaskError as refusal:
        LOGGER.info(f"the JVM says: {refusal}")
        return str(refusal)
    raise AssertionError("there is no such task")


def _hoard(_: str) -> str:
    """Memory, until there is no more."""
    hoard = []
    while True:
        hoard.append(b"x" * (8 << 20))


def _import(module: str) -> str:
    """What that module says its version is."""
    version = str(importlib.import_module(module).__version__)
    LOGGER.info(f"{module} {version}.")
    return version
