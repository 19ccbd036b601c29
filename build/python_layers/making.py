"""Owns the making of a layer's folder: install, trim, normalise, compile. Knows no cache."""

import os
import subprocess
from pathlib import Path, PurePosixPath

from python_layers.failures import LayerError
from python_layers.images import Layer
from python_layers.platforms import Platform
from python_layers.record import records_of, require_one_owner
from python_layers.symbols import drop_symbols, machine_of
from python_layers.trimming import is_unneeded, may_lose_symbols
from python_layers.uv import Uv
from python_layers.venv import (
    IMAGE_VENV,
    SITE,
    point_scripts_at_image,
    scaffold,
    site_of,
    venv_of,
)

_ONE_SECOND = 1_000_000_000  # after the epoch: some programs take 0 for "no time"


def make_tree(layer: Layer, lock: Path, tree: Path, platform: Platform, uv: Uv) -> None:
    """Fills `tree`, which is the root of the image, with the layer's packages."""
    venv, site = venv_of(tree), site_of(tree)
    uv.install(lock, venv, platform, layer.find_links)
    (venv / ".lock").unlink(missing_ok=True)
    require_one_owner(site)
    trim(site)
    for file in sorted(venv.rglob("*")):
        if file.is_file() and may_lose_symbols(PurePosixPath(file.relative_to(venv))):
            drop_symbols(file)
    point_scripts_at_image(venv)
    for record in records_of(site):
        record.settle()
    if layer.is_base:
        scaffold(venv)
    require_machine(tree, platform)
    compile_bytecode(site, uv.python)
    normalise(tree)


def trim(site: Path) -> None:
    """Deletes what is not needed. Nothing is written in place: contents may be shared by links."""
    for folder, _, names in os.walk(site, topdown=False):
        for name in names:
            file = Path(folder, name)
            if is_unneeded(PurePosixPath(file.relative_to(site))):
                file.unlink()
        if not any(Path(folder).iterdir()):
            Path(folder).rmdir()


def require_machine(tree: Path, platform: Platform) -> None:
    """Fails if a program or library is for another processor, as a wheel built here would be."""
    for file in sorted(tree.rglob("*")):
        if file.is_file() and machine_of(file) not in (None, platform.elf_machine):
            raise LayerError(f"{file} is not for {platform.name}: its package has no wheel")


def compile_bytecode(site: Path, python: Path) -> None:
    program = Path(__file__).with_name("bytecode.py")
    options = ["-S", "-s", "-P", "-W", "ignore"]
    subprocess.run(
        [python, *options, program, site, f"{IMAGE_VENV}/{SITE}"],
        env={"PYTHONHASHSEED": "0"},
        check=True,
    )


def normalise(tree: Path) -> None:
    """Gives all files and folders the same permissions and times, wherever they were made."""
    for path in [*tree.rglob("*"), tree]:
        executable = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if executable else 0o644)
        os.utime(path, ns=(_ONE_SECOND, _ONE_SECOND))
