"""Owns the way from log records, warnings and structlog events to `log` messages."""

import logging
import sys
import traceback
from collections.abc import Callable, MutableMapping
from typing import Any, Final

import structlog

from dioptra_task_host.protocol import Log, Severity

LONGEST_TEXT: Final = 64 << 10
"""Characters of a text of a log line that travel; what is longer is cut with a note."""

# Dioptra leaves these out of a job's log, by prefix of the logger's name.
_DROPPED = ("git", "rq", "urllib3", "tests")
_FIELDS = "structlog_fields"
_SEVERITIES: tuple[tuple[int, Severity], ...] = (
    (logging.CRITICAL - 5, "CRITICAL"),
    (logging.ERROR - 5, "ERROR"),
    (logging.WARNING - 5, "WARNING"),
    (logging.INFO - 5, "INFO"),
)


class LogHandler(logging.Handler):
    """Hands each record to `send` as a message, in the thread that logs."""

    def __init__(self, send: Callable[[Log], None]) -> None:
        super().__init__()
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.name).startswith(_DROPPED):
            return
        try:
            message = to_message(record)
        except Exception:
            self.handleError(record)
        else:
            self._send(message)


def to_message(record: logging.LogRecord) -> Log:
    """Returns the message for a record: its first line is the event, what follows are details."""
    event, _, more = record.getMessage().partition("\n")
    parts = [more.rstrip("\n")]
    if record.exc_info and record.exc_info[0]:
        parts.append("".join(traceback.format_exception(*record.exc_info)).rstrip("\n"))
    parts.append(record.stack_info or "")
    return Log(
        time=record.created,
        severity=nearest_severity(record.levelno),
        logger=str(record.name),
        event=cut(event),
        fields=cut(getattr(record, _FIELDS, "")),
        details=cut("\n".join(filter(None, parts))),
    )


def nearest_severity(level: int) -> Severity:
    """Returns the one of the five severities that is nearest to a level of `logging`."""
    return next((name for lowest, name in _SEVERITIES if level >= lowest), "DEBUG")


def cut(text: str, longest: int = LONGEST_TEXT) -> str:
    """Shortens a text in its middle, where nobody looks first, and says so."""
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half]}\n[… {len(text) - 2 * half} characters left out …]\n{text[-half:]}"


def configure_structlog() -> None:
    """Sends structlog's events through standard logging, with their fields kept apart.

    To be called before any plugin or library makes a logger: loggers remember their processors.
    """
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.UnicodeDecoder(),
            _to_record,
        ],
        context_class=dict,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def use_handler(handler: logging.Handler, level: str) -> None:
    """Makes `handler` the only one of the root logger, and of Python's warnings."""
    root = logging.getLogger()
    for other in root.handlers[:]:
        root.removeHandler(other)
    root.addHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(True)


def log_to_stderr() -> None:
    """Sends records to stderr while there is no job, for the one who operates the worker."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    use_handler(handler, "WARNING")


def _to_record(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> tuple[tuple[str], dict[str, Any]]:
    text = str(event.pop("event", ""))
    kept = {key: event.pop(key) for key in ("exc_info", "stack_info") if key in event}
    rendered = [event.pop(key) for key in ("stack", "exception") if key in event]
    fields = " ".join(f"{key}={_shown(event[key])}" for key in sorted(event))
    message = "\n".join([text, *map(str, rendered)])
    return (message,), {**kept, "extra": {_FIELDS: fields}}


def _shown(value: object) -> str:
    """The form of structlog's console: a text as it is, unless it could be misread."""
    if isinstance(value, str) and not set(value) & set(" \t=\r\n\"'"):
        return value
    return repr(value)
