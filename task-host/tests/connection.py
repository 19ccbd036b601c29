"""The connections of a host as the worker sees them: frames, and raw output cut by marks."""

import re
import socket
import struct
import threading
from contextlib import suppress

from dioptra_task_host import wire
from dioptra_task_host.protocol import Hello, Log, Message, Severity

PATIENCE = 20.0


class Peer:
    """One accepted connection."""

    def __init__(self, accepted: socket.socket) -> None:
        self._socket = accepted
        accepted.settimeout(PATIENCE)
        hello = self.receive()
        assert isinstance(hello, Hello)
        self.hello = hello

    def send(self, message: Message) -> None:
        text = wire.encode(message)
        self.send_raw(struct.pack(">I", len(text)) + text)

    def send_raw(self, data: bytes) -> None:
        self._socket.sendall(data)

    def receive(self) -> Message:
        (length,) = struct.unpack(">I", self._exactly(4))
        return wire.decode(self._exactly(length))

    def close(self) -> None:
        # A thread may be reading: it is woken, which closing alone does not do.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def receive_raw(self) -> bytes:
        """Waits for raw output; empty at its end."""
        return self._read(65536)

    def drain(self) -> bytes:
        """Raw output up to its end."""
        return b"".join(iter(self.receive_raw, b""))

    def be_patient(self) -> None:
        """From now on a read waits for as long as it takes."""
        self._socket.settimeout(None)

    def is_at_end(self) -> bool:
        return self._read(1) == b""

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = self._read(size - len(data))
            if not part:
                raise EOFError("the task host closed its connection")
            data += part
        return data

    def _read(self, size: int) -> bytes:
        try:
            return self._socket.recv(size)
        except OSError as error:
            if isinstance(error, TimeoutError):
                raise
            return b""


class RawStream:
    """Descriptor 1 or 2 of a host: lines of text, cut into parts by marks. Always being read."""

    def __init__(self, peer: Peer, logger: str, severity: Severity) -> None:
        self._logger, self._severity = logger, severity
        self._mark = re.compile(rb"\0%b([LAS])([0-9a-f]{16})\0" % peer.hello.token.encode())
        self._changed = threading.Condition()
        self._data = bytearray()
        self._at_end = False
        self._text = b""
        self._number = 0
        peer.be_patient()
        threading.Thread(target=self._read, args=(peer,), daemon=True).start()

    def up_to(self, number: int) -> list[list[Log]]:
        """The lines of each part that ends with one of the next marks, `number` the last."""
        parts = []
        while self._number < number:
            with self._changed:
                assert self._changed.wait_for(self._has_mark, PATIENCE)
                mark = self._mark.search(self._data)
                assert mark, f"no mark {number} in {self._logger}: {self._data!r}"
                self._number += 1
                assert int(mark[2], 16) == self._number
                whole = mark[1] == b"A"
                self._text += self._data[: mark.start()]
                del self._data[: mark.end()]
            parts.append(self._lines(whole))
        return parts

    def rest(self) -> bytes:
        """What comes up to the end, as it is."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._at_end, PATIENCE)
            return bytes(self._data)

    def last_lines(self) -> list[Log]:
        """The lines up to the end."""
        self._text += self.rest()
        return self._lines(whole=True)

    def await_text(self, text: bytes) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: text in self._data, PATIENCE)

    def _read(self, peer: Peer) -> None:
        while received := peer.receive_raw():
            with self._changed:
                self._data += received
                self._changed.notify_all()
        with self._changed:
            self._at_end = True
            self._changed.notify_all()

    def _has_mark(self) -> bool:
        return self._at_end or self._mark.search(self._data) is not None

    def _lines(self, whole: bool) -> list[Log]:
        lines = self._text.splitlines(keepends=True)
        open_end = lines and not whole and not lines[-1].endswith(b"\n")
        self._text = lines.pop() if open_end else b""
        return [
            Log(0, self._severity, self._logger, line.rstrip(b"\r\n").decode(errors="replace"))
            for line in lines
        ]
