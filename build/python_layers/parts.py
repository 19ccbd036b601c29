"""Owns the splitting of a folder that is too large for a layer. Knows packages by their records."""

import os
import shutil
from collections.abc import Mapping
from importlib.util import cache_from_source
from pathlib import Path

from python_layers.failures import LayerError
from python_layers.making import normalise
from python_layers.record import records_of
from python_layers.sizes import package_sizes
from python_layers.venv import site_of

LIMIT = 2_000_000_000  # bytes: registries and engines get slow with larger layers, or refuse them


def split(tree: Path, limit: int = LIMIT) -> None:
    """Leaves the tree if it is small enough, else replaces it by `tree-1`, `tree-2`, …

    The parts follow from names and sizes alone. A file of several packages is in the part of each.
    """
    parts = partition(package_sizes(tree), limit)
    if len(parts) == 1:
        return
    records = {record.package: record for record in records_of(site_of(tree))}
    for number, packages in enumerate(parts, start=1):
        part = tree.with_name(f"{tree.name}-{number}")
        for package in packages:
            for file in records[package].files():
                _link(file, tree, part)
                if file.suffix == ".py":
                    _link(Path(cache_from_source(str(file))), tree, part)
        normalise(part)
    shutil.rmtree(tree)


def partition(sizes: Mapping[str, int], limit: int) -> list[list[str]]:
    """Fills one part after the other, in the order of names."""
    parts: list[list[str]] = [[]]
    filled = 0
    for package, size in sorted(sizes.items()):
        if size > limit:
            raise LayerError(f"{package} has {size:,} bytes, more than a layer may have: {limit:,}")
        if filled + size > limit:
            parts.append([])
            filled = 0
        parts[-1].append(package)
        filled += size
    return parts


def _link(file: Path, tree: Path, part: Path) -> None:
    target = part / file.relative_to(tree)
    if file.exists() and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(file, target)
