"""Owns how long the imports of a job take. Costs nothing where a module is there already."""

import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from dioptra_task_host.protocol import Import

_WORTH_TELLING = 0.05
_MOST = 64


@dataclass(slots=True)
class _Running:
    """A module that is being imported; `last` is when something was last seen of it."""

    name: str
    start: float
    last: float


@dataclass(frozen=True, slots=True)
class _Done:
    name: str
    seconds: float
    importers: tuple[str, ...]


class ImportWatch:
    """A finder that finds nothing: Python asks it first for each module that is not there yet.

    It sees where imports begin. One has ended when Python no longer calls its module unfinished,
    which is looked at when the next one begins and when the code of a plugin was imported; that
    moment counts as its end while code of an outer import runs, and otherwise, as a task may have
    run for hours in between, the last moment at which it was seen importing. A single module
    without imports of its own that a task imports in a function is therefore never seen to take
    long.
    """

    def __init__(self) -> None:
        self._thread = threading.get_ident()
        self._running: list[_Running] = []
        self._done: list[_Done] = []

    def install(self) -> None:
        sys.meta_path.insert(0, self)

    def find_spec(
        self,
        name: str,
        _path: Sequence[str] | None = None,
        _target: ModuleType | None = None,
    ) -> None:
        """Notes that an import begins. Imports of other threads are not measured."""
        if threading.get_ident() == self._thread:
            now = time.perf_counter()
            self._close_ended(now)
            self._running.append(_Running(name, now, now))

    def plugin_imported(self) -> None:
        """To be called as soon as the code of a plugin was imported."""
        self._close_ended(time.perf_counter(), just_now=True)

    def report(self, is_of_job: Callable[[str], bool]) -> tuple[Import, ...]:
        """What the job imported that took long, in order, and was there before the job.

        Only what the job's own code imported: not what that imported in turn. `is_of_job` says
        whether a file came with the job.
        """
        self._close_ended(time.perf_counter())
        return tuple(
            Import(done.name, round(done.seconds, 3))
            for done in sorted(self._done, key=lambda done: done.seconds)[-_MOST:]
            if _is_there(done.name, is_of_job)
            and all(is_of_job(_origin(name)) for name in done.importers)
        )

    def _close_ended(self, now: float, just_now: bool = False) -> None:
        running = self._running
        while running and not _is_unfinished(running[-1].name):
            ended = running.pop()
            if just_now:
                ended.last = now
            if running:
                outer = running[-1]
                if _is_unfinished(outer.name):
                    ended.last = now
                outer.last = max(outer.last, ended.last)
            if ended.last - ended.start >= _WORTH_TELLING:
                importers = tuple(outer.name for outer in running)
                self._done.append(_Done(ended.name, ended.last - ended.start, importers))


def _is_there(name: str, is_of_job: Callable[[str], bool]) -> bool:
    origin = _origin(name)
    return Path(origin).is_absolute() and not is_of_job(origin)


def _origin(name: str) -> str:
    return getattr(_spec(name), "origin", None) or ""


def _is_unfinished(name: str) -> bool:
    return bool(getattr(_spec(name), "_initializing", False))


def _spec(name: str) -> object:
    # Past the module's own ways: a lazy one would begin to load.
    with suppress(AttributeError):
        return object.__getattribute__(sys.modules.get(name), "__dict__").get("__spec__")
    return None
