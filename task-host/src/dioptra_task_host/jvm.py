"""Calls JVM tasks. The functions of a plugin that stands for a library of them call `call`."""

import itertools
import os
import threading
import weakref
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from dioptra_task_host.channel import Channel
from dioptra_task_host.protocol import (
    Done,
    Failed,
    Granted,
    PlacedArray,
    ProtocolError,
    Release,
    RemoteObject,
    Reply,
    Run,
    SharedArray,
)
from dioptra_task_host.protocol import Window as WindowIs
from dioptra_task_host.window import Window


class JvmTaskError(RuntimeError):
    """A JVM task ended with an exception, or could not be called.

    Attributes:
        exception: the Java class of the exception.
        stack: its stack trace, without the frames of the host.
    """

    def __init__(self, message: str, exception: str = "", stack: str = "") -> None:
        super().__init__(message)
        self.exception = exception
        self.stack = stack


class JvmHeapError(JvmTaskError, MemoryError):
    """A JVM task ended because the JVM's heap is full."""


class JvmHostEndedError(RuntimeError):
    """The process of the JVM tasks is not there, or ended during a call."""


class JvmHostKilledError(JvmHostEndedError, MemoryError):
    """The kernel ended the process of the JVM tasks, because memory ran out."""


class JvmObject:
    """Stands for an object that lives in the JVM, until the last reference to it is gone here."""

    def __init__(self, remote: RemoteObject, host: str) -> None:
        self.handle = remote.handle
        self.class_name = remote.cls
        self.host = host
        self._text = remote.text

    def __repr__(self) -> str:
        return f"<{self.class_name} in the JVM: {self._text}>"

    def __call__(self, batch: Any) -> Any:
        """Gives examples to a model in the JVM, or to what else is a function of a batch there.

        A float32 array goes there as it is, any other is made one; the result is an array.
        """
        import numpy as np

        return call("jvm.apply", self, np.asarray(batch, np.float32))

    def __reduce__(self) -> Any:
        raise TypeError(f"{self!r} lives in the JVM and cannot be pickled or copied")


