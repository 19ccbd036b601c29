import logging
import os
import sys
import warnings

import structlog
from dioptra import pyplugs

LOGGER = structlog.get_logger()


@pyplugs.register
def hello(name):
    LOGGER.info("Hello", name=name)
    return f"Hello, {name}"


@pyplugs.register
def speak():
    print("one")
    logging.getLogger("two").warning("two")
    LOGGER.info("three %s", "times", name="x y", number=3)
    sys.stderr.write("four\n")
    sys.stdout.write("5%\r55%\rfive\n")
    sys.stdout.buffer.write(b"six \xff\xfe\n")
    warnings.warn("seven", stacklevel=1)
    sys.stdout.write("eight")


@pyplugs.register
def whereabouts():
    return [os.getcwd(), os.environ.get("__JOB_ID"), os.environ.get("PYTHONPATH"), sys.path[:2]]


@pyplugs.register
def show(value):
    print(value)
