"""Tasks of one plugin, for hosts without a job."""

import ctypes
import os
import random
import signal
import sys
import tempfile
import time
import uuid

import numpy as np
from dioptra import pyplugs


@pyplugs.register
def draw() -> None:
    print("random", random.getrandbits(64))
    print("numpy", np.random.randint(1 << 62))
    print("uuid", uuid.uuid4())
    print("file", os.path.basename(tempfile.mktemp()))


@pyplugs.register
def crash() -> None:
    print("the last words", file=sys.stderr)
    os.write(2, b"and some past Python\n")
    os.abort()


@pyplugs.register
def sleep() -> None:
    print("sleeping")
    time.sleep(600)


@pyplugs.register
def path() -> None:
    import of_the_site

    print(of_the_site.NAME, "with", os.environ["PYTHONPATH"])


@pyplugs.register
def parent() -> None:
    print("parent", os.getppid())


@pyplugs.register
def hang() -> None:
    signal.signal(signal.SIGTERM, lambda _number, _frame: print("never said"))
    print("hanging")
    c = ctypes.PyDLL(None)
    mutex = ctypes.create_string_buffer(128)
    c.pthread_mutex_lock(mutex)
    c.pthread_mutex_lock(mutex)


@pyplugs.register
def weigh() -> None:
    import weighty.core

    print("weighed by", weighty.core.PID)
