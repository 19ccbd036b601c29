"""Owns the step from a forked process to a host of another language."""

import os
from typing import Never

from dioptra_task_host import channel, kernel
from dioptra_task_host.protocol import Fork


def become(order: Fork) -> Never:
    """Replaces this process by the program of an order. OSError if there is no such program.

    It leads a session, all its connections are open and greeted, and stdin is the one for frames:
    as another user it could not reach the worker's socket any more.
    """
    assert order.command
    kernel.lead_session()
    channel.connect_output(order.socket, order.token)
    connection = channel.Channel(order.socket, "host", order.token)
    os.dup2(connection.fileno(), 0)
    if order.open_files is not None:
        kernel.limit_open_files(order.open_files)
    if order.user:
        user, group = order.user
        kernel.become(user, group)
    os.execve(order.command[0], order.command, {**os.environ, **(order.variables or {})})
