"""Owns the random state of a forked host: nothing of it may come from the template.

Python's own `random` seeds itself anew after a fork; `tempfile` does when it sees another process
number; `uuid4`, `secrets` and numpy's `default_rng()` ask the kernel each time. TensorFlow and
Keras seed themselves at their first operation, which a template never runs. What a library keeps
for itself, like a generator it made with a seed of its own, is the same in every process, too.
"""

import os
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
    processes: Any = sys.modules.get("multiprocessing.process")
    if processes:
        # With it the processes of one job know each other.
        processes.current_process().authkey = os.urandom(32)
