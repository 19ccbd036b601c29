"""The real program as a template and the hosts it forks."""

import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import pytest
from connection import PATIENCE

from dioptra_task_host import kernel
from dioptra_task_host.protocol import Done, Ended, Failed
from worker import PLUGINS, JobHost, Template, Worker, await_end, child_of, is_alive


@pytest.fixture
def template(worker: Worker) -> Template:
    return worker.template(["numpy", "random", "uuid", "tempfile", "secrets", "multiprocessing"])


def test_a_template_tells_what_it_imported(worker: Worker) -> None:
    ready = worker.template(["json", "no_such_module", "numpy"]).ready

    assert [done.module for done in ready.imports] == ["json", "numpy"]
    (missing,) = ready.missing
    assert missing.module == "no_such_module"
    assert missing.error == "ModuleNotFoundError: No module named 'no_such_module'"
    assert ready.forkable, ready.reason


def test_a_template_with_a_thread_is_not_forked(worker: Worker) -> None:
    _module(
        worker.folder,
        "threaded",
        "Thread(target=Event().wait, name='watcher', daemon=True).start()",
    )
    worker.start("template", "--preload", "threaded")
    template = Template(worker, worker.accept())

    assert not template.ready.forkable
    assert "watcher" in template.ready.reason
    answer = template.order_fork()
    assert isinstance(answer, Failed)
    assert answer.kind == "fork"
    assert "watcher" in answer.message


def test_a_forked_host_runs_a_job_and_its_end_is_told(template: Template) -> None:
    host = template.fork()
    host.prepare()
    assert isinstance(host.call("greeting.tasks.hello", "Eve"), Done)
    host.finish()

    assert template.ended(host.pid) == Ended(host.pid, 0, None)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be somebody else")
def test_a_host_of_root_becomes_another_user_for_good(template: Template) -> None:
    host = template.fork()
    with tempfile.TemporaryDirectory() as folder:
        host.folder = Path(folder)
        shutil.copytree(PLUGINS, host.folder / "plugins")
        os.chown(folder, 39000, 100)
        host.prepare(user=(39000, 100), open_files=123)
        answer = host.call("rude.tasks.show_itself")

    assert isinstance(answer, Done), answer
    assert host.events("stdout") == [
        "(39000, 39000, 39000) (100, 100, 100) [100] 123 1000",
        "True",
    ]


def test_what_left_the_group_is_ended_too(template: Template) -> None:
    host = _busy(template, "start_many")
    end = time.monotonic() + PATIENCE
    while len(started := kernel.descendants(host.pid)) < 10:
        assert time.monotonic() < end, started
        time.sleep(0.01)

    template.kill(host.pid)

    assert template.ended(host.pid) == Ended(host.pid, None, signal.SIGKILL)
    for pid in started:
        await_end(pid)


def test_two_jobs_of_one_template_share_no_random_state(template: Template) -> None:
    numbers = []
    for token in ("a", "b"):
        host = template.fork(token)
        host.prepare()
        host.call("rude.tasks.throw_dice")
        (line,) = host.events("stdout")
        numbers.append(line.split())
        host.finish()

    assert len(numbers[0]) == 8
    assert all(first != second for first, second in zip(*numbers, strict=True))


def test_jobs_do_not_see_the_plugins_of_each_other(template: Template) -> None:
    first, second = template.fork("a"), template.fork("b")
    for host in (first, second):
        host.prepare()
    (second.folder / "plugins").unlink()
    (second.folder / "plugins" / "greeting").mkdir(parents=True)
    other = "from dioptra import pyplugs\n@pyplugs.register\ndef hello(name): print('other')\n"
    (second.folder / "plugins" / "greeting" / "tasks.py").write_text(other)

    first.call("greeting.tasks.hello", "Eve")
    second.call("greeting.tasks.hello", "Eve")

    assert first.events("greeting.tasks") == ["Hello"]
    assert second.events("stdout") == ["other"]


@pytest.mark.parametrize(
    ("task", "status", "signal"), [("vanish", 0, None), ("die", None, 9), ("crash", None, 11)]
)
def test_a_sudden_end_is_told(
    template: Template, task: str, status: int | None, signal: int | None
) -> None:
    host = _prepared(template)
    with pytest.raises(EOFError):
        host.call(f"rude.tasks.{task}")
    assert template.ended(host.pid) == Ended(host.pid, status, signal)


@pytest.mark.parametrize("session", [False, True])
def test_a_forked_child_that_outlives_its_host_is_killed(template: Template, session: bool) -> None:
    host = _prepared(template)
    child = child_of(host, session)
    host.finish()

    assert template.ended(host.pid) == Ended(host.pid, 0, None)
    assert host.stdout.rest() == b""
    await_end(child)


def test_a_child_in_a_session_of_its_own_outlives_only_its_own_host(template: Template) -> None:
    first, second = template.fork("a"), template.fork("b")
    for host in (first, second):
        host.prepare()
    child = child_of(first, session=True)
    second.finish()
    template.ended(second.pid)

    assert is_alive(child)
    first.finish()
    template.ended(first.pid)
    await_end(child)


def test_a_busy_host_is_killed_with_its_group(template: Template) -> None:
    host = _prepared(template)
    child = child_of(host, session=False)
    template.kill(host.pid)

    assert template.ended(host.pid) == Ended(host.pid, None, 9)
    await_end(child)


