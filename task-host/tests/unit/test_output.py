import io
import sys
from itertools import pairwise

import pytest

from dioptra_task_host.logs import LONGEST_TEXT
from dioptra_task_host.output import Lines, Output
from dioptra_task_host.protocol import Log


@pytest.fixture
def sent() -> list[Log]:
    return []


@pytest.fixture
def lines(sent: list[Log]) -> Lines:
    return Lines("stdout", "INFO", 1, sent.append)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ([b"a\nb\n"], ["a", "b"]),
        ([b"a", b"b\n"], ["ab"]),
        ([b"a\r\nb\r\n"], ["a", "b"]),
        ([b"a\r", b"\nb\n"], ["a", "b"]),
        ([b" 1%\r 2%\r", b"done\n"], [" 1%", " 2%", "done"]),
        ([b"\r 1%", b"\r 2%", b"\r\n"], [" 1%", " 2%"]),
        ([b"\n\r\n"], ["", ""]),
        (["ä".encode()[:1], "ä".encode()[1:] + b"\n"], ["ä"]),
        ([b"\xff\xfe\x00\n"], ["\ufffd\ufffd\x00"]),
        ([b"open"], ["open"]),
        ([b"open\r"], ["open"]),
        ([b"half \xc3"], ["half \ufffd"]),
        ([], []),
    ],
)
def test_bytes_become_lines(
    lines: Lines, sent: list[Log], written: list[bytes], expected: list[str]
) -> None:
    for part in written:
        assert lines.write(part) == len(part)
    lines.end_line()
    assert [log.event for log in sent] == expected


def test_a_long_line_is_cut_with_a_note(lines: Lines, sent: list[Log]) -> None:
    for _ in range(10):
        lines.write(b"x" * LONGEST_TEXT)
    lines.write(b"\nnext\n")
    assert sent[0].event == "x" * LONGEST_TEXT + f" [… {9 * LONGEST_TEXT} characters left out]"
    assert sent[1].event == "next"


def test_lines_bear_their_time_logger_and_severity(lines: Lines, sent: list[Log]) -> None:
    lines.write(b"a\nb\n")
    assert {(log.logger, log.severity, log.fields, log.details) for log in sent} == {
        ("stdout", "INFO", "", "")
    }
    assert all(first.time <= second.time for first, second in pairwise(sent))


def test_the_streams_of_the_interpreter_are_replaced(
    sent: list[Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
        monkeypatch.setattr(sys, name, io.StringIO())
    output = Output(sent.append)
    output.install()

    sys.stdout.write("to out \udcff\n")
    sys.stderr.write("to err\n")
    sys.stdout.write("unfinished")
    output.end_lines()

    assert [(log.logger, log.severity, log.event) for log in sent] == [
        ("stdout", "INFO", "to out \\udcff"),
        ("stderr", "WARNING", "to err"),
        ("stdout", "INFO", "unfinished"),
    ]
    assert (sys.stdout.fileno(), sys.stderr.fileno(), sys.stdout.isatty()) == (1, 2, False)
