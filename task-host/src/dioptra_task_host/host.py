"""Owns the life of a job host: its connections, and the requests it answers one after the other."""

import faulthandler
import logging
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never, get_args

from dioptra_task_host import channel as channels
from dioptra_task_host import jvm, kernel, logs, runner
from dioptra_task_host.artifacts import ArtifactTasks
from dioptra_task_host.channel import Channel
from dioptra_task_host.failures import RequestError, to_failed
from dioptra_task_host.imports import ImportWatch
from dioptra_task_host.inbox import Inbox
from dioptra_task_host.loader import Loader
from dioptra_task_host.output import Marks, Output, write_all
from dioptra_task_host.protocol import (
    Bind,
    Call,
    Describe,
    Done,
    Failed,
    Finish,
    HostRequest,
    Load,
    Log,
    Prepare,
    ProtocolError,
    Resume,
    Save,
)


@dataclass(frozen=True)
class Job:
    """What one job has: its plugins, their artifact tasks, its values."""

    loader: Loader
    artifacts: ArtifactTasks
    values: runner.Values


class Events:
    """Sends log messages, from any thread; in a child that a plugin forked it prints them."""

    def __init__(self, channel: Channel, output: Output) -> None:
        self._channel = channel
        self._output = output
        self._muted = False
        self.in_child = False

    def send(self, event: Log) -> None:
        if self.in_child:
            text = "\n".join(filter(None, (event.event, event.details))) + "\n"
            write_all(2, text.encode(errors="replace"))
        elif not self._muted:
            self._output.flush()
            try:
                self._channel.send(event)
            except ConnectionError:
                os._exit(1)  # the worker is gone, and with it everybody who could be told

    def mute(self) -> None:
        self._muted = True


class Host:
    """Answers the requests for one job."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._inbox = Inbox(channel)
        jvm.attach(self._inbox.ask_for_jvm)
        self._output = Output(channel.turn)
        self._events = Events(channel, self._output)
        self._imports = ImportWatch()
        self._imports.install()
        self._job: Job | None = None
        os.register_at_fork(after_in_child=self._forked)

    def serve(self) -> int:
        """Serves until the job is finished or the worker is gone. Returns the exit status."""
        while (request := self._inbox.next_request()) is not None:
            if not isinstance(request, get_args(HostRequest)):
                raise ProtocolError(f"a host was sent {request.TYPE!r}")
            answer = self._answer(request)
            if self._events.in_child:
                return _end_as_child(answer)
            finished = isinstance(request, Finish)
            if finished:
                self._events.mute()
            self._channel.send(answer)
            if finished:
                return 0
        return 1

    def _answer(self, request: HostRequest) -> Done | Failed:
        try:
            return self._handle(request)
        except BaseException as error:
            return to_failed(request.id, error)
        finally:
            self._output.flush()
            kernel.flush_c_stdout()

    def _handle(self, request: HostRequest) -> Done:
        match request:
            case Prepare():
                self._job = self._prepare(request)
            case Resume():
                import mlflow

                mlflow.start_run(run_id=request.run)
            case Describe():
                return Done(request.id, schemas=self._ready.artifacts.describe(request))
            case Bind():
                return Done(request.id, names=self._ready.values.bind(request.parameters))
            case Load():
                job = self._ready
                return Done(request.id, names=job.artifacts.load(request, job.values))
            case Call():
                job = self._ready
                return Done(request.id, names=runner.call(request, job.loader, job.values))
            case Save():
                job = self._ready
                return Done(request.id, path=job.artifacts.save(request, job.values))
            case Finish():
                if self._job:
                    imports = self._imports.report(self._job.loader.brought)
                    return Done(request.id, imports=imports)
            case _:
                assert_never(request)
        return Done(request.id)

    @property
    def _ready(self) -> Job:
        if self._job is None:
            raise RequestError("the host was not prepared for a job")
        return self._job

    def _prepare(self, request: Prepare) -> Job:
        if request.level not in logging.getLevelNamesMapping():
            raise RequestError(f"{request.level!r} is no log level")
        folder = Path(request.folder)
        if request.open_files is not None:
            kernel.limit_open_files(request.open_files)
        try:
            if request.user is not None:
                kernel.become(*request.user)
            os.chdir(folder)
        except OSError as error:
            raise RequestError(f"the job's folder cannot be entered: {error}") from None
        for name, text in request.environment.items():
            if text is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = text
        tempfile.tempdir = None
        sys.dont_write_bytecode = True
        self._output.install()
        logs.use_handler(logs.LogHandler(self._events.send), request.level)
        loader = Loader(
            folder / request.plugins,
            folder / request.serialize,
            folder / request.deserialize,
            self._imports.plugin_imported,
        )
        return Job(loader, ArtifactTasks(loader), runner.Values())

    def _forked(self) -> None:
        self._events.in_child = True
        self._channel.forget()


def connect(path: str, token: str) -> Channel:
    """Opens the three connections of a host; what follows on descriptors 1 and 2 is raw output."""
    kernel.lead_session()
    channels.quiet_stdin()
    channels.connect_output(path, token)
    kernel.buffer_c_stdout_by_line()
    # A crash in native code leaves the Python lines it came from on stderr.
    faulthandler.enable(2, all_threads=False)
    # So do all threads when the worker asks, also while C code holds the interpreter.
    faulthandler.register(kernel.STACKS, 2, all_threads=True)
    connection = Channel(path, "host", token)
    connection.mark_with(Marks(token))
    return connection


def leave(status: int) -> None:
    """Ends the process at once: exit handlers and threads of plugins have no say."""
    kernel.flush_c_stdout()
    os._exit(status)


def _end_as_child(answer: Done | Failed) -> int:
    # A task forked, and the child came back from the task: the parent answers, the child ends.
    if isinstance(answer, Done):
        return 0
    os.write(2, f"{answer.traceback}\n".encode(errors="replace"))
    return 1
