"""Every message of the golden transcripts, which the Java side reads too."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from dioptra_task_host import wire
from dioptra_task_host.protocol import (
    CallerRequest,
    Hello,
    HostRequest,
    Message,
    ProgramRequest,
    Reply,
    TemplateRequest,
)

TRANSCRIPTS = Path(__file__).parents[3] / "protocol" / "transcripts"
SENT = {"worker": HostRequest | ProgramRequest | TemplateRequest | Reply, "caller": CallerRequest}
LINES = [
    pytest.param(json.loads(line), id=f"{path.stem}-{number}")
    for path in sorted(TRANSCRIPTS.glob("*.jsonl"))
    for number, line in enumerate(path.read_text().splitlines(), 1)
]


@pytest.mark.parametrize("line", LINES)
def test_a_message_survives_decoding_and_encoding(line: dict[str, Any]) -> None:
    message = wire.decode(json.dumps(line["message"]).encode())
    assert json.loads(wire.encode(message)) == line["message"]


@pytest.mark.parametrize("line", LINES)
def test_each_side_sends_only_its_own_messages(line: dict[str, Any]) -> None:
    message = wire.decode(json.dumps(line["message"]).encode())
    if isinstance(message, Hello):
        assert line["from"] != "worker"
        return
    sent = [who for who, messages in SENT.items() if isinstance(message, get_args(messages))]
    assert line["from"] in (sent or ["template", "host"])


def test_every_message_has_its_place_in_a_transcript() -> None:
    seen = {parameter.values[0]["message"]["type"] for parameter in LINES}  # type: ignore[index]
    assert seen == {message.TYPE for message in get_args(Message)}
