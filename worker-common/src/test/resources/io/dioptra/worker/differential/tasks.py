"""Tasks that tell their arguments. Both engines run these very functions."""

import logging
from collections.abc import Callable
from typing import Any

from dioptra import pyplugs

LOG = logging.getLogger("recorder")


def shown(value: Any) -> str:
    """A text that is the same in both processes, in one line."""
    match value:
        case list():
            return "[" + ", ".join(map(shown, value)) + "]"
        case tuple():
            return "(" + ", ".join(map(shown, value)) + ")"
        case dict():
            return "{" + ", ".join(f"{key!r}: {shown(item)}" for key, item in value.items()) + "}"
        case None | bool() | int() | float():
            return repr(value)
        case str():
            return ascii(value)
        case _:
            return f"<{type(value).__name__}>"


def recorded(name: str, task: Callable[..., Any]) -> None:
    def record(*args: Any, **kwargs: Any) -> Any:
        LOG.info(f"{name} called with {shown(args)} {shown(kwargs)}")
        return task(*args, **kwargs)

    record.__name__ = name
    record.__module__ = __name__
    pyplugs.register(record)


def refuses(*args: Any, **kwargs: Any) -> None:
    """Its message may hold the name of a task that the compiling of swaps made up."""
    raise ValueError(" ".join(str(value) for value in (*args, *kwargs.values())))


recorded("nothing", lambda *_, **__: None)
recorded("number", lambda *_, **__: 5)
recorded("infinite", lambda *_, **__: float("inf"))
recorded("text", lambda *_, **__: "abc")
recorded("empty", lambda *_, **__: [])
recorded("pair", lambda *_, **__: ("first", ["second"]))
recorded("triple", lambda *_, **__: [1, 2.5, {"third": None}])
recorded("generator", lambda *_, **__: (f"item {index}" for index in range(3)))
recorded("mapping", lambda *_, **__: {"key": 1, "$other": 2})
recorded("echo", lambda *args, **kwargs: [*args, *kwargs.values()])
recorded("refuses", refuses)
