"""Tasks that tell what they were given."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dioptra import pyplugs


@pyplugs.register
def seen(a: Any, b: Any = "-", c: Any = "-") -> str:
    return f"{a!r} {b!r} {c!r}"


@pyplugs.register
def pair(first: float, second: float) -> Iterator[float]:
    yield from sorted((first, second))


@pyplugs.register
def travel(way: list[Any], weights: dict[str, int], style: Any = None) -> float:
    steps = zip(way, way[1:], strict=False)
    return sum(math.dist(a, b) for a, b in steps) + sum(weights.values()) + len(style)


@pyplugs.register
def loud(word: str) -> str:
    return word.upper()


@pyplugs.register
def quiet(word: str, end: str) -> str:
    return word.lower() + end


@pyplugs.register
def files_of_the_job() -> list[str]:
    """What lies in the job's folder, without the code of plugins."""
    code = {".py", ".pyc"}
    files = (path for path in Path().rglob("*") if path.is_file() and path.suffix not in code)
    return sorted(str(path) for path in files)


@pyplugs.register
def join(lines: list[Any]) -> str:
    return "\n".join(str(line) for line in lines)


@pyplugs.register
def nothing() -> str:
    return "nobody gets this"