class Caller:
    """Calls tasks over one connection for each process; one call at a time."""

    def __init__(self, ask: Callable[[bool], Reply]) -> None:
        """`ask` asks the worker where the JVM host listens, or (True) how it ended."""
        self._ask = ask
        self._lock = threading.Lock()
        self._channel: Channel | None = None
        self._window: Window | None = None
        self._host: Granted | None = None
        self._ids = itertools.count(1)
        self._unused: deque[int] = deque()
        self._forked = False
        os.register_at_fork(after_in_child=self._forget)

    def call(self, task: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Calls a task and waits for its result."""
        with self._lock, ExitStack() as loans:
            channel = self._connected()
            if self._window:
                self._window.clear()
            run = Run(
                next(self._ids),
                task,
                [
                    self._give(value, f"argument {n}", task, loans)
                    for n, value in enumerate(args, 1)
                ],
                {
                    name: self._give(value, f'"{name}"', task, loans)
                    for name, value in kwargs.items()
                },
            )
            answer = self._exchange(channel, run)
            match answer:
                case Done():
                    result = self._take(answer.value)
                    self._send_unused()
                    return result
                case Failed():
                    raise _failure(task, answer)
                case _:
                    raise ProtocolError(f"a caller was sent {answer.TYPE!r}")

    def _exchange(self, channel: Channel, run: Run) -> Any:
        try:
            if self._window and not self._window.is_told:
                channel.send(WindowIs(self._window.path))
                self._window.is_told = True
            channel.send(run)
            answer = channel.receive()
        except ConnectionError:
            answer = None
        except BaseException:
            # What comes now would be taken for the answer to the next call.
            self._disconnect()
            raise
        if answer is not None:
            return answer
        self._disconnect()
        self._host = None
        reply = self._ask(True)
        if isinstance(reply, Granted):
            raise JvmHostEndedError("the JVM task host was exchanged")
        kind = JvmHostKilledError if reply.memory else JvmHostEndedError
        raise kind(reply.message)

    def _connected(self) -> Channel:
        if self._channel is None:
            if self._host is None:
                if self._forked:
                    raise JvmTaskError(
                        "a child process can call JVM tasks only if its parent has called one"
                    )
                reply = self._ask(False)
                if not isinstance(reply, Granted):
                    raise JvmHostEndedError(reply.message)
                self._host = reply
            self._channel = Channel(self._host.socket, "caller", self._host.token)
        return self._channel

    def _disconnect(self) -> None:
        if self._channel:
            self._channel.close()
        self._channel = None
        if self._window:
            self._window.close()
        self._window = None

    def _give(self, value: Any, name: str, task: str, loans: ExitStack) -> Any:
        """The form in which a value travels."""
        match value:
            case None | bool() | int() | float() | str():
                return value
            case list() | tuple():
                return [self._give(item, name, task, loans) for item in value]
            case dict():
                return {key: self._give(item, name, task, loans) for key, item in value.items()}
            case JvmObject():
                if self._host is None or value.host != self._host.token:
                    raise JvmHostEndedError(f"{value!r} is gone: the JVM that held it has ended")
                return RemoteObject(value.handle)
        import numpy as np

        if isinstance(value, np.generic):
            return value.item()
        if not isinstance(value, np.ndarray):
            raise TypeError(
                f"{task}: {name} is a {type(value).__name__}, which no JVM task can be given; "
                "numbers, texts, lists, dicts, numpy arrays and objects of JVM tasks can"
            )
        if placed := self._placed(value):
            return placed
        from dioptra_task_host import arrays

        try:
            return SharedArray(loans.enter_context(arrays.shared(value)))
        except TypeError as error:
            raise TypeError(f"{task}: {name} is {error}") from None

    def _placed(self, array: Any) -> PlacedArray | None:
        if self._window is None:
            self._window = Window()
        return self._window.put(array)

    def _take(self, value: Any) -> Any:
        """The value that arrived in its form."""
        match value:
            case list():
                return [self._take(item) for item in value]
            case dict():
                return {key: self._take(item) for key, item in value.items()}
            case PlacedArray():
                assert self._window
                return self._window.take(value)
            case SharedArray():
                from dioptra_task_host import arrays

                if value.handle is not None:
                    self._unused.append(value.handle)
                return arrays.open_shared(value.path)
            case RemoteObject():
                assert self._host
                held = JvmObject(value, self._host.token)
                free = weakref.finalize(held, self._free, value.handle, os.getpid(), held.host)
                free.atexit = False
                return held
            case _:
                return value

    def _free(self, handle: int, process: int, host: str) -> None:
        if process == os.getpid() and self._host and self._host.token == host:
            self._unused.append(handle)
            # It may be this thread that holds the lock: then the call tells it at its end.
            if self._lock.acquire(blocking=False):
                try:
                    self._send_unused()
                finally:
                    self._lock.release()

    def _send_unused(self) -> None:
        handles = []
        while self._unused:
            handles.append(self._unused.popleft())
        if handles and self._channel:
            try:
                self._channel.send(Release(tuple(handles)))
            except ConnectionError:
                self._disconnect()

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._forked = True
        if self._channel:
            self._channel.forget()
            self._channel = None
        if self._window:
            self._window.close()
            self._window = None


_caller: Caller | None = None


def attach(ask: Callable[[bool], Reply]) -> None:
    """To be called by the host, once it can ask the worker."""
    global _caller  # noqa: PLW0603 - there is one worker, and plugins have only this module
    _caller = Caller(ask)


def call(task: str, /, *args: Any, **kwargs: Any) -> Any:
    """Calls a JVM task, `"library.task"`.

    numpy arrays travel through shared memory; those that a JVM task returned, or `arrays.empty`
    made, without a copy. An array in the result is an ordinary one. An object of Java that has no
    counterpart here comes as a `JvmObject`, for other tasks of its library.

    Raises:
        JvmTaskError: the task ended with an exception of Java.
        JvmHeapError: that was because its heap is full.
        JvmHostEndedError: the JVM could not be started, or ended.
        JvmHostKilledError: that was because memory ran out.
        TypeError: an argument is of a kind that cannot be passed.
    """
    if _caller is None:
        raise JvmHostEndedError("JVM tasks can be called in a job of the Java worker only")
    return _caller.call(task, args, kwargs)


def _failure(task: str, answer: Failed) -> JvmTaskError:
    if answer.kind == "not-found":
        return JvmTaskError(answer.message, answer.exception or "")
    stack = f"\n{answer.traceback}" if answer.traceback else ""
    message = f"{task}: {answer.message or answer.exception}{stack}"
    kind = JvmHeapError if answer.exception == "java.lang.OutOfMemoryError" else JvmTaskError
    return kind(message, answer.exception or "", answer.traceback or "")
