"""Owns the template: what it imports once, the hosts it forks, and their ends."""

import gc
import importlib
import os
import select
import signal
import socket
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from dioptra_task_host import forksafety, kernel, randomness
from dioptra_task_host.channel import Channel
from dioptra_task_host.failures import class_name
from dioptra_task_host.protocol import (
    Done,
    Ended,
    Failed,
    Fork,
    How,
    Import,
    Importing,
    Kill,
    MissingModule,
    ProtocolError,
    Quit,
    Ready,
)

_REACH: Mapping[How, Callable[[int], None]] = {
    "stacks": kernel.ask_for_stacks,
    "ask": kernel.ask_group_to_end,
    "end": kernel.kill_tree,
}


def preload(modules: Sequence[str], announce: Callable[[Importing], None]) -> Ready:
    """Imports the modules and says whether this process can still be forked.

    Each is announced, so that the worker knows which one it was that ended this process.
    """
    imports, missing = [], []
    reason = culprit = ""
    # Imports make hardly any garbage: looking for it took a fifth of their time.
    gc.disable()
    for module in modules:
        announce(Importing(module))
        start = time.perf_counter()
        try:
            importlib.import_module(module)
        except (Exception, SystemExit) as error:
            missing.append(MissingModule(module, f"{class_name(error)}: {error}"))
        else:
            imports.append(Import(module, round(time.perf_counter() - start, 3)))
        reason = forksafety.why_not_forkable()
        if reason:
            # The others would be imported for nothing.
            culprit = module
            break
    kernel.flush_c_stdout()
    # What the modules hold stays: looking through it in every host would copy its pages.
    gc.freeze()
    gc.enable()
    return Ready(tuple(imports), tuple(missing), not reason, reason, culprit)


class Template:
    """Serves the worker's requests in one thread. Whatever ends it, its hosts end before."""

    def __init__(self, channel: Channel, ready: Ready) -> None:
        self._channel = channel
        self._ready = ready
        self._hosts: set[int] = set()
        kernel.adopt_orphans()
        self._own_children = kernel.children()
        self._wakeup, self._waker = socket.socketpair()
        self._waker.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        # A host must not die of it before it knows the signal.
        signal.signal(kernel.STACKS, signal.SIG_IGN)
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        self._poll = select.poll()
        self._poll.register(channel.fileno(), select.POLLIN)
        self._poll.register(self._wakeup.fileno(), select.POLLIN)

    def serve(self) -> Fork | None:
        """Returns the order in each forked host, and None in the template at its end."""
        order = None
        try:
            self._channel.send(self._ready)
            while order is None and not isinstance(request := self._next_request(), Quit):
                order = self._handle(request)
        finally:
            if order is None:
                self._end_hosts()
        return order

    def _next_request(self) -> Fork | Kill | Quit:
        while True:
            readable = {descriptor for descriptor, _ in self._poll.poll()}
            if self._wakeup.fileno() in readable:
                self._wakeup.recv(4096)
                self._reap()
            if self._channel.fileno() in readable:
                request = self._channel.receive()
                if request is None:
                    return Quit()
                if not isinstance(request, Fork | Kill | Quit):
                    raise ProtocolError(f"a template was sent {request.TYPE!r}")
                return request

    def _handle(self, request: Fork | Kill) -> Fork | None:
        if isinstance(request, Fork):
            return self._fork(request)
        if request.pid in self._hosts:
            _REACH[request.how](request.pid)
        self._channel.send(Done(request.id))
        return None

    def _fork(self, order: Fork) -> Fork | None:
        template = os.getpid()
        try:
            if not self._ready.forkable:
                raise OSError(self._ready.reason)
            with warnings.catch_warnings():
                # Python warns of every thread; which ones are there was checked.
                warnings.simplefilter("ignore", DeprecationWarning)
                pid = os.fork()
        except OSError as error:
            self._channel.send(Failed(order.id, "fork", str(error)))
            return None
        if pid == 0:
            self._become_host(template)
            return order
        self._hosts.add(pid)
        self._channel.send(Done(order.id, pid=pid))
        return None

    def _become_host(self, template: int) -> None:
        self._hosts.clear()
        kernel.die_with(template)
        kernel.adopt_orphans()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._wakeup.close()
        self._waker.close()
        self._channel.close()
        kernel.show_memory()
        kernel.be_ended_first()
        randomness.reseed()

    def _reap(self) -> None:
        ended = []
        for pid in sorted(self._hosts):
            # Until it is reaped, nobody else gets the number of the host or of its group.
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                kernel.kill_group(pid)
                _, status, used = os.wait4(pid, 0)
                code = os.waitstatus_to_exitcode(status)
                self._hosts.remove(pid)
                ended.append(
                    Ended(
                        pid,
                        code if code >= 0 else None,
                        -code if code < 0 else None,
                        round(used.ru_utime + used.ru_stime, 3),
                    )
                )
        self._kill_orphans()
        for end in ended:
            self._channel.send(end)

    def _kill_orphans(self) -> None:
        """Kills what hosts left behind outside their group. Each end of one leads here again."""
        for orphan in kernel.children() - self._hosts - self._own_children:
            kernel.kill_tree(orphan)
            with suppress(ChildProcessError):
                os.waitpid(orphan, os.WNOHANG)

    def _end_hosts(self) -> None:
        for pid in self._hosts:
            kernel.kill_tree(pid)
        for pid in self._hosts:
            os.waitpid(pid, 0)
        self._hosts.clear()
        self._kill_orphans()
