"""Owns `sys.stdout` and `sys.stderr` of a job, and their order among each other. Knows no frames.

Text goes straight to descriptors 1 and 2, so that it keeps its natural order with what C code and
child processes write there. Marks in the two streams tell the worker where records belong.
"""

import errno
import fcntl
import io
import os
import select
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Kind: TypeAlias = Literal["L", "A", "S"]
"""What a mark stands for: a log record, an answer, or a switch to the other stream."""

# High, so that a plugin that closes or reuses low descriptors does not meet them.
LOWEST_DESCRIPTOR: Final = 200


class Marks:
    """Writes numbered marks into both raw streams, past whatever descriptors 1 and 2 become.

    Its caller makes sure that one mark is placed at a time, and that what a mark announces is sent
    before the next: the worker waits for each at the other.
    """

    def __init__(self, token: str) -> None:
        self._begin = b"\0" + token.encode("ascii")
        self._number = 0
        self._streams = [
            fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, LOWEST_DESCRIPTOR)
            for descriptor in (1, 2)
        ]
        self.last = 1
        """The descriptor that text went to last; after a mark that may have been stdout's, by C."""

    def place(self, kind: Kind) -> int:
        """Writes the next mark into both streams. Returns its number."""
        self._number += 1
        self.last = 1
        mark = b"%b%b%016x\0" % (self._begin, kind.encode("ascii"), self._number)
        for stream in self._streams[:]:
            try:
                write_all(stream, mark)
            except OSError:
                # Closed by a plugin: the worker waits for it once, and never again.
                self._streams.remove(stream)
        return self._number

    def forget(self) -> None:
        """To be called in a forked child, which places no marks: the numbers are the parent's."""
        for stream in self._streams:
            with suppress(OSError):
                os.close(stream)
        self._streams.clear()


class Stream(io.RawIOBase):
    """One of the two standard streams, unbuffered. Any thread may write.

    `turn` is called with the descriptor before each write.
    """

    def __init__(self, name: str, descriptor: int, turn: Callable[[int], None]) -> None:
        self.name = name
        self._descriptor = descriptor
        self._turn = turn

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, data: "ReadableBuffer", /) -> int:
        self._turn(self._descriptor)
        return write_all(self._descriptor, data)


class Output:
    """The two streams of a job. A plugin may close or replace `sys.stdout` and `sys.stderr`."""

    def __init__(self, turn: Callable[[int], None]) -> None:
        self._out = _text(Stream("<stdout>", 1, turn))
        self._err = _text(Stream("<stderr>", 2, turn))
        # A child would write the parent's pending text once more.
        os.register_at_fork(before=self.flush)

    def install(self) -> None:
        sys.stdout = sys.__stdout__ = self._out  # type: ignore[misc]
        sys.stderr = sys.__stderr__ = self._err  # type: ignore[misc]

    def flush(self) -> None:
        """Writes text that waits for the end of its line."""
        for text in (self._out, self._err):
            # Closed, or without its descriptor: the plugin has been told already.
            with suppress(ValueError, OSError):
                text.flush()


def write_all(descriptor: int, data: "ReadableBuffer") -> int:
    """Writes all of it, also where a plugin has made the descriptor non-blocking."""
    rest = memoryview(data).cast("B")
    size = len(rest)
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except OSError as error:
            if error.errno != errno.EAGAIN:
                raise
            waiting = select.poll()
            waiting.register(descriptor, select.POLLOUT)
            waiting.poll()
    return size


def _text(stream: Stream) -> io.TextIOWrapper:
    # As at a terminal: whole lines pass at once, so none is lost in a crash.
    return io.TextIOWrapper(
        stream,
        encoding="utf-8",
        errors="backslashreplace",
        newline="\n",
        line_buffering=True,
    )
