"""The worker's side of the protocol, small: it starts the real program and talks to it."""

import os
import re
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Self, cast

from dioptra_task_host import wire
from dioptra_task_host.protocol import (
    Call,
    Done,
    Ended,
    Failed,
    Finish,
    Fork,
    Hello,
    HostRequest,
    How,
    Importing,
    Kill,
    Log,
    Message,
    NamedValues,
    Outputs,
    Prepare,
    Quit,
    Ready,
    Ref,
    Severity,
    Values,
    Want,
)

SOURCES = Path(__file__).parents[1] / "src"
PLUGINS = Path(__file__).parent / "plugins"
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


class JobHost:
    """A host with its three connections, seen from the worker."""

    def __init__(self, peers: dict[str, Peer], folder: Path, template: "Template") -> None:
        self._template = template
        self._peers = peers
        self.control = peers["host"]
        self.stdout = RawStream(peers["stdout"], "stdout", "INFO")
        self.stderr = RawStream(peers["stderr"], "stderr", "WARNING")
        self.pid = self.control.hello.pid
        self.folder = folder
        self.logs: list[Log] = []
        self._last_id = 0

    def prepare(
        self,
        level: str = "INFO",
        user: tuple[int, int] | None = None,
        open_files: int | None = None,
        **environment: str | None,
    ) -> None:
        answer = self.ask(
            Prepare(
                id=self.next_id(),
                folder=str(self.folder),
                plugins="plugins",
                serialize="serialize",
                deserialize="deserialize",
                environment=environment,
                level=level,
                user=user,
                open_files=open_files,
            )
        )
        assert isinstance(answer, Done), answer

    def call(
        self,
        plugin: str,
        *args: object,
        outputs: Outputs = None,
        step: str = "s",
        kwargs: NamedValues | None = None,
    ) -> Done | Failed:
        return self.ask(
            Call(self.next_id(), step, plugin, cast(Values, list(args)), kwargs or {}, outputs)
        )

    def finish(self) -> Done:
        answer = self.ask(Finish(self.next_id()))
        assert isinstance(answer, Done)
        return answer

    def next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def end(self) -> Ended:
        """Waits for the end of the process."""
        return self._template.ended(self.pid)

    def ask(self, request: HostRequest) -> Done | Failed:
        """Sends a request and waits for its answer; keeps the logs that come before it."""
        self.control.send(request)
        while not isinstance(message := self.take(), Done | Failed):
            pass
        assert message.id == request.id
        return message

    def take(self) -> Log | Done | Failed | Want:
        """Takes the next frame; keeps what was printed before it, and what is logged by it."""
        message = self.control.receive()
        assert isinstance(message, Log | Done | Failed | Want)
        assert message.mark
        raw = (self.stdout.up_to(message.mark), self.stderr.up_to(message.mark))
        for lines in zip(*raw, strict=True):
            self.logs += chain(*lines)
        if isinstance(message, Log):
            self.logs.append(message)
        return message

    def take_rest(self) -> None:
        """Reads what a host printed after its last frame, to its end."""
        for raw in (self.stdout, self.stderr):
            self.logs += raw.last_lines()

    def events(self, logger: str) -> list[str]:
        return [log.event for log in self.logs if log.logger == logger]

    def close(self) -> None:
        for peer in self._peers.values():
            peer.close()


class Template:
    """A template seen from the worker."""

    def __init__(self, worker: "Worker", control: Peer) -> None:
        self._worker = worker
        self._ended: dict[int, Ended] = {}
        self._last_id = 0
        self.control = control
        while isinstance(ready := control.receive(), Importing):
            pass
        assert isinstance(ready, Ready)
        self.ready = ready

    def fork(self, token: str = "secret") -> JobHost:
        answer = self.order_fork(token)
        assert isinstance(answer, Done), answer
        host = self.accept(token)
        assert host.pid == answer.pid
        return host

    def accept(self, token: str) -> JobHost:
        return self._worker.accept_host(token, self)

    def order_fork(self, token: str = "secret") -> Done | Failed:
        self._last_id += 1
        return self._ask(Fork(self._last_id, token, str(self._worker.socket)))

    def kill(self, pid: int, how: How = "end") -> None:
        self._last_id += 1
        assert self._ask(Kill(self._last_id, pid, how)) == Done(self._last_id)

    def ended(self, pid: int) -> Ended:
        while pid not in self._ended:
            self._take(self.control.receive())
        return self._ended[pid]

    def quit(self) -> None:
        self.control.send(Quit())

    def _ask(self, request: Fork | Kill) -> Done | Failed:
        self.control.send(request)
        while True:
            message = self.control.receive()
            if isinstance(message, Done | Failed):
                assert message.id == request.id
                return message
            self._take(message)

    def _take(self, message: Message) -> None:
        assert isinstance(message, Ended)
        self._ended[message.pid] = message


class Worker:
    """Listens, starts programs, and leaves none behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "s"
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.socket))
        self._listener.listen()
        self._listener.settimeout(PATIENCE)
        self._peers: list[Peer] = []
        self._hosts = 0
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for peer in self._peers:
            peer.close()
        for process in self.processes:
            process.kill()
            process.communicate()
        self._listener.close()

    def start(self, *arguments: str, token: str = "secret") -> subprocess.Popen[bytes]:
        path = f"{SOURCES}{os.pathsep}{self.folder / 'modules'}"
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": path}
        process = subprocess.Popen(
            [sys.executable, "-m", "dioptra_task_host", *arguments, "--socket", str(self.socket)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=environment,
        )
        self.processes.append(process)
        assert process.stdin
        process.stdin.write(f"{token}\n".encode())
        process.stdin.flush()
        return process

    def template(self, preload: Sequence[str] = ()) -> Template:
        self.start("template", "--preload", ",".join(preload), token="t")
        peer = self.accept()
        assert (peer.hello.role, peer.hello.token) == ("template", "t")
        return Template(self, peer)

    def host(self) -> JobHost:
        """A host of a template that has imported nothing."""
        return self.template().fork()

    def accept(self) -> Peer:
        peer = Peer(self._listener.accept()[0])
        self._peers.append(peer)
        return peer

    def accept_host(self, token: str, template: Template) -> JobHost:
        peers = {peer.hello.role: peer for peer in (self.accept(), self.accept(), self.accept())}
        assert {peer.hello.token for peer in peers.values()} == {token}
        assert len({peer.hello.pid for peer in peers.values()}) == 1
        self._hosts += 1
        by_role = {str(role): peer for role, peer in peers.items()}
        return JobHost(by_role, self._job_folder(), template)

    def _job_folder(self) -> Path:
        folder = self.folder / f"job-{self._hosts}"
        folder.mkdir()
        for name in ("plugins", "serialize"):
            (folder / name).symlink_to(PLUGINS)
        (folder / "deserialize").mkdir()
        (folder / "deserialize" / "3_5").symlink_to(PLUGINS / "notes")
        return folder


def child_of(host: JobHost, session: bool) -> int:
    host.call("rude.tasks.fork_and_stay", session, outputs="child")
    host.call("greeting.tasks.show", Ref("step", "s", "child"))
    return int(host.events("stdout")[-1])


def is_alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    # The second where it ends between the opening and the reading.
    except (FileNotFoundError, ProcessLookupError):
        return False


def await_end(pid: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while is_alive(pid):
        assert time.monotonic() < deadline, f"process {pid} is still there"
        time.sleep(0.01)
