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
        command = [str(self.python.with_name("uv")), "pip", "install", "--no-config", "--quiet"]
        command += ["--no-deps", "--require-hashes", "--build-constraints", str(self.lock)]
        command += ["--python", str(self.python), "--python-platform", platform.uv_name]
        command += ["--prefix", str(target), "--link-mode", "copy"]
        if find_links:
            command += ["--find-links", find_links]
        own = {"UV_CACHE_DIR": str(self.cache), "UV_PYTHON_DOWNLOADS": "never"}
        try:
            subprocess.run(
                [*command, "--requirement", str(requirements)],
                env={**os.environ, **own},
                check=True,
            )
        except subprocess.CalledProcessError as error:
            raise LayerError(
                f"what {requirements} pins was not installed for {platform.name}: see above"
            ) from error