@pytest.mark.parametrize("task", ["sleep", "sleep_without_python", "hang_in_c"])
def test_a_busy_host_writes_the_stack_of_every_thread(template: Template, task: str) -> None:
    host = _busy(template, task)
    template.kill(host.pid, "stacks")
    host.stderr.await_text(f"in {task}\n".encode())
    template.kill(host.pid)

    assert template.ended(host.pid).signal == 9
    stacks = host.stderr.rest()
    assert b"Current thread" in stacks
    assert b"in beat" in stacks


def test_stacks_do_not_disturb_the_job(template: Template) -> None:
    host = _prepared(template)
    for _ in range(2):  # nobody reads them here, and a socket holds not much more
        template.kill(host.pid, "stacks")
    assert isinstance(host.call("sums.tasks.divide", 1, 2), Done)
    host.finish()
    assert template.ended(host.pid) == Ended(host.pid, 0, None)


def test_a_host_that_was_just_forked_survives_a_request_for_its_stacks(template: Template) -> None:
    answer = template.order_fork()
    assert isinstance(answer, Done)
    assert answer.pid
    template.kill(answer.pid, "stacks")
    host = template.accept("secret")
    host.prepare()
    assert isinstance(host.call("sums.tasks.divide", 1, 2), Done)


def test_a_host_that_is_asked_to_end_may_tidy_up(template: Template) -> None:
    host = _busy(template, "tidy_up_on_term")
    template.kill(host.pid, "ask")
    assert template.ended(host.pid) == Ended(host.pid, 7, None)
    assert host.stdout.rest().endswith(b"tidy\n")


def test_a_request_to_end_reaches_the_group(template: Template) -> None:
    host = _prepared(template)
    child = child_of(host, session=False)
    template.kill(host.pid, "ask")
    assert template.ended(host.pid) == Ended(host.pid, None, 15)
    await_end(child)


def test_only_the_certain_end_ends_a_host_that_hangs_in_c(template: Template) -> None:
    host = _busy(template, "ignore_term_and_hang")
    template.kill(host.pid, "ask")
    template.kill(host.pid, "stacks")
    host.stderr.await_text(b"in ignore_term_and_hang\n")
    assert is_alive(host.pid)
    template.kill(host.pid, "end")
    assert template.ended(host.pid) == Ended(host.pid, None, 9)


def test_a_foreign_process_is_not_killed(template: Template) -> None:
    template.kill(os.getpid())
    assert is_alive(os.getpid())


def test_a_full_stderr_does_not_stop_a_job_that_is_read_later(template: Template) -> None:
    host = _prepared(template)
    host.control.send_raw(
        _frame(
            b'{"type":"call","id":1,"step":"s","plugin":"rude.tasks.flood_stderr",'
            b'"args":[4000000],"kwargs":[],"outputs":null,"drop":[]}'
        )
    )
    template.kill(host.pid)
    assert template.ended(host.pid).signal == 9
    # What the preparation left there is a mark.
    assert set(host.stderr.rest().rpartition(b"\0")[2]) <= {ord("x")}


@pytest.mark.parametrize("politely", [True, False])
def test_the_end_of_a_template_ends_its_hosts(
    worker: Worker, template: Template, politely: bool
) -> None:
    host = _prepared(template)
    children = [child_of(host, session=False), child_of(host, session=True)]
    if politely:
        template.quit()
    else:
        template.control.close()

    assert worker.processes[0].wait(PATIENCE) == 0
    assert host.control.is_at_end()
    for child in children:
        await_end(child)


def test_a_killed_template_takes_its_hosts_along(worker: Worker, template: Template) -> None:
    host = _prepared(template)
    worker.processes[0].kill()
    assert host.control.is_at_end()


def test_a_host_holds_no_connection_of_its_template(template: Template) -> None:
    host = _prepared(template)
    descriptors = Path(f"/proc/{host.pid}/fd").iterdir()
    sockets = [path.name for path in descriptors if "socket" in str(path.readlink())]
    # The host's own, and the two standard streams, each twice.
    assert len(sockets) == 5


def test_a_broken_protocol_ends_the_template_with_a_message(
    worker: Worker, template: Template
) -> None:
    template.control.send_raw(_frame(b'{"type":"finish","id":1}'))
    _, stderr = worker.processes[0].communicate(timeout=PATIENCE)
    assert worker.processes[0].returncode == 70
    assert stderr == b"dioptra_task_host: the protocol was broken: a template was sent 'finish'\n"


def test_what_an_import_prints_goes_to_the_templates_stderr(worker: Worker) -> None:
    _module(worker.folder, "chatty", "print('loaded')")
    worker.start("template", "--preload", "chatty")
    template = Template(worker, worker.accept())
    template.quit()
    stdout, stderr = worker.processes[0].communicate(timeout=PATIENCE)
    assert (stdout, stderr) == (b"", b"loaded\n")


def _prepared(template: Template) -> JobHost:
    host = template.fork()
    host.prepare()
    return host


def _busy(template: Template, task: str) -> JobHost:
    host = _prepared(template)
    host.control.send_raw(
        _frame(
            b'{"type":"call","id":9,"step":"s","plugin":"rude.tasks.%s",'
            b'"args":[],"kwargs":[],"outputs":null,"drop":[]}' % task.encode()
        )
    )
    host.stdout.await_text(b"asleep\n" if task == "sleep" else b"busy\n")
    return host


def _module(folder: Path, name: str, code: str) -> None:
    site = folder / "modules"
    site.mkdir()
    (site / f"{name}.py").write_text(f"from threading import Event, Thread\n{code}\n")


def _frame(text: bytes) -> bytes:
    return len(text).to_bytes(4, "big") + text
