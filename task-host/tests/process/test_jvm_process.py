"""A host that wants another one, and a program that becomes a host; the test is the other side."""

import os
import socket
from pathlib import Path

import numpy as np
import pytest
from connection import PATIENCE, Peer

from dioptra_task_host import arrays
from dioptra_task_host.protocol import (
    Call,
    Done,
    Fork,
    Granted,
    Log,
    PlacedArray,
    Refused,
    Release,
    Run,
    SharedArray,
    Want,
    Window,
)
from worker import JobHost, Worker


@pytest.fixture
def host(worker: Worker) -> JobHost:
    started = worker.host()
    started.prepare()
    return started


def test_a_task_calls_another_host_through_shared_memory(host: JobHost) -> None:
    want = _called(host, "double")
    assert (want.host, want.lost) == ("jvm", False)
    with socket.socket(socket.AF_UNIX) as listener:
        path = host.folder / "jvm.sock"
        listener.bind(str(path))
        listener.listen()
        listener.settimeout(PATIENCE)
        host.control.send(Granted(want.id, str(path), "c0ffee"))
        jvm = Peer(listener.accept()[0])
        assert (jvm.hello.role, jvm.hello.token) == ("caller", "c0ffee")
        told = jvm.receive()
        assert isinstance(told, Window)
        small = jvm.receive()
        assert isinstance(small, Run)
        assert small.task == "sums.double"
        assert small.args == [PlacedArray(0, "<f4", (3,))]
        with Path(told.path).open("r+b") as window:
            values = np.frombuffer(window.read(12), np.float32)
            window.seek(64)
            window.write((2 * values).tobytes())
        jvm.send(Done(small.id, value=PlacedArray(64, "<f4", (3,))))
        large = jvm.receive()
        assert isinstance(large, Run)
        (given,) = large.args
        assert isinstance(given, SharedArray)
        result = arrays.empty(1 << 20)
        np.multiply(np.load(given.path), 2, out=result)
        with arrays.shared(result) as place:
            jvm.send(Done(large.id, value=SharedArray(place, handle=7)))
            assert jvm.receive() == Release((7,))
        assert _answer(host) == ["[0.0, 2.0, 4.0]", "2.0"]
        jvm.close()


def test_why_there_is_no_other_host_is_told(host: JobHost) -> None:
    want = _called(host, "double_without_a_jvm")
    host.control.send(Refused(want.id, "no Java here"))

    assert _answer(host) == ["no Java here"]


def test_a_host_that_is_lost_is_asked_for(host: JobHost) -> None:
    want = _called(host, "double_without_a_jvm")
    with socket.socket(socket.AF_UNIX) as listener:
        path = host.folder / "jvm.sock"
        listener.bind(str(path))
        listener.listen()
        host.control.send(Granted(want.id, str(path), "c0ffee"))
        Peer(listener.accept()[0]).close()
        again = host.take()
        assert isinstance(again, Want)
        assert again.lost
        host.control.send(Refused(again.id, "it was ended by signal 11"))

    assert _answer(host) == ["it was ended by signal 11"]


def test_a_host_that_the_kernel_ended_is_out_of_memory(host: JobHost) -> None:
    want = _called(host, "double_without_a_jvm")
    with socket.socket(socket.AF_UNIX) as listener:
        path = host.folder / "jvm.sock"
        listener.bind(str(path))
        listener.listen()
        host.control.send(Granted(want.id, str(path), "c0ffee"))
        Peer(listener.accept()[0]).close()
        again = host.take()
        assert isinstance(again, Want)
        host.control.send(Refused(again.id, "it was ended by signal 9", memory=True))

    assert _answer(host) == ["MemoryError: it was ended by signal 9"]


def test_a_program_may_take_the_place_of_a_host(worker: Worker) -> None:
    template = worker.template()
    script = 'echo "$EXTRA $$"; ps -o sid= -p $$; ulimit -n; ulimit -Hn; exit 3'
    command = ("/bin/sh", "-c", script)
    order = Fork(1, "77", str(worker.socket), command, {"EXTRA": "more"}, None, 99)
    template.control.send(order)
    peers = {
        str(peer.hello.role): peer for peer in (worker.accept(), worker.accept(), worker.accept())
    }
    done = template.control.receive()
    assert isinstance(done, Done)
    ended = template.ended(done.pid or 0)

    assert peers["stdout"].drain().decode().split() == [
        "more",
        f"{done.pid}",
        f"{done.pid}",
        "99",
        "99",
    ]
    assert (ended.status, ended.signal) == (3, None)


def test_a_program_that_is_not_there_is_told_on_stderr(worker: Worker) -> None:
    template = worker.template()
    template.control.send(Fork(1, "77", str(worker.socket), ("/nowhere/java",), {}))
    peers = {
        str(peer.hello.role): peer for peer in (worker.accept(), worker.accept(), worker.accept())
    }
    done = template.control.receive()
    assert isinstance(done, Done)

    assert template.ended(done.pid or 0).status == os.EX_IOERR
    assert b"/nowhere/java" in peers["stderr"].drain()


def _called(host: JobHost, function: str) -> Want:
    host.control.send(Call(host.next_id(), "s", f"sums.remote.{function}", [], {}, None, []))
    want = host.take()
    assert isinstance(want, Want), want
    return want


def _answer(host: JobHost) -> list[str]:
    while isinstance(message := host.take(), Log):
        pass
    assert isinstance(message, Done), message
    return host.events("stdout")
