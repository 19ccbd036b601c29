"""Artifact tasks in the real program."""

from pathlib import Path

import pytest

from dioptra_task_host.protocol import (
    Describe,
    Done,
    Failed,
    Load,
    Module,
    NamedValues,
    Ref,
    Save,
)
from worker import JobHost, Worker

NOTES = Module("notes", "tasks.py", ("NoteArtifactTask", "PathlessArtifactTask"))


@pytest.fixture
def host(worker: Worker) -> JobHost:
    started = worker.host()
    started.prepare()
    return started


def test_artifact_tasks_are_described_by_their_schemas(host: JobHost) -> None:
    answer = host.ask(Describe(host.next_id(), (NOTES,)))
    assert isinstance(answer, Done)
    assert answer.schemas == {
        "NoteArtifactTask": {"ending": {"type": "string"}},
        "PathlessArtifactTask": None,
    }


def test_a_missing_artifact_task_is_not_found(host: JobHost) -> None:
    answer = host.ask(Describe(host.next_id(), (Module("notes", "tasks.py", ("Lost",)),)))
    assert isinstance(answer, Failed)
    assert (answer.kind, answer.message) == ("not-found", "Failed to locate artifact task: Lost")


def test_a_schema_that_is_no_json_is_the_plugins_failure(host: JobHost) -> None:
    module = Module("notes", "tasks.py", ("OddArtifactTask",))
    answer = host.ask(Describe(host.next_id(), (module,)))
    assert isinstance(answer, Failed)
    assert (answer.kind, answer.exception) == ("raised", "TypeError")


def test_a_class_that_is_no_artifact_task_is_left_out(host: JobHost) -> None:
    answer = host.ask(Describe(host.next_id(), (Module("notes", "tasks.py", ("NotATask",)),)))
    assert isinstance(answer, Done)
    assert answer.schemas == {}


def test_an_artifact_is_written_with_the_classes_that_the_tasks_use(host: JobHost) -> None:
    host.ask(Describe(host.next_id(), (NOTES,)))
    host.call("notes.tasks.write", "dear", outputs="note")

    answer = _save(host, "NoteArtifactTask", {"ending": "!"})

    assert isinstance(answer, Done), answer
    assert answer.path == str(host.folder / "letter.txt")
    assert Path(answer.path).read_text() == "dear!"


def test_an_artifact_is_read_by_the_plugin_that_wrote_it(host: JobHost) -> None:
    (host.folder / "inputs").mkdir()
    (host.folder / "inputs" / "old.txt").write_text("hello")
    answer = host.ask(
        Load(
            id=host.next_id(),
            name="old",
            folder=str(host.folder / "inputs"),
            path="old.txt",
            package="3_5",
            file="tasks.py",
            task="NoteArtifactTask",
            outputs="note",
        )
    )
    assert isinstance(answer, Done), answer
    assert answer.names == ("note",)

    host.call("notes.tasks.text", Ref("artifact", "old", "note"))
    assert host.events("stdout") == ["hello False"]


def test_an_artifact_task_without_a_path_is_at_fault(host: JobHost) -> None:
    host.ask(Describe(host.next_id(), (NOTES,)))
    host.call("notes.tasks.write", "dear", outputs="note")
    answer = _save(host, "PathlessArtifactTask", {})
    assert isinstance(answer, Failed)
    assert answer.kind == "raised"
    assert "PathlessArtifactTask.serialize returned None" in answer.message


def test_an_unknown_artifact_task_is_not_found(host: JobHost) -> None:
    host.call("notes.tasks.write", "dear", outputs="note")
    answer = _save(host, "Lost", {})
    assert isinstance(answer, Failed)
    assert answer.kind == "not-found"


def _save(host: JobHost, task: str, arguments: NamedValues) -> Done | Failed:
    contents = Ref("step", "s", "note")
    return host.ask(Save(host.next_id(), "letter", contents, task, arguments, []))
