"""What the real program tells of the imports of a job."""

from pathlib import Path

import pytest

from dioptra_task_host.protocol import Done
from worker import JobHost, Worker

SLOW = "import time\ntime.sleep({})\n"
PLUGIN = """
from dioptra import pyplugs
{imports}

@pyplugs.register
def work():
    import slow_later
    import slow_package.part
    import json
"""


@pytest.fixture
def host(worker: Worker) -> JobHost:
    site = worker.folder / "modules"
    _write(site / "slow_inner.py", SLOW.format(0.1))
    _write(site / "slow_outer.py", "import slow_inner\nimport quick\n" + SLOW.format(0.1))
    _write(site / "quick.py", "")
    _write(site / "slow_later.py", "import slow_inner_later\nimport quick_later\n")
    _write(site / "slow_inner_later.py", SLOW.format(0.1))
    _write(site / "quick_later.py", "")
    _write(site / "slow_package" / "__init__.py", "")
    _write(site / "slow_package" / "part.py", "import slow_package.deep\n" + SLOW.format(0.1))
    _write(site / "slow_package" / "deep.py", SLOW.format(0.1) + "import quick_deep")
    _write(site / "quick_deep.py", "")
    host = worker.host()
    (host.folder / "plugins").unlink()
    plugins = host.folder / "plugins"
    _write(plugins / "slow" / "own.py", SLOW.format(0.1))
    imports = "import slow_outer\nimport quick\nimport slow.own\nimport no_module_at_all"
    guarded = f"try:\n{_indented(imports)}\nexcept ImportError:\n    pass"
    _write(plugins / "slow" / "tasks.py", PLUGIN.format(imports=guarded))
    host.prepare()
    return host


def test_what_took_long_and_did_not_come_with_the_job_is_told(host: JobHost) -> None:
    assert isinstance(host.call("slow.tasks.work"), Done)
    done = host.finish()

    assert done.imports
    times = {told.module: told.seconds for told in done.imports}
    assert set(times) == {"slow_outer", "slow_later", "slow_package.part"}
    assert 0.2 <= times["slow_outer"] < 1
    assert 0.1 <= times["slow_later"] < 1
    assert 0.1 <= times["slow_package.part"] < 1


def test_a_module_without_imports_of_its_own_is_told_too(host: JobHost) -> None:
    _write(host.folder.parent / "modules" / "slow_leaf.py", SLOW.format(0.1))
    _write(
        host.folder / "plugins" / "leaf" / "tasks.py",
        "import slow_leaf\nfrom dioptra import pyplugs\n\n"
        "@pyplugs.register\ndef work():\n    import time\n\n    time.sleep(0.5)\n",
    )
    assert isinstance(host.call("leaf.tasks.work"), Done)
    done = host.finish()

    assert done.imports
    (told,) = done.imports
    assert told.module == "slow_leaf"
    assert 0.1 <= told.seconds < 0.4


def test_a_job_that_imported_nothing_slow_tells_nothing(worker: Worker) -> None:
    host = worker.template(["numpy"]).fork()
    host.prepare()
    assert isinstance(host.call("greeting.tasks.hello", "Eve"), Done)
    assert host.finish().imports == ()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def _indented(lines: str) -> str:
    return "\n".join(f"    {line}" for line in lines.splitlines())
