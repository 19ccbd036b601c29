"""The real program as one host of a template that has imported nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from connection import PATIENCE

from dioptra_task_host.protocol import Bind, Done, Ended, Failed, Ref, Resume
from worker import JobHost, Worker, await_end, child_of


@pytest.fixture
def host(worker: Worker) -> JobHost:
    started = worker.host()
    started.prepare(__JOB_ID="67")
    return started


def test_a_greeting_job_runs_to_its_end(host: JobHost) -> None:
    names = host.ask(Bind(host.next_id(), {"name": "Bob"}))
    called = host.call("greeting.tasks.hello", Ref("parameter", "name", ""), outputs="text")
    shown = host.call("greeting.tasks.show", Ref("step", "s", "text"))
    host.finish()

    assert isinstance(names, Done)
    assert names.names == ("name",)
    assert isinstance(called, Done)
    assert called.names == ("text",)
    assert isinstance(shown, Done)
    assert host.events("stdout") == ["Hello, Bob"]
    greeting = next(log for log in host.logs if log.logger == "greeting.tasks")
    assert (greeting.event, greeting.fields, greeting.severity) == ("Hello", "name=Bob", "INFO")
    assert host.end() == Ended(host.pid, 0, None)


def test_prints_records_and_warnings_arrive_in_their_order(host: JobHost) -> None:
    assert isinstance(host.call("greeting.tasks.speak"), Done)

    assert [(log.logger, log.severity, log.event) for log in host.logs[:8]] == [
        ("stdout", "INFO", "one"),
        ("two", "WARNING", "two"),
        ("greeting.tasks", "INFO", "three times"),
        ("stderr", "WARNING", "four"),
        ("stdout", "INFO", "5%"),
        ("stdout", "INFO", "55%"),
        ("stdout", "INFO", "five"),
        ("stdout", "INFO", "six \ufffd\ufffd"),
    ]
    assert host.logs[2].fields == "name='x y' number=3"
    assert host.logs[8].logger == "py.warnings"
    assert host.logs[8].event.endswith("UserWarning: seven")
    assert host.logs[9].event == "eight"


def test_a_task_sees_the_jobs_folder_and_environment(host: JobHost) -> None:
    outputs = ("folder", "job", "python_path", "path")
    host.call("greeting.tasks.whereabouts", outputs=outputs)
    for name in outputs:
        host.call("greeting.tasks.show", Ref("step", "s", name))

    folder, job, python_path, path = host.events("stdout")
    assert folder == str(host.folder)
    assert job == "67"
    assert python_path == str(host.folder.parent / "modules")
    assert path == str([str(Path(sys.executable).parent), str((host.folder / "plugins").resolve())])


def test_an_exception_is_told_with_the_frames_of_the_plugin_only(host: JobHost) -> None:
    answer = host.call("sums.tasks.divide", 1, 0)

    assert isinstance(answer, Failed)
    assert (answer.kind, answer.exception) == ("raised", "ZeroDivisionError")
    assert answer.message == "division by zero"
    assert answer.traceback
    assert answer.traceback.count("  File ") == 1
    assert "sums/tasks.py" in answer.traceback


def test_a_call_to_exit_leaves_the_host_alive(host: JobHost) -> None:
    answer = host.call("rude.tasks.leave", 3)

    assert isinstance(answer, Failed)
    assert (answer.kind, answer.message) == ("exit", "3")
    assert isinstance(host.call("sums.tasks.divide", 1, 2), Done)


def test_a_task_that_closes_every_stream_does_not_break_the_protocol(host: JobHost) -> None:
    assert isinstance(host.call("rude.tasks.close_everything"), Done)
    assert isinstance(host.call("sums.tasks.divide", 1, 2), Done)


def test_what_c_code_and_children_print_arrives_in_its_step(host: JobHost) -> None:
    assert isinstance(host.call("rude.tasks.print_c", "from C"), Done)
    assert isinstance(host.call("rude.tasks.run_echo"), Done)
    assert isinstance(host.call("rude.tasks.fork_and_print"), Done)
    assert host.events("stdout") == ["from C", "echoed", "printed by the child"]


def test_a_child_that_returns_from_the_task_does_not_answer(host: JobHost) -> None:
    answer = host.call("rude.tasks.fork_and_return", outputs="pid")
    again = host.call("greeting.tasks.show", Ref("step", "s", "pid"))

    assert isinstance(answer, Done)
    assert isinstance(again, Done)
    assert len(host.events("stdout")) == 1


def test_a_process_can_be_spawned(host: JobHost) -> None:
    assert isinstance(host.call("rude.tasks.spawn", outputs="status"), Done)
    host.call("greeting.tasks.show", Ref("step", "s", "status"))
    assert host.events("stdout") == ["spawned", "0"]


def test_a_thread_left_running_does_not_hold_up_the_end(host: JobHost) -> None:
    host.call("rude.tasks.leave_thread")
    host.finish()
    assert host.end() == Ended(host.pid, 0, None)


def test_threads_print_whole_lines(host: JobHost) -> None:
    host.call("rude.tasks.print_from_threads", 4, 200)
    expected = {f"{name}-{number}" for name in range(4) for number in range(200)}
    assert len(host.logs) == 800
    assert set(host.events("stdout")) == expected


def test_a_signal_handler_that_raises_leaves_frames_whole(host: JobHost) -> None:
    answer = host.call("rude.tasks.interrupt_while_logging")
    assert isinstance(answer, Failed)
    assert answer.exception == "TimeoutError"
    assert "alarm" in {event[-5:] for event in host.events("stdout")}


def test_last_words_arrive_before_a_sudden_end(host: JobHost) -> None:
    with pytest.raises(EOFError):
        host.call("rude.tasks.vanish")
    host.take_rest()
    assert host.events("stdout") == ["last words"]
    assert host.end() == Ended(host.pid, 0, None)


def test_a_crash_tells_the_line_it_came_from(host: JobHost) -> None:
    with pytest.raises(EOFError):
        host.call("rude.tasks.crash")
    assert host.end() == Ended(host.pid, None, 11)
    host.take_rest()
    assert any(event.endswith("in crash") for event in host.events("stderr"))


def test_a_host_whose_connection_ends_leaves_with_its_children(host: JobHost) -> None:
    child = child_of(host, session=False)
    host.close()
    assert host.end() == Ended(host.pid, 1, None)
    await_end(child)


def test_a_run_is_resumed_through_mlflow(host: JobHost) -> None:
    answer = host.ask(Resume(host.next_id(), "0a1b"))
    assert isinstance(answer, Failed)
    assert answer.exception == "ModuleNotFoundError"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b'{"type":"dance","id":1}', b"unknown type 'dance'"),
        (b'{"type":"quit"}', b"a host was sent 'quit'"),
        (b"{", b"a frame is not JSON"),
        (b'{"type":"finish"}', b"finish has no member 'id'"),
    ],
)
def test_a_broken_protocol_ends_the_host_with_a_message(
    worker: Worker, sent: bytes, said: bytes
) -> None:
    host = worker.host()
    host.control.send_raw(_frame(sent))
    assert host.end() == Ended(host.pid, 70, None)
    assert said in host.stderr.rest()


def test_a_request_before_prepare_is_refused(worker: Worker) -> None:
    answer = worker.host().call("sums.tasks.divide", 1, 2)
    assert isinstance(answer, Failed)
    assert answer.kind == "request"


def test_an_unreachable_worker_is_one_line(worker: Worker) -> None:
    worker.socket.unlink()
    process: subprocess.Popen[bytes] = worker.start("template")
    _, stderr = process.communicate(timeout=PATIENCE)
    assert process.returncode == 74
    assert stderr.startswith(b"dioptra_task_host: the connection to the worker failed")
    assert stderr.count(b"\n") == 1


def _frame(text: bytes) -> bytes:
    return len(text).to_bytes(4, "big") + text
