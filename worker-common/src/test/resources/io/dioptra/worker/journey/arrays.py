"""Arrays between steps, in files and in a folder."""

import logging
from pathlib import Path
from typing import Any

import numpy as np
from dioptra import pyplugs
from dioptra.sdk.api.artifact import ArtifactTaskInterface

LOGGER = logging.getLogger(__name__)


class Centered(np.ndarray):
    """Has one class for tasks and artifact tasks, or is not recognised."""


@pyplugs.register
def measure(count: int) -> list[Any]:
    values = np.arange(count, dtype=np.float64)
    return [values, float(values.mean())]


@pyplugs.register
def center(values: Any, mean: float) -> Any:
    return (values - mean).view(Centered)


@pyplugs.register
def add_up(first: Any, second: Any) -> float:
    total = float(np.sum(first) + np.sum(second))
    LOGGER.info("total is %.1f", total)
    return total


class ArrayArtifact(ArtifactTaskInterface):
    @staticmethod
    def serialize(working_dir: Path, name: str, contents: Any, **_: Any) -> Path:
        path = working_dir / f"{name}.npy"
        np.save(path, contents, allow_pickle=False)
        return path

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> Any:
        return np.load(working_dir / path, allow_pickle=False)

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return None


class TableArtifact(ArtifactTaskInterface):
    @staticmethod
    def serialize(
        working_dir: Path, name: str, contents: Any, separator: str = ",", **_: Any
    ) -> Path:
        path = working_dir / f"{name}.csv"
        np.savetxt(path, np.atleast_2d(contents), fmt="%.2f", delimiter=separator)
        return path

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> Any:
        return np.loadtxt(working_dir / path)

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return {"separator": {"type": "string", "maxLength": 1}}


class FolderArtifact(ArtifactTaskInterface):
    @staticmethod
    def serialize(working_dir: Path, name: str, contents: Any, **_: Any) -> Path:
        if not isinstance(contents, Centered):
            raise TypeError(f"{type(contents)} is another class than {Centered}")
        folder = working_dir / name
        (folder / "deeper").mkdir(parents=True)
        np.save(folder / "left.npy", contents[: len(contents) // 2])
        np.save(folder / "deeper" / "right.npy", contents[len(contents) // 2 :])
        return folder

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> Any:
        folder = working_dir / path
        return np.concatenate([np.load(folder / "left.npy"), np.load(folder / "deeper/right.npy")])

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return None
