"""Owns the messages of the host protocol, as protocol/README.md describes them. Knows no JSON."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias

VERSION = 1

Role: TypeAlias = Literal["template", "host", "stdout", "stderr", "caller"]
Origin: TypeAlias = Literal["parameter", "step", "artifact"]
Severity: TypeAlias = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
How: TypeAlias = Literal["stacks", "ask", "end"]
"""What reaches a host: a request for the stack of every thread, SIGTERM, or its certain end."""
Kind: TypeAlias = Literal[
    "raised", "memory", "disk", "module", "jvm", "not-found", "exit", "request", "fork"
]

Texts: TypeAlias = tuple[str, ...]
Outputs: TypeAlias = Texts | str | None
"""Names for a value: for its items, for the whole, or none."""

Value: TypeAlias = object
"""null, bool, int, float, str, list, dict of these, `Ref`; from host to host `SharedArray`,
`PlacedArray` and `RemoteObject` instead."""

Values: TypeAlias = list[object]
NamedValues: TypeAlias = dict[str, object]


class ProtocolError(Exception):
    """The other side sent what the protocol does not allow."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Names a value that stays in the host; `output` is empty for a parameter."""

    origin: Origin
    producer: str
    output: str

    def __str__(self) -> str:
        output = f", output {self.output!r}" if self.output else ""
        return f"{self.origin} {self.producer!r}{output}"


@dataclass(frozen=True, slots=True)
class SharedArray:
    """Names an .npy file in shared memory; `handle` is given back when it is open."""

    path: str
    handle: int | None = None


@dataclass(frozen=True, slots=True)
class PlacedArray:
    """Names an array in the window of a connection, the other side's until the next message.

    `descr` is the type of its elements as in an .npy file.
    """

    at: int
    descr: str
    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RemoteObject:
    """Names an object that stays in another host."""

    handle: int
    cls: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """A file of an artifact plugin and the artifact tasks registered in it."""

    plugin: str
    file: str
    tasks: Texts


@dataclass(frozen=True, slots=True)
class Import:
    """A module that a template or a job imported, and how long it took, in seconds."""

    module: str
    seconds: float


@dataclass(frozen=True, slots=True)
class MissingModule:
    """A module that the template could not import."""

    module: str
    error: str


@dataclass(frozen=True, slots=True)
class Hello:
    TYPE: ClassVar[str] = "hello"
    protocol: int
    role: Role
    token: str
    pid: int


@dataclass(frozen=True, slots=True)
class Importing:
    TYPE: ClassVar[str] = "importing"
    module: str


@dataclass(frozen=True, slots=True)
class Ready:
    TYPE: ClassVar[str] = "ready"
    imports: tuple[Import, ...]
    missing: tuple[MissingModule, ...]
    forkable: bool
    reason: str
    culprit: str


@dataclass(frozen=True, slots=True)
class Fork:
    TYPE: ClassVar[str] = "fork"
    id: int
    token: str
    socket: str
    command: Texts | None = None
    variables: dict[str, str] | None = None
    user: tuple[int, ...] | None = None
    open_files: int | None = None


@dataclass(frozen=True, slots=True)
class Kill:
    TYPE: ClassVar[str] = "kill"
    id: int
    pid: int
    how: How


@dataclass(frozen=True, slots=True)
class Ended:
    TYPE: ClassVar[str] = "ended"
    pid: int
    status: int | None
    signal: int | None
    # How much it used is no part of how it ended.
    cpu: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Quit:
    TYPE: ClassVar[str] = "quit"


@dataclass(frozen=True, slots=True)
class Prepare:
    TYPE: ClassVar[str] = "prepare"
    id: int
    folder: str
    plugins: str
    serialize: str
    deserialize: str
    environment: dict[str, str | None]
    level: str
    user: tuple[int, ...] | None
    open_files: int | None


@dataclass(frozen=True, slots=True)
class Resume:
    TYPE: ClassVar[str] = "resume"
    id: int
    run: str


@dataclass(frozen=True, slots=True)
class Describe:
    TYPE: ClassVar[str] = "describe"
    id: int
    modules: tuple[Module, ...]


@dataclass(frozen=True, slots=True)
class Bind:
    TYPE: ClassVar[str] = "bind"
    id: int
    parameters: NamedValues


@dataclass(frozen=True, slots=True)
class Load:
    TYPE: ClassVar[str] = "load"
    id: int
    name: str
    folder: str
    path: str
    package: str
    file: str
    task: str
    outputs: Outputs


@dataclass(frozen=True, slots=True)
class Call:
    TYPE: ClassVar[str] = "call"
    id: int
    step: str
    plugin: str
    args: Values
    kwargs: NamedValues
    outputs: Outputs
    drop: Values


@dataclass(frozen=True, slots=True)
class Save:
    TYPE: ClassVar[str] = "save"
    id: int
    name: str
    contents: Value
    task: str
    arguments: NamedValues
    drop: Values


@dataclass(frozen=True, slots=True)
class Finish:
    TYPE: ClassVar[str] = "finish"
    id: int


@dataclass(frozen=True, slots=True)
class Stacks:
    """For hosts of other languages: Python's are asked by a signal."""

    TYPE: ClassVar[str] = "stacks"
    id: int


@dataclass(frozen=True, slots=True)
class Want:
    """A host wants to call tasks in another one, or to know how that ended."""

    TYPE: ClassVar[str] = "want"
    id: int
    host: Literal["jvm"]
    lost: bool
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    TYPE: ClassVar[str] = "granted"
    id: int
    socket: str
    token: str


@dataclass(frozen=True, slots=True)
class Refused:
    TYPE: ClassVar[str] = "refused"
    id: int
    message: str
    memory: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A call from host to host."""

    TYPE: ClassVar[str] = "run"
    id: int
    task: str
    args: Values
    kwargs: NamedValues


@dataclass(frozen=True, slots=True)
class Window:
    """Where small arrays of a caller lie, and their results. It has no answer."""

    TYPE: ClassVar[str] = "window"
    path: str


@dataclass(frozen=True, slots=True)
class Release:
    """What a caller needs no longer. It has no answer."""

    TYPE: ClassVar[str] = "release"
    handles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The good answer; what it carries depends on the request. Members that are None stay out."""

    TYPE: ClassVar[str] = "done"
    id: int
    pid: int | None = None
    names: Texts | None = None
    schemas: NamedValues | None = None
    path: str | None = None
    imports: tuple[Import, ...] | None = None
    mark: int | None = None
    socket: str | None = None
    token: str | None = None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    TYPE: ClassVar[str] = "failed"
    id: int
    kind: Kind
    message: str
    exception: str | None = None
    traceback: str | None = None
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Log:
    TYPE: ClassVar[str] = "log"
    time: float
    severity: Severity
    logger: str
    event: str
    fields: str = ""
    details: str = ""
    mark: int | None = None


HostRequest: TypeAlias = Prepare | Resume | Describe | Bind | Load | Call | Save | Finish
ProgramRequest: TypeAlias = Stacks
TemplateRequest: TypeAlias = Fork | Kill | Quit
TemplateEvent: TypeAlias = Importing | Ready | Ended
CallerRequest: TypeAlias = Run | Release | Window
Reply: TypeAlias = Granted | Refused
Message: TypeAlias = (
    HostRequest
    | ProgramRequest
    | TemplateRequest
    | TemplateEvent
    | CallerRequest
    | Reply
    | Want
    | Hello
    | Done
    | Failed
    | Log
)
