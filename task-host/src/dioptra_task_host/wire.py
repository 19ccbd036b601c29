"""Owns the JSON of messages and values. Knows no sockets.

How a member travels follows from its annotation in `protocol`.
"""

import dataclasses
import json
import math
from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

from dioptra_task_host.protocol import (
    Message,
    NamedValues,
    PlacedArray,
    ProtocolError,
    Ref,
    RemoteObject,
    SharedArray,
    Value,
    Values,
)

_MESSAGES: Mapping[str, type[Message]] = {cls.TYPE: cls for cls in get_args(Message)}


def encode(message: Message) -> bytes:
    """Returns the JSON text of a message, without its length."""
    members: dict[str, object] = {"type": message.TYPE}
    for name, to_json, optional in _LAYOUT[type(message)]:
        value = getattr(message, name)
        if value is not None:
            members[name] = to_json(value) if to_json else value
        elif not optional:
            members[name] = value
    text = json.dumps(members, default=dataclasses.asdict, allow_nan=False, check_circular=False)
    return text.encode("ascii")


def with_mark(text: bytes, mark: int) -> bytes:
    """Adds the member `mark` to the JSON text of a message."""
    return b'%b, "mark": %d}' % (text[:-1], mark)


def decode(text: bytes) -> Message:
    """Reads the JSON text of one message. Raises ProtocolError where it is none."""
    try:
        raw = json.loads(text, parse_constant=_no_constant)
    except ValueError as error:
        raise ProtocolError(f"a frame is not JSON: {error}") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("type"), str):
        raise ProtocolError("a frame has no member 'type'")
    if raw["type"] not in _MESSAGES:
        raise ProtocolError(f"a message has the unknown type {raw['type']!r}")
    message: Message = _record(_MESSAGES[raw["type"]], raw)
    return message


def encode_value(value: object) -> object:
    """Returns the JSON form of a value; TypeError where it has none."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else {"real": repr(float(value))}
        case Ref():
            return {"ref": [value.origin, value.producer, value.output]}
        case SharedArray():
            handle = {} if value.handle is None else {"handle": value.handle}
            return {"array": {"path": value.path, **handle}}
        case PlacedArray():
            return {"array": {"at": value.at, "descr": value.descr, "shape": value.shape}}
        case RemoteObject():
            told = {"class": value.cls, "text": value.text} if value.cls else {}
            return {"object": {"handle": value.handle, **told}}
        case list() | tuple():
            return [encode_value(item) for item in value]
        case Mapping():
            return {"members": [[str(key), encode_value(item)] for key, item in value.items()]}
        case _:
            raise TypeError(f"a value of {type(value)} has no JSON form: {value!r:.200}")


def decode_value(raw: Any) -> object:
    """Reads the JSON form of a value."""
    match raw:
        case None | bool() | int() | float() | str():
            return raw
        case list():
            return [decode_value(item) for item in raw]
        case {"real": "nan" | "inf" | "-inf" as real}:
            return float(real)
        case {"members": list(pairs)}:
            return _named(pairs)
        case {"ref": ["parameter" | "step" | "artifact" as origin, str(producer), str(output)]}:
            return Ref(origin, producer, output)
        case {"array": {"path": str(path), **rest}}:
            return SharedArray(path, _member(int | None, rest.get("handle"), "handle"))
        case {"array": {"at": int(at), "descr": str(descr), "shape": list(shape)}}:
            return PlacedArray(at, descr, _member(tuple[int, ...], shape, "shape"))
        case {"object": {"handle": int(handle), **rest}}:
            return RemoteObject(handle, str(rest.get("class", "")), str(rest.get("text", "")))
        case _:
            raise ProtocolError(f"this is no value: {raw!r:.200}")


def _named(raw: Any) -> NamedValues:
    if not isinstance(raw, list):
        raise ProtocolError(f"this is no list of pairs: {raw!r:.200}")
    values = {}
    for pair in raw:
        match pair:
            case [str(name), value]:
                values[name] = decode_value(value)
            case _:
                raise ProtocolError(f"this is no pair of a name and a value: {pair!r:.200}")
    return values


def _record(cls: Any, raw: Any) -> Any:
    arguments = {}
    for field in dataclasses.fields(cls):
        if field.name in raw:
            arguments[field.name] = _member(field.type, raw[field.name], field.name)
        elif field.default is dataclasses.MISSING:
            raise ProtocolError(f"{cls.__name__.lower()} has no member {field.name!r}")
    return cls(**arguments)


def _member(annotation: Any, raw: Any, name: str) -> Any:
    if annotation in _DECODERS:
        return _DECODERS[annotation](raw)
    inner = get_args(annotation)
    match get_origin(annotation):
        case None if dataclasses.is_dataclass(annotation) and isinstance(raw, dict):
            return _record(annotation, raw)
        case None if type(raw) is annotation:
            return raw
        case None if annotation is float and type(raw) is int:
            return float(raw)
        case origin if origin is Literal and raw in inner:
            return raw
        case origin if origin is tuple and isinstance(raw, list):
            return tuple(_member(inner[0], item, name) for item in raw)
        case origin if origin is dict and isinstance(raw, dict):
            return {key: _member(inner[1], item, name) for key, item in raw.items()}
        case origin if origin is UnionType:
            return _alternative(inner, raw, name)
    raise ProtocolError(f"the member {name!r} has the wrong kind: {raw!r:.200}")


def _alternative(choices: tuple[Any, ...], raw: Any, name: str) -> Any:
    if raw is None and NoneType in choices:
        return None
    kind = str if isinstance(raw, str) and str in choices else choices[0]
    return _member(kind, raw, name)


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _encode_named(values: NamedValues) -> object:
    return [[name, encode_value(value)] for name, value in values.items()]


def _encode_values(values: Values) -> object:
    return [encode_value(value) for value in values]


def _decode_values(raw: Any) -> Values:
    if not isinstance(raw, list):
        raise ProtocolError(f"this is no list of values: {raw!r:.200}")
    return [decode_value(item) for item in raw]


_ENCODERS: Mapping[Any, Callable[[Any], object]] = {
    object: encode_value,
    Value | None: encode_value,
    Values: _encode_values,
    NamedValues: _encode_named,
    NamedValues | None: _encode_named,
}
_DECODERS: Mapping[Any, Callable[[Any], object]] = {
    object: decode_value,
    Value | None: decode_value,
    Values: _decode_values,
    NamedValues: _named,
}
_LAYOUT = {
    cls: [
        (field.name, _ENCODERS.get(field.type), field.default is None)
        for field in dataclasses.fields(cls)
    ]
    for cls in _MESSAGES.values()
}
