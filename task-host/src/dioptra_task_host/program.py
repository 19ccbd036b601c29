"""Owns the step from a forked process to a host of another language."""

import os
from collections.abc import Mapping, Sequence
from typing import Never

from dioptra_task_host import channel, kernel


def become(command: Sequence[str], variables: Mapping[str, str], socket: str, token: str) -> Never:
    """Replaces this process by a program, which finds its token on stdin.

    It leads a session, and its output is connected already. OSError if there is no such program.
    """
    kernel.lead_session()
    channel.connect_output(socket, token)
    reading, writing = os.pipe()
    os.write(writing, f"{token}\n".encode())
    os.close(writing)
    os.dup2(reading, 0)
    os.execve(command[0], tuple(command), {**os.environ, **variables})
