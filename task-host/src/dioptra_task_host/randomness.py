"""Owns the random state of a forked host: nothing of it may come from the template.

Python's own `random` seeds itself anew after a fork, `uuid`, `secrets` and `tempfile` keep no state
across one, and TensorFlow seeds itself at its first operation, which a template never runs.
"""

import sys
from typing import Any


def reseed() -> None:
    """Seeds the global generators of the libraries that are already imported. Imports nothing."""
    numpy_random: Any = sys.modules.get("numpy.random")
    if numpy_random:
        numpy_random.seed()
    torch: Any = sys.modules.get("torch")
    if torch:
        torch.default_generator.seed()
