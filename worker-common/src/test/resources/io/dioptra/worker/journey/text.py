"""A text as a file."""

from pathlib import Path
from typing import Any

from dioptra.sdk.api.artifact import ArtifactTaskInterface


class TextArtifact(ArtifactTaskInterface):
    @staticmethod
    def serialize(working_dir: Path, name: str, contents: str, ending: str = "txt", **_: Any) -> Path:
        path = working_dir / f"{name}.{ending}"
        path.write_text(contents)
        return path

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> str:
        return (working_dir / path).read_text()

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return {"ending": {"type": "string"}}
