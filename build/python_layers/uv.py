"""Owns the calls of uv, which chooses, fetches and unpacks wheels. Knows no layer."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from python_layers.failures import LayerError
from python_layers.platforms import Platform


@dataclass(frozen=True)
class Uv:
    """uv in the environment of `python`, with its cache; what it builds, it builds with `lock`."""

    python: Path
    lock: Path
    cache: Path

    def install(
        self, requirements: Path, target: Path, platform: Platform, find_links: str | None
    ) -> None:
        """Unpacks a lock below `target`, as copies: nobody may write into uv's own cache."""
        links = ["--no-index", "--find-links", find_links] if find_links else []
        self._run(
            *("pip", "install", "--quiet", "--no-deps", "--require-hashes", "--link-mode", "copy"),
            *("--prefix", str(target), "--python", str(self.python)),
            *("--python-platform", platform.uv_name, "--build-constraints", str(self.lock)),
            *(*links, "--requirement", str(requirements)),
            failure=f"what {requirements} pins was not installed for {platform.name}: see above",
        )

    def compile(self, requirements: list[str], platform: Platform, find_links: str) -> str:
        """Makes a lock of wheels that no committed lock has, from a folder or page of links."""
        return self._run(
            *("pip", "compile", "--quiet", "--no-deps", "--generate-hashes", "--no-header"),
            *("--no-annotate", "--only-binary", ":all:", "--no-index", "--find-links", find_links),
            *("--python", str(self.python), "--python-version", "3.11"),
            *("--python-platform", platform.uv_name, "-"),
            failure=f"{find_links} does not have all of {', '.join(requirements)}"
            f" for {platform.name} and Python 3.11: see above",
            stdin="\n".join(requirements),
        )

    def _run(self, *arguments: str, failure: str, stdin: str = "") -> str:
        command = [str(self.python.with_name("uv")), *arguments, "--no-config"]
        own = {"UV_CACHE_DIR": str(self.cache), "UV_PYTHON_DOWNLOADS": "never"}
        try:
            return subprocess.run(
                command,
                env={**os.environ, **own},
                input=stdin,
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            ).stdout
        except subprocess.CalledProcessError as error:
            raise LayerError(failure) from error
