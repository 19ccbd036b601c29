"""Dioptra's own engine: one case a line in, one answer a line out, both JSON.

The order of calls is that of `dioptra.sdk.utilities.run_dioptra_job`. What that reads again and again (schema
files) is kept; what it does twice (compiling) is done once.
"""

import functools
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from dioptra.sdk.utilities import run_dioptra_job
from dioptra.task_engine import task_engine, util, validation
from dioptra.task_engine.issues import IssueSeverity

try:
    from dioptra.sdk.api import swappable_validation
    from dioptra.sdk.utilities.entrypoint_swaps import compile_swaps_config
except ImportError:  # before 1.2 there were no swaps
    swappable_validation = None
    compile_swaps_config = None

ANSWERS = os.fdopen(os.dup(1), "w", encoding="ascii")
LOG = logging.getLogger("differential")


class Record(logging.Handler):
    """The lines of the present run."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


class Site:
    """A job's folder with the artifact tasks that are registered for it."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        self.folder = folder
        folder.mkdir()
        os.chdir(folder)
        self.context = run_dioptra_job.Context()
        self.context.mkdirs()
        for place in ("serialize/art", "deserialize/1_2"):
            (folder / ".dioptra" / place).mkdir(parents=True)
            source = folder.parent / "artifacts.py"
            (folder / ".dioptra" / place / "artifacts.py").write_text(source.read_text())
        entries = [{"name": name, "id": 1} for name in names]
        file = {"filename": "artifacts.py", "tasks": {"artifacts": entries}}
        plugins = [{"name": "art", "snapshotId": 2, "files": [file]}]
        run_dioptra_job._create_engine_schema(self.context, plugins, LOG)
        self.tasks = run_dioptra_job._build_artifact_tasks(self.context, plugins, LOG)

    def run(self, config: Any, parameters: dict[str, Any], artifacts: dict[str, Any]) -> None:
        task_engine.run_experiment(
            experiment_desc=config,
            global_parameters=parameters,
            artifact_parameters=artifacts,
            artifact_tasks=self.tasks,
            artifacts_dir=self.context.artifacts_dir,
            plugins_dir=self.folder.parent / "plugins",
            serialize_dir=self.context.serialize_dir,
            deserialize_dir=self.context.deserialize_dir,
        )


class SchemaIssues:
    """Keeps what the last validation by schema said: later it is part of a longer text."""

    def __init__(self) -> None:
        self.last: list[str] = []
        self._validate = validation.schema_validate if compile_swaps_config else validation._schema_validate

    def install(self) -> None:
        name = "schema_validate" if compile_swaps_config else "_schema_validate"
        setattr(validation, name, self.validate)

    def validate(self, *args: Any, **kwargs: Any) -> Any:
        issues = self._validate(*args, **kwargs)
        self.last = [str(issue) for issue in issues]
        return issues


def keep_schemas() -> None:
    """Each file of a schema is read once a folder."""

    def kept(read: Any) -> Any:
        cached = functools.cache(lambda folder, *args, **kwargs: read(*args, **kwargs))
        return lambda *args, **kwargs: cached(os.getcwd(), *args, **kwargs)

    validation.get_json_schema = kept(validation.get_json_schema)
    if swappable_validation:
        swappable_validation.get_json_schema = kept(swappable_validation.get_json_schema)


def told(error: BaseException) -> dict[str, str]:
    return {"type": type(error).__name__, "message": str(error)}


def answer(case: dict[str, Any], sites: list[Site], record: Record, schema: SchemaIssues) -> dict[str, Any]:
    site = sites[case["site"]]
    os.chdir(site.folder)
    record.lines = []
    schema.last = []
    compiled = None
    config = case["configuration"]
    try:
        if compile_swaps_config:
            compiled = compile_swaps_config(config)
            issues = compiled.validate()
        else:
            issues = validation.validate(config)
    except Exception as error:
        return {"refused": told(error), "schema": schema.last}
    found: dict[str, Any] = {"issues": [str(issue) for issue in issues], "schema": schema.last}
    if any(issue.severity is IssueSeverity.ERROR for issue in issues):
        return found
    if compiled:
        config = compiled.config
    found["order"] = util.get_sorted_steps(config["graph"])
    try:
        if compiled:
            with compiled.public_errors():
                site.run(config, case["parameters"], case["artifacts"])
        else:
            site.run(config, case["parameters"], case["artifacts"])
    except Exception as error:
        found["error"] = told(error)
    found["log"] = record.lines
    return found


def main(folder: Path) -> None:
    sys.path.insert(1, str(folder / "plugins"))
    record = Record()
    root = logging.getLogger()
    root.handlers[:] = [record]
    root.setLevel("INFO")
    sites = [Site(folder / f"site{number}", names) for number, names in enumerate(json.loads(sys.stdin.readline()))]
    schema = SchemaIssues()
    schema.install()
    keep_schemas()
    for line in sys.stdin:
        json.dump(answer(json.loads(line), sites, record, schema), ANSWERS)
        ANSWERS.write("\n")
        ANSWERS.flush()


main(Path(sys.argv[1]))
