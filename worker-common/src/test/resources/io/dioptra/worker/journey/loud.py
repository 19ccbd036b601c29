"""Tasks that print much, or what they should not."""

import base64
import logging
import os
import random
import sys
import time
from urllib.parse import quote

from dioptra import pyplugs

_LINE = "x" * 90
_LINES = 2_000_000
_ROUNDS = 100


@pyplugs.register
def behave(how: str, detail: str) -> str:
    if how == "flood":
        _flood()
    elif how == "tell":
        _tell(os.environ[detail])
    return f"did {how}"


def _flood() -> None:
    """200 MB in ten seconds, if nobody holds it up."""
    start = time.monotonic()
    number = 0
    for done in range(_ROUNDS):
        for _ in range(_LINES // _ROUNDS):
            print(f"{number:8} {_LINE}")
            number += 1
        time.sleep(max(0.0, start + (done + 1) * 0.1 - time.monotonic()))
    logging.getLogger("loud").warning("took %.2f s", time.monotonic() - start)


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
