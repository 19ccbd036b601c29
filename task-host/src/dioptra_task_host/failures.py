"""Owns what an exception means: whose failure it is, and its traceback without our own frames."""

import errno
import sys
import traceback
from pathlib import Path
from types import TracebackType

import dioptra.pyplugs

from dioptra_task_host.logs import cut
from dioptra_task_host.protocol import Failed, Kind

_LONGEST = 1 << 20
# Python's own and numpy's below it, TensorFlow's, and torch's.
_OUT_OF_MEMORY = {"MemoryError", "ResourceExhaustedError", "OutOfMemoryError"}
_JVM = "dioptra_task_host.jvm.JvmHostEndedError"
_OURS = (
    str(Path(__file__).parent),
    str(Path(dioptra.pyplugs.__file__).parent),
    str(Path(traceback.__file__).parent / "importlib"),
    "<frozen importlib",
)


class RequestError(Exception):
    """A request makes no sense here: a defect of the worker."""


class NotFoundError(Exception):
    """A plugin has no such module, function or class. `origin` names Dioptra's exception."""

    def __init__(self, message: str, origin: str = "") -> None:
        super().__init__(message)
        self.origin = origin


def to_failed(request: int, error: BaseException) -> Failed:
    """Returns the answer to a request that ended with an exception."""
    match error:
        case RequestError():
            return Failed(request, "request", str(error), "", "")
        case NotFoundError():
            return Failed(request, "not-found", str(error), error.origin, "")
        case SystemExit():
            status = "0" if error.code is None else _text(error.code)
            return Failed(request, "exit", status, "SystemExit", format_traceback(error))
        case _:
            return Failed(
                request, _kind(error), _text(error), class_name(error), format_traceback(error)
            )


def _kind(error: BaseException) -> Kind:
    """Whether what the machine or its environment lacks made a task raise."""
    if _OUT_OF_MEMORY & {cls.__name__ for cls in type(error).__mro__}:
        return "memory"
    # By its name: most jobs never import the module.
    if _JVM in {f"{cls.__module__}.{cls.__qualname__}" for cls in type(error).__mro__}:
        return "jvm"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "disk"
    # What is missing within a package that is there, a plugin for example, is that one's matter.
    if isinstance(error, ModuleNotFoundError) and error.name:
        package = error.name.partition(".")[0]
        return "raised" if package in sys.modules else "module"
    return "raised"


def class_name(error: BaseException) -> str:
    """The exception's class as a traceback names it."""
    cls = type(error)
    return (
        cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"
    )


def format_traceback(error: BaseException) -> str:
    """Python's text of an exception; the frames between us and the plugin are left out."""
    start = _skip_ours(error.__traceback__)
    try:
        lines = traceback.format_exception(type(error), error, start)
    except Exception as defect:
        return f"{class_name(error)} (its text cannot be shown: {class_name(defect)})"
    return cut("".join(lines).rstrip("\n"), _LONGEST)


def _skip_ours(trace: TracebackType | None) -> TracebackType | None:
    while trace and trace.tb_frame.f_code.co_filename.startswith(_OURS):
        trace = trace.tb_next
    return trace


def _text(value: object) -> str:
    try:
        return cut(str(value), _LONGEST)
    except Exception as defect:
        return f"(its text cannot be shown: {class_name(defect)})"
