import io
import os
import sys
from collections.abc import Iterator

import pytest

from dioptra_task_host.output import Marks, Output, Stream, write_all


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def test_what_is_written_passes_whole_also_where_nobody_waits_for_room(
    pipe: tuple[int, int],
) -> None:
    reader, writer = pipe
    os.set_blocking(writer, False)
    text = os.urandom(1 << 20)
    child = os.fork()
    if child == 0:
        os._exit(0 if write_all(writer, text) == len(text) else 1)
    received = b""
    while len(received) < len(text):
        received += os.read(reader, 1 << 16)
    assert received == text
    assert os.waitpid(child, 0)[1] == 0


def test_each_write_says_which_stream_it_turns_to(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    turns: list[int] = []
    stream = Stream("<test>", writer, turns.append)
    assert stream.write(b"\xff one") == 5
    assert os.read(reader, 99) == b"\xff one"
    assert turns == [writer]


def test_marks_go_to_both_streams_and_are_numbered(
    capfd: pytest.CaptureFixture[str],
) -> None:
    marks = Marks("77aa")
    os.write(1, b"a")
    marks.last = 2
    assert marks.place("L") == 1
    assert marks.last == 1
    assert marks.place("S") == 2
    marks.forget()
    mark = "\0" + "77aa" + "L" + "0" * 15 + "1\0"
    other = "\0" + "77aa" + "S" + "0" * 15 + "2\0"
    assert tuple(capfd.readouterr()) == ("a" + mark + other, mark + other)


def test_marks_do_not_follow_a_descriptor_that_is_pointed_elsewhere(
    capfd: pytest.CaptureFixture[str], pipe: tuple[int, int]
) -> None:
    marks = Marks("77aa")
    before = os.dup(1)
    os.dup2(pipe[1], 1)
    try:
        marks.place("L")
        os.write(1, b"redirected")
    finally:
        os.dup2(before, 1)
        os.close(before)
    marks.forget()
    assert os.read(pipe[0], 99) == b"redirected"
    assert capfd.readouterr().out.startswith("\x0077aa")


def test_a_plugin_that_closes_a_stream_of_ours_ends_marks_there_only(
    capfd: pytest.CaptureFixture[str],
) -> None:
    marks = Marks("77aa")
    os.close(marks._streams[0])
    assert (marks.place("L"), marks.place("L")) == (1, 2)
    marks.forget()
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.count("77aa") == 2


def test_the_streams_of_the_interpreter_are_replaced(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
        monkeypatch.setattr(sys, name, io.StringIO())
    turns: list[int] = []
    output = Output(turns.append)
    output.install()

    sys.stdout.write("to out \udcff\n")
    sys.stderr.write("to err\n")
    sys.stdout.write("unfinished")
    assert capfd.readouterr() == ("to out \\udcff\n", "to err\n")
    output.flush()
    assert capfd.readouterr() == ("unfinished", "")
    sys.stdout.close()
    output.flush()

    assert turns == [1, 2, 1]
    assert (sys.stderr.fileno(), sys.stderr.isatty()) == (2, False)
