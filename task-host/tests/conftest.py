from collections.abc import Iterator
from pathlib import Path

import pytest

from worker import Worker


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    with Worker(tmp_path) as started:
        yield started
