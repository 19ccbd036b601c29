import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from dioptra import pyplugs
from dioptra.pyplugs import _plugins

from dioptra_task_host import loader
from dioptra_task_host.failures import NotFoundError, format_traceback
from dioptra_task_host.loader import Loader

TASK = "from dioptra import pyplugs\n@pyplugs.register\ndef f(): return {!r}\n"


@pytest.fixture(autouse=True)
def _clean_interpreter() -> Iterator[None]:
    path, modules, plugins = sys.path[:], set(sys.modules), dict(_plugins._PLUGINS)
    yield
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        del sys.modules[name]
    _plugins._PLUGINS.clear()
    _plugins._PLUGINS.update(plugins)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("plugins", "serialize", "deserialize"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def plugins(folder: Path) -> Loader:
    return Loader(folder / "plugins", folder / "serialize", folder / "deserialize", lambda: None)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_a_task_is_imported_from_plugins_at_its_first_call(folder: Path, plugins: Loader) -> None:
    _write(folder / "plugins" / "pkg" / "tasks.py", TASK.format("plugin"))
    assert plugins.task("pkg.tasks.f")() == "plugin"
    assert sys.path[1] == str(folder / "plugins")


def test_a_task_may_have_no_package_or_a_deep_one(folder: Path, plugins: Loader) -> None:
    _write(folder / "plugins" / "alone.py", TASK.format("alone"))
    _write(folder / "plugins" / "a" / "b" / "deep.py", TASK.format("deep"))
    assert plugins.task("alone.f")() == "alone"
    assert plugins.task("a.b.deep.f")() == "deep"


def test_what_was_imported_for_artifacts_serves_the_tasks_too(
    folder: Path, plugins: Loader
) -> None:
    _write(folder / "serialize" / "both" / "tasks.py", TASK.format("serialize"))
    _write(folder / "plugins" / "both" / "tasks.py", TASK.format("plugins"))
    with plugins.artifact_module("both", "tasks.py"):
        assert sys.path[0] == str(folder / "serialize")
    assert str(folder / "serialize") not in sys.path
    assert plugins.task("both.tasks.f")() == "serialize"


def test_an_init_file_of_an_artifact_plugin_runs_twice(folder: Path, plugins: Loader) -> None:
    _write(folder / "serialize" / "twice" / "__init__.py", "RUNS = []\n")
    with plugins.artifact_module("twice", "__init__.py") as module:
        assert module.__name__ == "twice.__init__"
        assert sys.modules["twice"].RUNS is not module.RUNS


def test_input_artifacts_are_read_by_a_package_named_after_its_snapshot(
    folder: Path, plugins: Loader
) -> None:
    _write(folder / "deserialize" / "3_5" / "tasks.py", "from .data import X\n")
    _write(folder / "deserialize" / "3_5" / "data.py", "X = 1\n")
    with plugins.input_module("3_5", "sub/tasks.py") as module:
        assert (module.__name__, module.X) == ("3_5.tasks", 1)


def test_steps_and_serialization_share_the_second_place(folder: Path, plugins: Loader) -> None:
    before = sys.path[:]
    _write(folder / "plugins" / "one.py", TASK.format(1))
    plugins.task("one.f")
    plugins.task("one.f")
    plugins.enter_serialization()
    assert sys.path == [before[0], str(folder / "serialize"), *before[1:]]


@pytest.mark.parametrize(
    ("plugin", "message"),
    [
        ("pkg.nowhere.f", "Plugin 'nowhere' not found in 'pkg'"),
        ("nopkg.tasks.f", "Package 'nopkg' does not exist"),
        ("nomodule.f", "Plugin 'nomodule' not found"),
        ("pkg.empty.f", "Could not find any plug-in named 'empty' inside 'pkg'. Use"),
        ("pkg.tasks.g", "Could not find any function named 'g' inside 'pkg.tasks'. Use"),
        ("f", "A task plugin must be a dot-delimited string of at least two components: f"),
    ],
)
def test_a_missing_task_is_told_in_dioptras_words(
    folder: Path, plugins: Loader, plugin: str, message: str
) -> None:
    _write(folder / "plugins" / "pkg" / "tasks.py", TASK.format(1))
    _write(folder / "plugins" / "pkg" / "empty.py", "")
    with pytest.raises(NotFoundError) as raised:
        plugins.task(plugin)
    assert str(raised.value).startswith(message)


def test_a_missing_library_is_the_plugins_own_import_error(folder: Path, plugins: Loader) -> None:
    _write(folder / "plugins" / "pkg" / "tasks.py", "import no_such_library\n")
    with pytest.raises(ModuleNotFoundError, match="no_such_library") as raised:
        plugins.task("pkg.tasks.f")
    assert raised.tb.tb_next
    ours_first = raised.value.with_traceback(raised.tb.tb_next)
    frames = [line for line in format_traceback(ours_first).splitlines() if "  File" in line]
    assert len(frames) == 1
    assert frames[0].startswith(f'  File "{folder}')


def test_our_own_folder_leaves_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = str(Path(loader.__file__).parents[1])
    monkeypatch.setattr(sys, "path", ["/current", ours, "/other", "/lib"])
    left = loader.settle_path(f"{ours}:/other")
    assert left == "/other"
    assert sys.path == [str(Path(sys.executable).parent), "/other", "/lib"]


def test_pyplugs_is_the_registry() -> None:
    assert pyplugs.exists("no", "where") is False
