import json
from pathlib import Path

from dioptra.sdk.api.artifact import ArtifactTaskInterface


class HardArtifactTask(ArtifactTaskInterface):
    @staticmethod
    def serialize(working_dir, name, contents, indent=None, **kwargs):
        path = Path(working_dir) / f"{name}.json"
        path.write_text(json.dumps(contents, indent=indent))
        return path

    @staticmethod
    def deserialize(working_dir, path, **kwargs):
        return json.loads((Path(working_dir) / path).read_text())

    @staticmethod
    def validation():
        return {"indent": {"type": "integer"}}
