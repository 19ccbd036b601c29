import errno

import pytest

from dioptra_task_host import jvm
from dioptra_task_host.failures import NotFoundError, RequestError, format_traceback, to_failed
from dioptra_task_host.protocol import Failed


class ResourceExhaustedError(Exception):
    """As TensorFlow's, known by its name."""


class UnshowableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError


def _caught(error: BaseException) -> Failed:
    try:
        raise error
    except BaseException as caught:
        return to_failed(7, caught)


@pytest.mark.parametrize(
    ("error", "kind", "exception", "message"),
    [
        (ValueError("no"), "raised", "ValueError", "no"),
        (KeyboardInterrupt(), "raised", "KeyboardInterrupt", ""),
        (MemoryError("big"), "memory", "MemoryError", "big"),
        (ResourceExhaustedError("big"), "memory", f"{__name__}.ResourceExhaustedError", "big"),
        (OSError(errno.ENOSPC, "full"), "disk", "OSError", "[Errno 28] full"),
        (OSError(errno.EIO, "odd"), "raised", "OSError", "[Errno 5] odd"),
        (ModuleNotFoundError("a", name="absent.a"), "module", "ModuleNotFoundError", "a"),
        (jvm.JvmHostEndedError("d"), "jvm", "dioptra_task_host.jvm.JvmHostEndedError", "d"),
        (jvm.JvmHostKilledError("e"), "memory", "dioptra_task_host.jvm.JvmHostKilledError", "e"),
        (jvm.JvmHeapError("f"), "memory", "dioptra_task_host.jvm.JvmHeapError", "f"),
        (ModuleNotFoundError("b", name="errno.b"), "raised", "ModuleNotFoundError", "b"),
        (ImportError("c", name="absent"), "raised", "ImportError", "c"),
        (SystemExit(3), "exit", "SystemExit", "3"),
        (SystemExit(), "exit", "SystemExit", "0"),
        (SystemExit("bye"), "exit", "SystemExit", "bye"),
        (NotFoundError("gone", "X"), "not-found", "X", "gone"),
        (RequestError("odd"), "request", "", "odd"),
    ],
)
def test_an_exception_becomes_a_failure(
    error: BaseException, kind: str, exception: str, message: str
) -> None:
    failed = _caught(error)
    assert (failed.id, failed.kind, failed.exception, failed.message) == (
        7,
        kind,
        exception,
        message,
    )


def test_an_exception_of_a_library_is_named_with_its_module() -> None:
    assert _caught(UnshowableError()).exception == f"{__name__}.UnshowableError"


def test_an_exception_without_text_is_told_all_the_same() -> None:
    failed = _caught(UnshowableError())
    assert "cannot be shown" in failed.message
    assert failed.traceback


def test_a_syntax_error_shows_its_line() -> None:
    with pytest.raises(SyntaxError) as caught:
        compile("x = = 1", "plugin.py", "exec")
    assert "x = = 1" in format_traceback(caught.value)


def test_a_huge_message_is_cut() -> None:
    failed = _caught(ValueError("x" * 10_000_000))
    assert len(failed.message) < 1_100_000
    assert failed.traceback is not None
    assert len(failed.traceback) < 1_100_000
