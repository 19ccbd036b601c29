"""Owns the command line of the task host: arguments, wiring, exit codes."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from types import ModuleType

from dioptra_task_host import channel, host, kernel, loader, logs, program, template
from dioptra_task_host.protocol import ProtocolError

_EX_SOFTWARE = 70
_EX_IOERR = 74


def main(arguments: Sequence[str]) -> int:
    """Runs a template, or the host it became, to its end. Returns the exit status."""
    options = _parser().parse_args(arguments)
    _settle()
    token = channel.read_token()
    try:
        return _run(options.socket, token, options.preload)
    except ProtocolError as error:
        _complain(f"the protocol was broken: {error}")
        return _EX_SOFTWARE
    except OSError as error:
        _complain(f"the connection to the worker failed: {error}")
        return _EX_IOERR


def _run(path: str, token: str, preload: Sequence[str]) -> int:
    kernel.hide_memory()
    channel.quiet_stdin()
    channel.stdout_to_stderr()
    # Ctrl-C at a terminal is for the worker: it decides when its template ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with channel.Channel(path, "template", token) as connection:
        ready = template.preload(preload, connection.send)
        order = template.Template(connection, ready).serve()
    if order is None:
        return 0
    if order.command:
        program.become(order)
    return host.Host(host.connect(order.socket, order.token)).serve()


def _settle() -> None:
    """Leaves nothing of ours where plugins and their children would meet it."""
    left = loader.settle_path(os.environ.pop("PYTHONPATH", ""))
    if left:
        os.environ["PYTHONPATH"] = left
    # A child that multiprocessing spawns imports the main module of its parent.
    sys.modules["__main__"] = ModuleType("__main__")
    logs.configure_structlog()
    logs.log_to_stderr()


def _complain(message: str) -> None:
    os.write(2, f"dioptra_task_host: {message}\n".encode(errors="replace"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dioptra_task_host", description=__doc__)
    template_parser = parser.add_subparsers(dest="role", required=True).add_parser("template")
    template_parser.add_argument("--socket", required=True, metavar="PATH")
    template_parser.add_argument(
        "--preload",
        type=lambda text: [module for module in text.split(",") if module],
        default=[],
        metavar="MODULE,MODULE…",
        help="what is imported before the first fork; nothing for a bare template",
    )
    return parser


if __name__ == "__main__":
    host.leave(main(sys.argv[1:]))
