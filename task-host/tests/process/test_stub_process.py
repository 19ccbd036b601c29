"""The plugin that stands for JVM tasks, on a worker that has none."""

import subprocess
import sys
from pathlib import Path

PLUGIN = Path(__file__).parents[3] / "examples" / "plugins" / "squeezing"


def test_another_worker_says_which_image_is_needed() -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", "import tasks"],
        cwd=PLUGIN,
        env={"PYTHONPATH": str(PLUGIN), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        'ImportError: The tasks of "squeezing" run on the JVM, which this worker has not: submit '
        "the job to a queue that is served by an image of the Java worker, dioptra/worker-*, with "
        "their jar."
    )
