import logging
import warnings
from collections.abc import Iterator

import pytest
import structlog

from dioptra_task_host import logs
from dioptra_task_host.protocol import Log


@pytest.fixture
def sent() -> Iterator[list[Log]]:
    messages: list[Log] = []
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure_structlog()
    logs.use_handler(logs.LogHandler(messages.append), "INFO")
    yield messages
    logging.captureWarnings(False)
    root.handlers[:] = before
    root.setLevel(level)


def test_a_record_keeps_its_time_logger_and_severity(sent: list[Log]) -> None:
    record = logging.makeLogRecord(
        {"name": "n", "levelno": logging.ERROR, "msg": "%d of %s", "args": (1, "x"), "created": 7.5}
    )
    logging.getLogger().handle(record)
    assert sent == [Log(7.5, "ERROR", "n", "1 of x")]


@pytest.mark.parametrize(
    ("level", "severity"),
    [
        (1, "DEBUG"),
        (10, "DEBUG"),
        (15, "INFO"),
        (24, "INFO"),
        (25, "WARNING"),
        (40, "ERROR"),
        (50, "CRITICAL"),
        (99, "CRITICAL"),
    ],
)
def test_custom_levels_get_the_nearest_severity(level: int, severity: str) -> None:
    assert logs.nearest_severity(level) == severity


@pytest.mark.parametrize(
    "name", ["git", "rq.worker", "urllib3.connectionpool", "tests", "testsuite"]
)
def test_loggers_that_dioptra_drops_are_dropped(sent: list[Log], name: str) -> None:
    logging.getLogger(name).error("x")
    assert sent == []


def test_a_traceback_and_further_lines_are_details(sent: list[Log]) -> None:
    try:
        raise ValueError("no")
    except ValueError:
        logging.getLogger("n").exception("first\nsecond")
    assert sent[0].event == "first"
    assert sent[0].details.startswith("second\nTraceback (most recent call last):\n")
    assert sent[0].details.endswith("ValueError: no")


def test_structlog_fields_are_kept_apart(sent: list[Log]) -> None:
    structlog.get_logger("n").info("100%% %s", "sure", name="Bob", text="a b", b=[1], a=None)
    (log,) = sent
    assert (log.logger, log.event) == ("n", "100% sure")
    assert log.fields == "a=None b=[1] name=Bob text='a b'"


def test_structlog_tells_exceptions(sent: list[Log]) -> None:
    try:
        raise ValueError("no")
    except ValueError:
        structlog.get_logger("n").exception("bad", name="x")
    assert (sent[0].severity, sent[0].event, sent[0].fields) == ("ERROR", "bad", "name=x")
    assert sent[0].details.endswith("ValueError: no")


def test_structlog_minds_the_level(sent: list[Log]) -> None:
    structlog.get_logger("n").debug("quiet")
    assert sent == []


def test_warnings_are_records(sent: list[Log]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("mind the gap", stacklevel=1)
    assert (sent[0].logger, sent[0].severity) == ("py.warnings", "WARNING")
    assert sent[0].event.endswith("UserWarning: mind the gap")


def test_a_long_text_is_cut_in_its_middle(sent: list[Log]) -> None:
    logging.getLogger("n").info("%s", "a" * 100_000 + "b" * 100_000)
    event = sent[0].event
    assert len(event) < logs.LONGEST_TEXT + 100
    assert event.startswith("aaa")
    assert event.endswith("bbb")
    assert "134464 characters left out" in event


def test_a_record_that_cannot_be_shown_does_not_stop_the_task(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent: list[Log] = []
    handler = logs.LogHandler(sent.append)
    handler.handle(logging.makeLogRecord({"msg": "%d", "args": ("x",)}))
    assert sent == []
    assert "--- Logging error ---" in capsys.readouterr().err
