"""Owns the connections to the worker and the three standard descriptors. Knows no tasks."""

import fcntl
import os
import socket
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from dioptra_task_host import kernel, wire
from dioptra_task_host.output import LOWEST_DESCRIPTOR, Marks
from dioptra_task_host.protocol import VERSION, Hello, Log, Message, ProtocolError, Role

_LENGTH = struct.Struct(">I")
_LARGEST_FRAME = 64 << 20


class Channel:
    """One connection that carries frames. Any thread may send, one receives."""

    def __init__(self, path: str, role: Role, token: str) -> None:
        """Connects to the worker's socket and says hello."""
        with socket.socket(socket.AF_UNIX) as low:
            low.connect(path)
            high = fcntl.fcntl(low.fileno(), fcntl.F_DUPFD_CLOEXEC, LOWEST_DESCRIPTOR)
        self._socket = socket.socket(fileno=high)
        # A plugin's signal handler may log while this thread sends.
        self._lock = threading.RLock()
        self._marks: Marks | None = None
        self.send(Hello(VERSION, role, token, os.getpid()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def fileno(self) -> int:
        return self._socket.fileno()

    def send(self, message: Message) -> None:
        """Sends one message, and waits while the worker does not read. OSError if it is gone."""
        text = wire.encode(message)
        if len(text) > _LARGEST_FRAME:
            raise ProtocolError(f"{message.TYPE} has {len(text)} bytes; 64 MiB fit into a frame")
        with self._whole():
            if self._marks:
                mark = self._marks.place("L" if isinstance(message, Log) else "A")
                text = wire.with_mark(text, mark)
            self._socket.sendall(_LENGTH.pack(len(text)) + text)

    def mark_with(self, marks: Marks) -> None:
        """From now on each frame has its mark in the raw streams, written before it.

        That cannot lock up with the worker, which waits at mark N of a raw stream for frame N, and
        at frame N for mark N in both streams. All of mark N is written before any of frame N, and
        all of frame N before any of mark N + 1. So whoever the worker's readers wait for is in a
        pipe already or is being written next, and the reader at that pipe waits for nothing
        older: the marks of the older frames lie before it, and those frames were read. Where C
        code prints with the interpreter's lock held, this thread cannot go on between the two
        marks and the frame: the worker's reader of that stream then goes on after a while.
        """
        self._marks = marks

    def turn(self, descriptor: int) -> None:
        """To be called before Python's text goes to a raw stream: marks the change of streams."""
        marks = self._marks
        if marks and marks.last != descriptor:
            with self._whole():
                marks.place("S")
                marks.last = descriptor

    @contextmanager
    def _whole(self) -> Iterator[None]:
        with self._lock:
            # An exception that a plugin's signal handler raises must not leave half a frame.
            before = kernel.no_signals()
            try:
                kernel.block_signals(before)
                yield
            finally:
                kernel.restore_signals(before)

    def receive(self) -> Message | None:
        """Waits for the next message. Returns None after the worker has closed its end."""
        head = self._read(_LENGTH.size)
        if not head:
            return None
        length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else 0
        if length > _LARGEST_FRAME:
            raise ProtocolError(f"a frame of {length} bytes; 64 MiB are allowed")
        text = self._read(length)
        if not text or len(text) < length:
            raise ProtocolError("the connection ended inside a frame")
        return wire.decode(text)

    def close(self) -> None:
        self._socket.close()

    def forget(self) -> None:
        """To be called in a forked child: the connection belongs to the parent alone."""
        self._lock = threading.RLock()
        if self._marks:
            self._marks.forget()
            self._marks = None
        self.close()

    def _read(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size and (part := self._socket.recv(min(size - len(parts), 1 << 20))):
            parts += part
        return bytes(parts)


def read_token() -> str:
    """Reads the first line of stdin, byte by byte: what follows belongs to nobody."""
    line = bytearray()
    while (byte := os.read(0, 1)) not in (b"", b"\n"):
        line += byte
    return line.decode()


def quiet_stdin() -> None:
    """Points stdin at nothing."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    if nothing != 0:
        os.close(nothing)


def stdout_to_stderr() -> None:
    """Points stdout at stderr, so that what an import prints comes with its errors."""
    os.dup2(2, 1)
    sys.stdout = sys.stderr


def connect_output(path: str, token: str) -> None:
    """Makes descriptors 1 and 2 connections of their own to the worker."""
    roles: tuple[tuple[Role, int], ...] = (("stdout", 1), ("stderr", 2))
    for role, descriptor in roles:
        with Channel(path, role, token) as channel:
            os.dup2(channel.fileno(), descriptor)
