"""Owns the folders of layers that were made before, one for each different content."""

import fcntl
import hashlib
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from python_layers.images import Layer
from python_layers.locks import lock_text
from python_layers.making import make_tree
from python_layers.parts import split
from python_layers.platforms import Platform
from python_layers.uv import Uv


@dataclass(frozen=True)
class LayerCache:
    """Makes layers below `folder`, one process at a time, and from scratch after a failure."""

    folder: Path
    platform: Platform
    uv: Uv

    def trees(self, layer: Layer) -> list[tuple[str, Path]]:
        """Returns names and folders of the layer, or of its parts where it is a large one."""
        lock = lock_text(layer.distributions)
        home = self.folder / f"{layer.name}-{self._key(lock)}"
        if not _complete(home):
            self.folder.mkdir(parents=True, exist_ok=True)
            with _locked(home.with_name(f"{home.name}.lock")):
                if not _complete(home):
                    self._make(layer, lock, home)
        trees = sorted(home.glob("tree*"))
        if len(trees) == 1:
            return [(layer.name, trees[0])]
        return [(f"{layer.name}-{number}", tree) for number, tree in enumerate(trees, start=1)]

    def _make(self, layer: Layer, lock: str, home: Path) -> None:
        started = time.monotonic()
        _say(f"making {layer.name} for {self.platform.name}, {len(layer.distributions)} packages …")
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        lock_file = home / "requirements.lock"
        lock_file.write_text(lock)
        tree = home / "tree"
        make_tree(layer, lock_file, tree, self.platform, self.uv)
        split(tree)
        (home / ".complete").touch()
        _say(f"made {layer.name} in {time.monotonic() - started:.0f} s")

    def _key(self, lock: str) -> str:
        """Names all that the content depends on: packages, platform, Python, installer, program."""
        digest = hashlib.sha256(f"{self.platform.name} python 3.11\n{lock}".encode())
        digest.update(self.uv.lock.read_bytes())
        for source in sorted(Path(__file__).parent.glob("*.py")):
            digest.update(source.read_bytes())
        return f"{self.platform.machine}-{digest.hexdigest()[:16]}"


def _complete(home: Path) -> bool:
    return (home / ".complete").exists()


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _say(text: str) -> None:
    sys.stderr.write(f"python-layers: {text}\n")
