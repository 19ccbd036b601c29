"""Tasks of one plugin, for hosts without a job."""

import ctypes
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import warnings

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
def speak() -> None:
    """Says twenty things by every way there is, in an order that numbers tell."""
    libc = ctypes.CDLL(None)
    number = 0
    while number < 200:
        print("print", number)
        logging.getLogger("moods").info("record %d", number + 1)
        libc.printf(b"printf %d\n", ctypes.c_int(number + 2))
        warnings.warn(f"warning {number + 3}", stacklevel=1)
        subprocess.run(["/bin/echo", "echo", str(number + 4)], check=True)
        sys.stderr.write(f"stderr {number + 5}\n")
        print(f"bar {number + 6}", end="\r")
        logging.getLogger("moods").error("record %d", number + 7)
        os.write(2, b"descriptor %d\n" % (number + 8))
        logging.getLogger("moods").warning("record %d", number + 9)
        number += 10


@pyplugs.register
def shout() -> None:
    """Prints megabytes in C with the interpreter's lock held, while another thread logs."""
    libc = ctypes.PyDLL(None)
    line = b"%d " + b"x" * 4000 + b"\n"

    def log() -> None:
        for number in range(200):
            logging.getLogger("moods").info("record %d", number)

    thread = threading.Thread(target=log)
    thread.start()
    for number in range(2000):
        libc.printf(line, ctypes.c_int(number))
    thread.join()


@pyplugs.register
def redirect() -> None:
    with open("redirected.txt", "wb", buffering=0) as file:
        before = os.dup(1)
        os.dup2(file.fileno(), 1)
        print("into the file")
        logging.getLogger("moods").info("a record")
        os.dup2(before, 1)
        os.close(before)
    print("back again")
    with open("redirected.txt") as file:
        print("the file has", repr(file.read()))


@pyplugs.register
def cost(what: str, times: int) -> None:
    line = "x" * 80
    logger = logging.getLogger("moods")
    start = time.perf_counter()
    if what == "print":
        for _ in range(times):
            print(line)
    else:
        for _ in range(times):
            logger.info(line)
    seconds = time.perf_counter() - start
    print(f"{what} took {seconds / times * 1e6:.1f} us each")


@pyplugs.register
def weigh() -> None:
    import weighty.core

    print("weighed by", weighty.core.PID)
