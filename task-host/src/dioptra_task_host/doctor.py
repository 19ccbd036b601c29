"""Owns the examination of a Python environment: can the jobs of a worker run in it?

Imports nothing but the standard library before it looks: what it examines may be broken.
"""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from dioptra_task_host import packages

_PYTHON = (3, 11)
# What plugins import because Dioptra's own workers have it.
_EXPECTED = (
    "dioptra.pyplugs",
    "dioptra.client",
    "dioptra.sdk.api.artifact",
    "dioptra.sdk.exceptions",
    "dioptra.sdk.utilities.auth_client",
    "boto3",
    "mlflow",
    "numpy",
    "requests",
    "structlog",
    "yaml",
)
# What the JVM's bindings were built for, by distribution.
_PINS = {"torch": "2.7.1", "tensorflow": "2.18.0", "tensorflow-cpu": "2.18.0"}
_NATIVES = {"torch": "libtorch_cpu.so", "tensorflow": "libtensorflow_cc.so.2"}


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what to do about it."""

    level: Literal["ok", "warning", "error"]
    what: str
    advice: str = ""


def examine(modules: Sequence[str]) -> Iterator[Finding]:
    """Examines the environment that this interpreter runs in."""
    yield _python()
    yield from _imports([*_EXPECTED, *(module for module in modules if module not in _EXPECTED)])
    yield from _pins()
    yield from _conflicts()
    yield from _natives()


def _python() -> Finding:
    version = f"Python {sys.version.split()[0]} in {sys.prefix}"
    if sys.version_info[:2] == _PYTHON:
        return Finding("ok", version)
    return Finding(
        "error", f"{version}, but 3.11 is needed", "use the Python of the worker's image"
    )


def _imports(modules: Sequence[str]) -> Iterator[Finding]:
    for module in modules:
        try:
            importlib.import_module(module)
        except (Exception, SystemExit) as error:
            yield Finding(
                "error",
                f"{module} cannot be imported: {type(error).__name__}: {error}",
                f"install what it needs, or undo what changed {module.partition('.')[0]}",
            )
        else:
            yield Finding("ok", f"import {module}")


def _pins() -> Iterator[Finding]:
    installed = packages.installed()
    for name, pin in _PINS.items():
        version = installed.get(name)
        if version and version.partition("+")[0] != pin:
            yield Finding(
                "error",
                f"{name} is {version}, but the worker's natives are those of {pin}",
                f"pip install '{name}=={pin}', and what asked for another version in one that fits",
            )
        elif version:
            yield Finding("ok", f"{name} {version}")
    numpy = installed.get("numpy", "")
    tensorflow = installed.keys() & {"tensorflow", "tensorflow-cpu"}
    if numpy and not numpy.startswith("1.") and tensorflow:
        yield Finding(
            "error",
            f"numpy is {numpy}, but this TensorFlow and what is built on it need 1.26",
            "pip install 'numpy<2', and what asked for numpy 2 in a version that fits",
        )


def _conflicts() -> Iterator[Finding]:
    try:
        problems = packages.conflicts()
    except ImportError as error:
        yield Finding("warning", f"requirements were not checked: {error}", "pip install packaging")
        return
    for problem in problems:
        yield Finding("error", problem, "install versions that fit together: pip check")
    if not problems:
        yield Finding("ok", f"{len(packages.installed())} packages fit together")


def _natives() -> Iterator[Finding]:
    """The JVM's tasks use the natives of the wheels: a second copy would be loaded beside them."""
    for package, library in _NATIVES.items():
        found = sorted(str(path) for folder in packages.folders() for path in folder.rglob(library))
        if len(found) == 1:
            yield Finding("ok", f"one {library}: {found[0]}")
        elif found:
            advice = f"remove all but the one of {package}"
            yield Finding("error", f"{len(found)} times {library}: {', '.join(found)}", advice)
        elif any(name in packages.installed() for name in (package, f"{package}-cpu")):
            advice = f"pip install --force-reinstall --no-deps {package}=={_PINS[package]}"
            yield Finding("error", f"{package} has no {library}", advice)


def main(arguments: Sequence[str]) -> None:
    """Writes each finding as a line of JSON; what the imported modules write goes elsewhere."""
    parser = argparse.ArgumentParser(
        prog="dioptra_task_host.doctor", description="Examines this Python environment."
    )
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="imported besides the usual")
    modules = parser.parse_args(arguments).modules
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as report:
        os.dup2(2, 1)
        for finding in examine(modules):
            report.write(json.dumps(asdict(finding)) + "\n")
            report.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
