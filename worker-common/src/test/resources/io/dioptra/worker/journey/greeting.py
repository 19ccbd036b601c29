"""A greeting, as a job's smallest work."""

import structlog
from dioptra import pyplugs

LOGGER = structlog.get_logger()


@pyplugs.register
def greet(name: str) -> str:
    LOGGER.info("greeting", name=name)
    return f"Hello, {name}"


@pyplugs.register
def shout(greeting: str) -> str:
    return greeting.upper()
