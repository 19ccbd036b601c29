"""Owns the reading and writing of artifacts by the artifact tasks of plugins."""

import os
from pathlib import Path
from typing import Any

from dioptra_task_host import wire
from dioptra_task_host.failures import NotFoundError
from dioptra_task_host.loader import Loader, artifact_task, is_artifact_task
from dioptra_task_host.protocol import Describe, Load, NamedValues, Save, Texts
from dioptra_task_host.runner import Values


class ArtifactTasks:
    """The artifact tasks of one job, by class name; of two with one name the later counts."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader
        self._tasks: dict[str, Any] = {}

    def describe(self, request: Describe) -> NamedValues:
        """Imports all files of artifact plugins. Returns the argument schemas of their tasks."""
        schemas: NamedValues = {}
        for module in request.modules:
            with self._loader.artifact_module(module.plugin, module.file) as imported:
                for name in module.tasks:
                    task = artifact_task(imported, name)
                    if is_artifact_task(task):
                        self._tasks[task.__name__] = task
                        schemas[task.__name__] = schema = task.validation()
                        wire.encode_value(schema)  # raises here, as the plugin's failure
        return schemas

    def load(self, request: Load, values: Values) -> Texts:
        """Reads an input artifact. Returns the names of the outputs that got a value."""
        with self._loader.input_module(request.package, request.file) as module:
            where = f" in plugin: {request.package} for artifact parameter: {request.name}"
            task = artifact_task(module, request.task, where)
            value = task.deserialize(working_dir=Path(request.folder), path=request.path)
            warning = f'expected outputs for artifact parameter "{request.name}"'
            return values.keep("artifact", request.name, request.outputs, value, warning)

    def save(self, request: Save, values: Values) -> str:
        """Writes an output artifact into the current folder. Returns its absolute path."""
        self._loader.enter_serialization()
        if request.task not in self._tasks:
            raise NotFoundError(f"Failed to locate artifact task: {request.task}")
        folder = Path.cwd()
        contents = values.resolve(request.contents)
        arguments = values.resolve(request.arguments)
        values.drop(request.drop)
        path = self._tasks[request.task].serialize(folder, request.name, contents, **arguments)
        if not isinstance(path, str | os.PathLike):
            raise TypeError(
                f"{request.task}.serialize returned {path!r:.200} ({type(path)}) instead of the "
                f"path of what it wrote for artifact {request.name!r}"
            )
        return str(folder / path)
