"""Owns the sizes of what was installed, by package. Knows trees, and no lock."""

from collections import Counter
from importlib.util import cache_from_source
from pathlib import Path

from python_layers.record import records_of
from python_layers.venv import site_of


def tree_size(tree: Path) -> int:
    return sum(file.stat().st_size for file in tree.rglob("*") if file.is_file())


def package_sizes(tree: Path) -> Counter[str]:
    """Counts the bytes of each package, its bytecode included."""
    sizes: Counter[str] = Counter()
    for record in records_of(site_of(tree)):
        for file in record.files():
            sizes[record.package] += file.stat().st_size
            if file.suffix == ".py":
                bytecode = Path(cache_from_source(str(file)))
                sizes[record.package] += bytecode.stat().st_size if bytecode.exists() else 0
    return sizes
