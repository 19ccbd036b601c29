"""Owns what is installed in a Python environment, and whether it fits together."""

import sys
from collections import Counter
from importlib import metadata
from pathlib import Path

# Modules that several distributions bring, of which only one may be installed.
_RIVALS = ("tensorflow", "torch", "cv2", "mlflow", "numpy")
# What the images leave out on purpose: what only Dioptra's server needs, and a client of Google's
# accounts that MLflow brings for servers that are not Dioptra's.
_SERVERS = {"dioptra-platform"}
_LEFT_OUT = {("databricks-sdk", "google-auth")}


def installed() -> dict[str, str]:
    """The versions by name, lower case with dashes; the one that an import would take."""
    return {_name(distribution): distribution.version for distribution in reversed(_all())}


def folders() -> list[Path]:
    """Where packages are installed, in the order of the path."""
    return [Path(entry) for entry in dict.fromkeys(sys.path) if entry.endswith("-packages")]


def conflicts() -> list[str]:
    """As ``pip check``, and what two installations have written over each other.

    Raises ImportError where it cannot be found out.
    """
    names = Counter(map(_name, _all()))
    found = [f"{name} is installed {count} times" for name, count in names.items() if count > 1]
    owners = metadata.packages_distributions()
    for module in _RIVALS:
        rivals = sorted(set(owners.get(module, ())))
        if len(rivals) > 1:
            found.append(f"the module {module} comes from {' and '.join(rivals)} at once")
    versions = installed()
    for distribution in _all():
        if _name(distribution) not in _SERVERS:
            found += _unmet(distribution, versions)
    return sorted(found)


def _unmet(distribution: metadata.Distribution, versions: dict[str, str]) -> list[str]:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    unmet = []
    for need in map(Requirement, distribution.requires or ()):
        name = canonicalize_name(need.name)
        version = versions.get(name)
        if need.marker and not need.marker.evaluate({"extra": ""}):
            continue
        if version is None and (_name(distribution), name) in _LEFT_OUT:
            continue
        if version is None or not need.specifier.contains(version, prereleases=True):
            found = f"{version} is installed" if version else "it is not installed"
            unmet.append(f"{_name(distribution)} needs {need}, but {found}")
    return unmet


def _all() -> list[metadata.Distribution]:
    # Some packages carry copies of others and add them to the path: those are not installed.
    return list(metadata.distributions(path=[str(folder) for folder in folders()]))


def _name(distribution: metadata.Distribution) -> str:
    return distribution.metadata["Name"].lower().replace("_", "-").replace(".", "-")
