"""Owns what tasks print: `sys.stdout` and `sys.stderr` as lines. Knows no connections."""

import codecs
import io
import re
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from dioptra_task_host.logs import LONGEST_TEXT
from dioptra_task_host.protocol import Log, Severity

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


_LINE_END = re.compile("\r\n|\n|\r")


class Lines(io.RawIOBase):
    """Bytes in, a `log` message for each line out. Any thread may write.

    A carriage return ends a line too, unless it is an empty one, so that a progress bar arrives
    as it moves. At most `LONGEST_TEXT` characters of a line are kept.
    """

    def __init__(
        self, logger: str, severity: Severity, descriptor: int, send: Callable[[Log], None]
    ) -> None:
        self._logger = logger
        self._severity = severity
        self._descriptor = descriptor
        self._send = send
        self._lock = threading.RLock()
        self._start_decoding()
        self._begin = ""
        self._length = 0

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        """The descriptor that a child process gets as its output: the raw connection."""
        return self._descriptor

    def write(self, data: "ReadableBuffer", /) -> int:
        raw = bytes(data)
        with self._lock:
            self._take(self._decoder.decode(raw))
        return len(raw)

    def end_line(self) -> None:
        """Sends a line that has not ended yet."""
        with self._lock:
            self._take(self._decoder.decode(b"", final=True))
            if self._length:
                self._end_line()
            self._start_decoding()

    def forget(self) -> None:
        """To be called in a forked child: what the parent began to write is the parent's."""
        self._lock = threading.RLock()
        self._begin, self._length = "", 0

    def _start_decoding(self) -> None:
        utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        self._decoder = io.IncrementalNewlineDecoder(utf8, translate=False)

    def _take(self, text: str) -> None:
        start = 0
        for end in _LINE_END.finditer(text):
            self._keep(text[start : end.start()])
            if self._length or end[0] != "\r":
                self._end_line()
            start = end.end()
        self._keep(text[start:])

    def _keep(self, text: str) -> None:
        if self._length < LONGEST_TEXT:
            self._begin += text[: LONGEST_TEXT - self._length]
        self._length += len(text)

    def _end_line(self) -> None:
        line, left_out = self._begin, self._length - len(self._begin)
        self._begin, self._length = "", 0
        if left_out:
            line += f" [… {left_out} characters left out]"
        self._send(Log(time.time(), self._severity, self._logger, line))


class Output:
    """The two streams of a job."""

    def __init__(self, send: Callable[[Log], None]) -> None:
        self._out = Lines("stdout", "INFO", 1, send)
        self._err = Lines("stderr", "WARNING", 2, send)

    def install(self) -> None:
        """Replaces the interpreter's streams; a plugin may close or replace them in turn."""
        sys.stdout = sys.__stdout__ = _text(self._out)  # type: ignore[misc]
        sys.stderr = sys.__stderr__ = _text(self._err)  # type: ignore[misc]

    def end_lines(self) -> None:
        self._out.end_line()
        self._err.end_line()

    def forget(self) -> None:
        self._out.forget()
        self._err.forget()


def _text(lines: Lines) -> io.TextIOWrapper:
    # Text passes at once: the order of lines and records is the order in which they were made.
    return io.TextIOWrapper(
        lines,  # type: ignore[arg-type]  # a raw stream has all that is used
        encoding="utf-8",
        errors="backslashreplace",
        newline="\n",
        write_through=True,
    )
