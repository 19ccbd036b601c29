"""Artifact tasks that tell what they are given; `Reader` returns what the name of its file says."""

import logging
from pathlib import Path
from typing import Any

from dioptra.sdk.api.artifact import ArtifactTaskInterface

LOG = logging.getLogger("recorder")


class Plain(ArtifactTaskInterface):
    @classmethod
    def serialize(cls, working_dir: Path, name: str, contents: Any, **arguments: Any) -> Path:
        from plug.tasks import shown

        LOG.info(f"{cls.__name__} writes {shown(name)}: {shown(contents)} {shown(arguments)}")
        return working_dir / "written"

    @staticmethod
    def validation() -> dict[str, Any] | None:
        return None


class Strict(Plain):
    @staticmethod
    def validation() -> dict[str, Any]:
        return {"format": {"type": "string", "enum": ["csv", "json"]}, "size": {"type": "integer", "minimum": 0}}


class Broken(Plain):
    @staticmethod
    def serialize(working_dir: Path, name: str, contents: Any, **arguments: Any) -> Path:
        raise OSError(f"no room for {name}")


class Reader(ArtifactTaskInterface):
    @staticmethod
    def deserialize(working_dir: Path, path: str, **arguments: Any) -> Any:
        LOG.info(f"reading {path}")
        match path:
            case "pair":
                return ("left", {"right": [1]})
            case "triple":
                return [1, 2, 3]
            case "generator":
                return (index for index in range(2))
            case "text":
                return "xyz"
            case "broken":
                raise OSError("unreadable")
            case _:
                return 7.5
