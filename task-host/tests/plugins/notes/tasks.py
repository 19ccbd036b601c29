from pathlib import Path

from dioptra import pyplugs
from dioptra.sdk.api.artifact import ArtifactTaskInterface


class Note:
    def __init__(self, text):
        self.text = text


class NoteArtifactTask(ArtifactTaskInterface):
    @staticmethod
    def serialize(working_dir, name, contents, ending=""):
        path = Path(working_dir, name).with_suffix(".txt")
        assert isinstance(contents, Note)
        path.write_text(contents.text + ending)
        return path

    @staticmethod
    def deserialize(working_dir, path):
        return Note(Path(working_dir, path).read_text())

    @staticmethod
    def validation():
        return {"ending": {"type": "string"}}


class PathlessArtifactTask(ArtifactTaskInterface):
    @staticmethod
    def serialize(working_dir, name, contents):
        return None

    @staticmethod
    def validation():
        return None


class OddArtifactTask(ArtifactTaskInterface):
    @staticmethod
    def validation():
        return {"ending": {"enum": {"a", "b"}}}


class NotATask:
    pass


@pyplugs.register
def write(text):
    return Note(text)


@pyplugs.register
def text(note):
    print(note.text, isinstance(note, Note))
