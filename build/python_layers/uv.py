"""Owns the calls of uv, which chooses, fetches and unpacks wheels. Knows no layer."""

import os
import subprocess
import sys
from pathlib import Path

from python_layers.failures import LayerError
from python_layers.platforms import Platform


def install(
    lock: Path, target: Path, platform: Platform, build_lock: Path, find_links: str | None
) -> None:
    """Unpacks what the lock pins below `target`, as copies: uv's own cache is never written to."""
    links = ["--no-index", "--find-links", find_links] if find_links else []
    _uv(
        *("pip", "install", "--quiet", "--no-deps", "--require-hashes", "--link-mode", "copy"),
        *("--prefix", str(target), "--python", sys.executable),
        *("--python-platform", platform.uv_name, "--build-constraints", str(build_lock)),
        *(*links, "--requirement", str(lock)),
        failure=f"the packages in {lock} were not installed for {platform.name}: see above",
    )


def compile_lock(requirements: str, platform: Platform, find_links: str) -> str:
    """Makes a lock of wheels that no committed lock has, from one folder or page of links."""
    return _uv(
        *("pip", "compile", "--quiet", "--no-deps", "--generate-hashes", "--no-header"),
        *("--no-annotate", "--only-binary", ":all:", "--no-index", "--find-links", find_links),
        *("--python", sys.executable, "--python-version", "3.11"),
        *("--python-platform", platform.uv_name, "-"),
        failure=f"{find_links} does not have {', '.join(requirements.split())} for {platform.name}",
        stdin=requirements,
    )


def _uv(*arguments: str, failure: str, stdin: str | None = None) -> str:
    program = Path(sys.executable).with_name("uv")
    command = [str(program), *arguments, "--no-config"]
    try:
        done = subprocess.run(
            command, env=_environment(), input=stdin, stdout=subprocess.PIPE, text=True, check=True
        )
    except subprocess.CalledProcessError as error:
        raise LayerError(failure) from error
    return done.stdout


def cache_folder() -> Path:
    """The folder that build/python-env keeps its environments and uv's cache in."""
    given = os.environ.get("DIOPTRA_WORKER_CACHE")
    return Path(given).absolute() if given else Path.home() / ".cache" / "dioptra-worker"


def _environment() -> dict[str, str]:
    cache = cache_folder() / "uv-cache"
    return {**os.environ, "UV_CACHE_DIR": str(cache), "UV_PYTHON_DOWNLOADS": "never"}
