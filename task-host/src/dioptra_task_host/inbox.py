"""Owns what the worker sends to a host: requests for its main thread, replies for who asked."""

import itertools
import threading
from collections import deque
from collections.abc import Callable

from dioptra_task_host.channel import Channel
from dioptra_task_host.protocol import Granted, Message, Refused, Reply, Want


class Inbox:
    """Any thread may ask, also while the main thread calls a task. Whoever waits reads for all."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._turn = threading.Condition()
        self._reading = False
        self._ended = False
        self._requests: deque[Message] = deque()
        self._replies: dict[int, Reply] = {}
        self._ids = itertools.count(1)

    def next_request(self) -> Message | None:
        """Waits for what is no reply. Returns None after the worker has closed its end."""
        return self._wait(lambda: self._requests.popleft() if self._requests else None)

    def ask_for_jvm(self, lost: bool) -> Reply:
        """Asks where the JVM task host listens, or, if it was lost, how it ended."""
        want = Want(next(self._ids), "jvm", lost)
        self._channel.send(want)
        reply = self._wait(lambda: self._replies.pop(want.id, None))
        gone = Refused(want.id, "the worker is gone")
        return reply if isinstance(reply, Granted | Refused) else gone

    def _wait(self, found: Callable[[], Message | None]) -> Message | None:
        with self._turn:
            item = found()
            while item is None and not self._ended:
                if self._reading:
                    self._turn.wait()
                else:
                    self._read()
                item = found()
            return item

    def _read(self) -> None:
        self._reading = True
        self._turn.release()
        try:
            message = self._channel.receive()
        finally:
            self._turn.acquire()
            self._reading = False
            self._turn.notify_all()
        if message is None:
            self._ended = True
        elif isinstance(message, Granted | Refused):
            self._replies[message.id] = message
        else:
            self._requests.append(message)
