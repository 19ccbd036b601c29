"""A note that says which text of this file wrote it, and which read it."""

from pathlib import Path
from typing import Any

from dioptra import pyplugs
from dioptra.sdk.api.artifact import ArtifactTaskInterface

TEXT = "first"


@pyplugs.register
def keep(notes: list[str]) -> str:
    return "; ".join(notes)


class NoteTask(ArtifactTaskInterface):
    @staticmethod
    def serialize(working_dir: Path, name: str, contents: str, **_: Any) -> Path:
        path = working_dir / f"{name}.txt"
        path.write_text(f"{contents}, written by the {TEXT}")
        return path

    @staticmethod
    def deserialize(working_dir: Path, path: str, **_: Any) -> str:
        return f"{(working_dir / path).read_text()}, read by the {TEXT}"

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return None
