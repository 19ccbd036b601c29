"""Three small text tasks, for a first job."""

import structlog
from dioptra import pyplugs

LOGGER = structlog.stdlib.get_logger()


@pyplugs.register
def compose(salutation: str, name: str) -> str:
    """Return ``"<salutation>, <name>"``.

    Raises:
        ValueError: if ``name`` is blank.
    """
    if not name.strip():
        raise ValueError("nobody to greet: the parameter name is blank")
    LOGGER.info("Composing a greeting", name=name)
    return f"{salutation}, {name}"


@pyplugs.register
def emphasize(text: str, mark: str, times: int) -> str:
    """Return ``text`` with ``mark`` added ``times`` times.

    Raises:
        ValueError: if ``times`` is negative.
    """
    if times < 0:
        raise ValueError(f"times must not be negative: {times}")
    return text + mark * times


@pyplugs.register
def announce(text: str) -> str:
    """Write ``text`` to the job's log and return it."""
    LOGGER.info(text)
    return text
