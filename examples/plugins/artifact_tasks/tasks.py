"""How values are written to and read from files.

Every job that uses one of these classes imports all of them first, so libraries that some
environments lack are imported where they are needed.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from dioptra.sdk.api.artifact import ArtifactTaskInterface

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


class TextArtifactTask(ArtifactTaskInterface):
    """A text, as a UTF-8 file ``<name>.txt``."""

    @staticmethod
    def serialize(working_dir: Path, name: str, contents: str, **_: Any) -> Path:
        path = (working_dir / name).with_suffix(".txt")
        path.write_text(contents, encoding="utf-8")
        return path

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> str:
        return (working_dir / path).read_text(encoding="utf-8")

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return None


class ArrayArtifactTask(ArtifactTaskInterface):
    """A numpy array without Python objects, as ``<name>.npy``."""

    @staticmethod
    def serialize(working_dir: Path, name: str, contents: npt.NDArray[Any], **_: Any) -> Path:
        path = (working_dir / name).with_suffix(".npy")
        np.save(path, contents, allow_pickle=False)
        return path

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> npt.NDArray[Any]:
        array: npt.NDArray[Any] = np.load(working_dir / path, allow_pickle=False)
        return array

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return None


class TableArtifactTask(ArtifactTaskInterface):
    """A pandas data frame, as ``<name>.csv`` with a header line; the index is left out."""

    @staticmethod
    def serialize(
        working_dir: Path, name: str, contents: "pd.DataFrame", separator: str = ",", **_: Any
    ) -> Path:
        path = (working_dir / name).with_suffix(".csv")
        contents.to_csv(path, sep=separator, index=False)
        return path

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> "pd.DataFrame":
        import pandas as pd

        return pd.read_csv(working_dir / path, sep=None, engine="python")

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return {"separator": {"type": "string", "minLength": 1, "maxLength": 1}}


class FigureArtifactTask(ArtifactTaskInterface):
    """A matplotlib figure, as ``<name>.png``; read back as uint8 pixels (height, width, 4)."""

    @staticmethod
    def serialize(working_dir: Path, name: str, contents: "Figure", **_: Any) -> Path:
        path = (working_dir / name).with_suffix(".png")
        contents.savefig(path)
        return path

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> npt.NDArray[np.uint8]:
        from matplotlib.image import imread

        return (imread(working_dir / path) * 255).round().astype(np.uint8)

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return None


class ReportArtifactTask(ArtifactTaskInterface):
    """What JSON can say, as ``<name>.json``."""

    @staticmethod
    def serialize(working_dir: Path, name: str, contents: Any, **_: Any) -> Path:
        path = (working_dir / name).with_suffix(".json")
        path.write_text(json.dumps(contents, indent=2) + "\n", encoding="utf-8")
        return path

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> Any:
        return json.loads((working_dir / path).read_text(encoding="utf-8"))

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return None
