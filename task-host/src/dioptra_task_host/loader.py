"""Owns `sys.path` and `sys.modules`: which folder a plugin is imported from, and in which order.

The order is part of Dioptra's contract. What is imported from `serialize/` stays, so that a plugin
that brings both tasks and artifact tasks has one copy of its classes.
"""

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any, cast

from dioptra import pyplugs
from dioptra.sdk.api.artifact import ArtifactTaskInterface
from dioptra.sdk.exceptions.pyplugs import (
    UnknownPackageError,
    UnknownPluginError,
    UnknownPluginFunctionError,
)

from dioptra_task_host.failures import NotFoundError

_UNKNOWN = (UnknownPackageError, UnknownPluginError, UnknownPluginFunctionError)


class Loader:
    """Finds the tasks of one job."""

    def __init__(
        self, plugins: Path, serialize: Path, deserialize: Path, imported: Callable[[], None]
    ) -> None:
        """`imported` is called after each import of a plugin's code."""
        self._imported = imported
        self._plugins = plugins
        self._serialize = serialize
        self._deserialize = deserialize
        self._second: str | None = None

    @contextmanager
    def artifact_module(self, plugin: str, file: str) -> Iterator[ModuleType]:
        """Imports a file of an artifact plugin, with `serialize/` first on the path meanwhile."""
        with _first_on_path(self._serialize):
            yield self._import_file(plugin, file)

    @contextmanager
    def input_module(self, package: str, file: str) -> Iterator[ModuleType]:
        """Imports a file that reads input artifacts, with `deserialize/` first on the path."""
        with _first_on_path(self._deserialize):
            yield self._import_file(package, file)

    def task(self, plugin: str) -> Callable[..., Any]:
        """Finds a registered function by its dotted name. Imports its module if need be."""
        self._put_second(self._plugins)
        package_and_module, _, function = plugin.rpartition(".")
        package, _, module = package_and_module.rpartition(".")
        if not module:
            raise NotFoundError(
                "A task plugin must be a dot-delimited string of at least two components: " + plugin
            )
        try:
            return cast(Callable[..., Any], pyplugs.get(package, module, function))
        except _UNKNOWN as error:
            raise NotFoundError(str(error), type(error).__name__) from None
        finally:
            self._imported()

    def brought(self, file: str) -> bool:
        """Whether a file came with the job."""
        folders = (self._plugins, self._serialize, self._deserialize)
        return any(Path(file).is_relative_to(os.path.realpath(folder)) for folder in folders)

    def enter_serialization(self) -> None:
        """Puts `serialize/` where `plugins/` was while steps ran."""
        self._put_second(self._serialize)

    def _import_file(self, package: str, file: str) -> ModuleType:
        try:
            # Dioptra uses the stem alone: a file in a sub-folder is looked for beside the others.
            return importlib.import_module(f"{package}.{PurePosixPath(file).stem}")
        finally:
            self._imported()

    def _put_second(self, folder: Path) -> None:
        wanted = os.path.realpath(folder)
        if self._second == wanted:
            return
        if self._second in sys.path:
            sys.path.remove(self._second)
        if folder.is_dir() and wanted not in sys.path:
            sys.path.insert(1, wanted)
        self._second = wanted


def settle_path(python_path: str) -> str:
    """Takes our own folder and the current one off the path. Returns what is left of PYTHONPATH.

    Index 0 becomes the folder of the interpreter, where Dioptra's start script lies.
    """
    if not sys.flags.safe_path:
        del sys.path[0]
    ours = os.path.realpath(Path(__file__).parents[1])
    entries = [entry for entry in python_path.split(os.pathsep) if entry]
    left = [entry for entry in entries if os.path.realpath(entry) != ours]
    if len(left) < len(entries):
        sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry) != ours]
    sys.path.insert(0, str(Path(sys.executable).parent))
    return os.pathsep.join(left)


def artifact_task(module: ModuleType, name: str, where: str = "") -> Any:
    """Returns the class of an artifact task."""
    task = getattr(module, name, None)
    if task is None:
        raise NotFoundError(f"Failed to locate artifact task: {name}{where}")
    return task


def is_artifact_task(task: Any) -> bool:
    return issubclass(task, ArtifactTaskInterface)


@contextmanager
def _first_on_path(folder: Path) -> Iterator[None]:
    entry = os.path.realpath(folder)
    sys.path.insert(0, entry)
    try:
        yield
    finally:
        if entry in sys.path:
            sys.path.remove(entry)
