"""The worker's side of the protocol, small: it starts the real program and talks to it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Self, cast

from connection import PATIENCE, Peer, RawStream

from dioptra_task_host.protocol import (
    Call,
    Done,
    Ended,
    Failed,
    Finish,
    Fork,
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
    Values,
    Want,
)

SOURCES = Path(__file__).parents[1] / "src"
PLUGINS = Path(__file__).parent / "plugins"


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
        drop: Values | None = None,
    ) -> Done | Failed:
        given = cast(Values, list(args))
        return self.ask(
            Call(self.next_id(), step, plugin, given, kwargs or {}, outputs, drop or [])
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
