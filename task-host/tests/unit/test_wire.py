import json
import math

import pytest

from dioptra_task_host import wire
from dioptra_task_host.protocol import Bind, Done, Failed, Finish, Log, ProtocolError, Ref


@pytest.mark.parametrize(
    ("json_form", "value"),
    [
        ("null", None),
        ("true", True),
        ("123456789012345678901234567890", 123456789012345678901234567890),
        ("4.0", 4.0),
        ('{"real":"-inf"}', -math.inf),
        ('{"members":[["b",1],["a",[]]]}', {"b": 1, "a": []}),
        ('{"members":[["real","nan"]]}', {"real": "nan"}),
        ('{"ref":["step","s","o"]}', Ref("step", "s", "o")),
    ],
)
def test_values_have_one_form(json_form: str, value: object) -> None:
    decoded = wire.decode_value(json.loads(json_form))
    assert decoded == value
    assert type(decoded) is type(value)
    assert json.dumps(wire.encode_value(value), separators=(",", ":")) == json_form


def test_members_keep_the_order_of_their_document() -> None:
    decoded = wire.decode_value({"members": [["z", 1], ["a", 2]]})
    assert isinstance(decoded, dict)
    assert list(decoded) == ["z", "a"]


def test_nan_is_a_value() -> None:
    decoded = wire.decode_value({"real": "nan"})
    assert isinstance(decoded, float)
    assert math.isnan(decoded)
    assert wire.encode_value(math.nan) == {"real": "nan"}


def test_an_object_that_is_no_value_stays_in_the_host() -> None:
    with pytest.raises(TypeError, match="has no JSON form"):
        wire.encode_value({"x": {1, 2}})


def test_members_without_a_value_are_left_out() -> None:
    assert json.loads(wire.encode(Done(3))) == {"type": "done", "id": 3}
    assert "traceback" not in json.loads(wire.encode(Failed(3, "fork", "no")))


def test_unknown_members_are_ignored() -> None:
    assert wire.decode(b'{"type":"finish","id":1,"later":[]}') == Finish(1)


def test_half_characters_can_be_sent() -> None:
    log = Log(1.0, "INFO", "x", "\udce4")
    assert wire.decode(wire.encode(log)) == log


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"[]", "no member 'type'"),
        (b'{"type":1}', "no member 'type'"),
        (b"\xff", "not JSON"),
        (b'{"type":"log","time":NaN}', "not JSON"),
        (b'{"type":"finish","id":"1"}', "'id' has the wrong kind"),
        (b'{"type":"finish","id":true}', "'id' has the wrong kind"),
        (b'{"type":"bind","id":1,"parameters":[["a"]]}', "no pair of a name and a value"),
        (b'{"type":"bind","id":1,"parameters":{}}', "no list of pairs"),
        (b'{"type":"bind","id":1,"parameters":[["a",{"b":1}]]}', "no value"),
        (b'{"type":"bind","id":1,"parameters":[["a",{"real":"big"}]]}', "no value"),
        (b'{"type":"bind","id":1,"parameters":[["a",{"ref":["x","y",""]}]]}', "no value"),
    ],
)
def test_a_wrong_message_is_told_apart(text: bytes, reason: str) -> None:
    with pytest.raises(ProtocolError, match=reason):
        wire.decode(text)


def test_parameters_of_one_name_are_the_last_one() -> None:
    decoded = wire.decode(b'{"type":"bind","id":1,"parameters":[["a",1],["a",2]]}')
    assert decoded == Bind(1, {"a": 2})
