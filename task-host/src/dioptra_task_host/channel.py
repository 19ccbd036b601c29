"""Owns the connections to the worker and the three standard descriptors. Knows no tasks."""

import fcntl
import os
import socket
import struct
import sys
import threading
from types import TracebackType
from typing import Self

from dioptra_task_host import kernel, wire
from dioptra_task_host.protocol import VERSION, Hello, Message, ProtocolError, Role

_LENGTH = struct.Struct(">I")
_LARGEST_FRAME = 64 << 20
# High, so that a plugin that closes or reuses low descriptors does not meet it.
_LOWEST_DESCRIPTOR = 200


class Channel:
    """One connection that carries frames. Any thread may send, one receives."""

    def __init__(self, path: str, role: Role, token: str) -> None:
        """Connects to the worker's socket and says hello."""
        with socket.socket(socket.AF_UNIX) as low:
            low.connect(path)
            high = fcntl.fcntl(low.fileno(), fcntl.F_DUPFD_CLOEXEC, _LOWEST_DESCRIPTOR)
        self._socket = socket.socket(fileno=high)
        # A plugin's signal handler may log while this thread sends.
        self._lock = threading.RLock()
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
        with self._lock:
            # An exception that a plugin's signal handler raises must not leave half a frame.
            before = kernel.no_signals()
            try:
                kernel.block_signals(before)
                self._socket.sendall(_LENGTH.pack(len(text)) + text)
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
