"""An artifact that is a file and gives one value, and one that is a folder and gives two."""

import json
from pathlib import Path
from typing import Any

from dioptra.sdk.api.artifact import ArtifactTaskInterface


class StoryTask(ArtifactTaskInterface):
    @staticmethod
    def serialize(
        working_dir: Path, name: str, contents: str, ending: str = "txt", margin: int = 0
    ) -> Path:
        path = working_dir / f"{name}.{ending}"
        path.write_text("\n" * margin + contents)
        return path

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> str:
        return (working_dir / path).read_text()

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return {"ending": {"enum": ["txt", "md"]}, "margin": {"type": "integer", "minimum": 0}}


class EndsTask(ArtifactTaskInterface):
    @staticmethod
    def serialize(working_dir: Path, name: str, contents: float) -> Path:
        folder = working_dir / name / "folder of ends"
        (folder / "deeper").mkdir(parents=True)
        (folder / "least.json").write_text(json.dumps(-contents))
        (folder / "deeper" / "most.json").write_text(json.dumps(contents))
        return folder

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> tuple[float, float]:
        folder = working_dir / path
        return tuple(
            json.loads((folder / name).read_text()) for name in ("least.json", "deeper/most.json")
        )

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return None
