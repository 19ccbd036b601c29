"""Owns the locks: what they pin on a platform, and that they agree. Knows no layer."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from python_layers.failures import LayerError
from python_layers.platforms import Platform


@dataclass(frozen=True, order=True)
class Distribution:
    """One version of a package, with the hashes of the files that it may be installed from."""

    name: str
    version: str
    hashes: tuple[str, ...]


Lock = Mapping[str, Distribution]


def read_lock(path: Path, platform: Platform) -> Lock:
    """Reads what the lock installs on the platform."""
    try:
        return parse_lock(path.read_text(), platform)
    except OSError as error:
        raise LayerError(f"{path} cannot be read ({error}): run build/lock-python") from error


def parse_lock(text: str, platform: Platform) -> Lock:
    lock: dict[str, Distribution] = {}
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        requirement = Requirement(line.split(" --hash=", maxsplit=1)[0])
        if requirement.marker and not requirement.marker.evaluate(platform.markers):
            continue
        name = canonicalize_name(requirement.name)
        version = str(requirement.specifier).removeprefix("==")
        lock[name] = Distribution(name, version, tuple(sorted(re.findall(r"--hash=(\S+)", line))))
    return lock


def lock_text(distributions: Iterable[Distribution]) -> str:
    """Writes a lock without markers: it is for one platform."""
    lines = []
    for one in sorted(distributions):
        lines.append(" \\\n    --hash=".join([f"{one.name}=={one.version}", *one.hashes]))
    return "".join(f"{line}\n" for line in lines)


def require_agreement(locks: Mapping[str, Lock]) -> None:
    """Fails unless a package has one version, and one set of files, in all locks that have it.

    Otherwise images would share no layer, or a package would come twice into one of them.
    """
    pins: dict[str, dict[Distribution, list[str]]] = {}
    for label, lock in locks.items():
        for one in lock.values():
            pins.setdefault(one.name, {}).setdefault(one, []).append(label)
    differing = [
        f"  {name}: "
        + "; ".join(f"{_pin(one)} in {', '.join(labels)}" for one, labels in sorted(by.items()))
        for name, by in sorted(pins.items())
        if len(by) > 1
    ]
    if differing:
        raise LayerError(
            "the locks disagree on packages that images share:\n"
            + "\n".join(differing)
            + "\nConstrain them in worker-common/python/requirements.in or"
            " build/machine-learning.in, then run build/lock-python for all five."
        )


def _pin(one: Distribution) -> str:
    return f"{one.version} ({len(one.hashes)} files)"
