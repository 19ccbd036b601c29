"""Tasks that print much, or what they should not."""

import base64
import logging
import os
import random
import subprocess
import sys
import time
from typing import IO
from urllib.parse import quote

from dioptra import pyplugs

_LINE = "x" * 90
_LINES = 2_000_000
_ROUNDS = 100


@pyplugs.register
def behave(how: str, detail: str) -> str:
    if how == "flood":
        _flood()
    elif how == "odd":
        _print_oddities()
    elif how == "tell":
        _tell(os.environ[detail])
    return f"did {how}"


def _flood() -> None:
    """The same into a pipe that somebody empties, for comparison, and then into the log."""
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as cat:
        with open(cat.stdin.fileno(), "w", buffering=1, closefd=False) as pipe:
            compared = _print_lines(pipe)
        cat.stdin.close()
    took = _print_lines(sys.stdout)
    logging.getLogger("loud").warning("a pipe took %.2f s, the log took %.2f s", compared, took)


def _print_lines(stream: IO[str]) -> float:
    """200 MB in ten seconds, if nobody holds it up. Returns the seconds it took."""
    start = time.monotonic()
    number = 0
    for done in range(_ROUNDS):
        for _ in range(_LINES // _ROUNDS):
            print(f"{number:8} {_LINE}", file=stream)
            number += 1
        time.sleep(max(0.0, start + (done + 1) * 0.1 - time.monotonic()))
    return time.monotonic() - start


def _print_oddities() -> None:
    """A line of 10 MB, a progress bar, bytes that are no text, and an end without a newline."""
    print("begin of the long line", "x" * 10_000_000, "end")
    for percent in range(0, 101, 50):
        print(f"\r{percent:3} %", end="", flush=True)
    os.write(2, b"\nraw \xff\xfe bytes\n")
    os.write(1, b"\nno newline")


def _tell(secret: str) -> None:
    print("reversed", secret[::-1], "end")
    print("whole", secret, file=sys.stderr)
    logging.getLogger("loud").warning("record %s", secret)
    chance = random.Random(5)
    raw = secret.encode()
    for _ in range(50):
        first, second = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
        os.write(1, b"split " + raw[:first])
        os.write(1, raw[first:second])
        logging.getLogger("loud").info("a record between")
        os.write(1, raw[second:] + b"\n")
    for before in range(3):
        print("base64", base64.b64encode(b"u" * before + raw).decode())
    print("quoted", quote(secret), quote(secret, safe=""))
    raise ValueError(f"the secret is {secret}")
