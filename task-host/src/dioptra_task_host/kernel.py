"""Owns what the operating system is told and asked about this process. Linux first."""

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38

# Loaded once, before any fork: a host looks nothing up.
_LIBC = ctypes.CDLL(None)
_ALL_SIGNALS = ctypes.create_string_buffer(128)  # at least the size of a sigset_t
_LIBC.sigfillset(_ALL_SIGNALS)
_IS_LINUX = sys.platform == "linux"

STACKS: int = signal.SIGRTMAX - 1 if sys.platform == "linux" else signal.SIGUSR2
"""The signal on which a host writes the Python stack of every thread to its stderr. Programs hardly
use the last real-time signals."""


def lead_session() -> None:
    """Makes this process the leader of a session of its own, unless it leads one already."""
    with suppress(PermissionError):
        os.setsid()


def die_with(parent: int) -> None:
    """Lets the kernel kill this process when its parent, `parent`, is gone."""
    if _IS_LINUX:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def hide_memory() -> None:
    """Keeps other processes of this user, and debuggers, out of this one."""
    if _IS_LINUX:
        _LIBC.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def show_memory() -> None:
    """Undoes `hide_memory` in a child: plugins and their tools look at themselves."""
    if _IS_LINUX:
        _LIBC.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)


def be_ended_first() -> None:
    """Lets the kernel choose this process, and what it starts, when memory runs out."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def limit_open_files(most: int) -> None:
    """Limits the descriptors of this process and of what it starts, as far as it may."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def become(user: int, group: int) -> None:
    """Makes this process, which has to be root's, another user's for good."""
    parent = os.getppid()
    os.setgroups([group])
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)
    if _IS_LINUX:
        _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # The kernel takes both away from who changes its user.
    show_memory()
    die_with(parent)


def adopt_orphans() -> None:
    """Makes descendants that lose their parent children of this process."""
    if _IS_LINUX:
        _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children() -> set[int]:
    """The child processes of this process, ended ones included; none where nobody can tell."""
    pid = os.getpid()
    try:
        return {
            int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        }
    except OSError:
        return set()


def ask_for_stacks(host: int) -> None:
    """Lets a host write its stacks. A process that it started would not know the signal."""
    with suppress(ProcessLookupError, PermissionError):
        os.kill(host, STACKS)


def ask_group_to_end(leader: int) -> None:
    """Sends SIGTERM to the group of a child, or to the child that leads no group yet."""
    with suppress(ProcessLookupError, PermissionError):
        try:
            os.killpg(leader, signal.SIGTERM)
        except ProcessLookupError:
            os.kill(leader, signal.SIGTERM)


def kill_group(leader: int) -> None:
    """Kills a child that has not been reaped yet, and the group it leads."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(leader, signal.SIGKILL)


def kill_tree(root: int) -> None:
    """Kills a child with its group and all its descendants, which cannot start others meanwhile."""
    stopped: set[int] = set()
    while fresh := descendants(root) - stopped:
        for pid in fresh:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGSTOP)
        stopped |= fresh
    kill_group(root)
    for pid in stopped:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


def descendants(root: int) -> set[int]:
    """The processes that `root` has started, and theirs; without those that have ended."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name in parentheses may hold anything.
            state, parent = entry.read_text(errors="replace").rpartition(")")[2].split()[:2]
            if state != "Z":
                parents[int(entry.parent.name)] = int(parent)
    found: set[int] = set()
    generation = {root}
    while generation:
        generation = {pid for pid, parent in parents.items() if parent in generation} - found
        found |= generation
    return found


def native_threads() -> list[str]:
    """The names of the operating system's threads of this process but the first."""
    names = []
    with suppress(OSError):
        for task in Path("/proc/self/task").iterdir():
            if task.name != str(os.getpid()):
                names.append((task / "comm").read_text().strip())
    return names


def process_name() -> str:
    """The name that threads have which never took one of their own."""
    with suppress(OSError):
        return Path("/proc/self/comm").read_text().strip()
    return ""


def open_devices(prefix: str) -> bool:
    """Whether this process has a device open whose path begins with `prefix`."""
    with suppress(OSError):
        for descriptor in Path("/proc/self/fd").iterdir():
            with suppress(OSError):
                if str(descriptor.readlink()).startswith(prefix):
                    return True
    return False


def openblas_threads() -> int:
    """How many threads the copies of OpenBLAS in this process may have started."""
    return sum(max(0, _openblas_size(library) - 1) for library in _mapped("openblas"))


def cuda_is_used() -> bool:
    """Whether CUDA's driver is in use: its state lies in memory that a child cannot use."""
    return any(_cuda_answers(library) for library in _mapped("libcuda.so"))


def _cuda_answers(library: str) -> bool:
    with suppress(OSError, AttributeError):
        context = ctypes.c_void_p()
        # Anything but 0 means that nobody has initialised the driver yet.
        driver = ctypes.CDLL(library, mode=os.RTLD_NOLOAD | os.RTLD_LAZY)
        return bool(driver.cuCtxGetCurrent(ctypes.byref(context)) == 0)
    return False


def _openblas_size(library: str) -> int:
    with suppress(OSError):
        blas = ctypes.CDLL(library, mode=os.RTLD_NOLOAD | os.RTLD_LAZY)
        for prefix in ("", "scipy_"):
            for suffix in ("", "64_", "_64_"):
                with suppress(AttributeError):
                    return int(getattr(blas, f"{prefix}openblas_get_num_threads{suffix}")())
    return 0


def _mapped(name: str) -> set[str]:
    """The libraries in the memory of this process whose file names contain `name`."""
    with suppress(OSError):
        lines = Path("/proc/self/maps").read_text().splitlines()
        paths = {line[line.index("/") :] for line in lines if "/" in line}
        return {path for path in paths if name in path.rpartition("/")[2]}
    return set()


def no_signals() -> ctypes.Array[ctypes.c_char]:
    return ctypes.create_string_buffer(len(_ALL_SIGNALS))


def block_signals(before: ctypes.Array[ctypes.c_char]) -> None:
    """Blocks all signals of this thread; `before` takes those that were blocked already.

    A call of `signal.pthread_sigmask` would take 0.1 ms: it names every signal of its result.
    """
    _LIBC.pthread_sigmask(signal.SIG_BLOCK, _ALL_SIGNALS, before)


def restore_signals(before: ctypes.Array[ctypes.c_char]) -> None:
    _LIBC.pthread_sigmask(signal.SIG_SETMASK, before, None)


def flush_c_stdout() -> None:
    """Writes what C code has printed and the C library still holds."""
    with suppress(ValueError):
        _LIBC.fflush(ctypes.c_void_p.in_dll(_LIBC, "stdout"))
