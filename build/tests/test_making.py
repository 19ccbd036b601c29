"""A layer's folder is what pip expects, and the same whenever it is made."""

import csv
import importlib.util
import os
import shutil
import stat
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import MakeWheel
from elf import program

from python_layers.cache import LayerCache
from python_layers.failures import LayerError
from python_layers.images import Layer
from python_layers.locks import Distribution
from python_layers.platforms import platform_named, this_platform
from python_layers.uv import Uv
from python_layers.venv import site_of, venv_of

_FILES = {
    "shape/__init__.py": b"def area(a: int, b: int) -> int:\n    return a * b\n",
    "shape/template.py": b"class {{ name }}:\n",
    "shape/core.pyx": b"cdef int x\n",
    "shape/core.h": b"int x;\n",
    "shape/data/model.h5": b"data",
    "shape/tests/test_area.py": b"assert True\n",
    "shape/testing/__init__.py": b"",
    "shape-1.0.dist-info/entry_points.txt": b"[console_scripts]\nshape-area = shape:area\n",
}


@pytest.fixture
def shape(make_wheel: MakeWheel) -> Distribution:
    return make_wheel("shape", _FILES)


@pytest.fixture
def make(tmp_path: Path, wheels: Path, uv: Uv) -> "Make":
    return Make(tmp_path, wheels, uv)


class Make:
    """Makes a layer in a cache of its own."""

    def __init__(self, folder: Path, wheels: Path, uv: Uv) -> None:
        self._folder, self._wheels, self._uv = folder, wheels, uv

    def __call__(
        self,
        *packages: Distribution,
        name: str = "python-base",
        cache: str = "cache",
        platform: str = this_platform().name,
    ) -> Path:
        layer = Layer(name, packages, find_links=str(self._wheels))
        layers = LayerCache(self._folder / cache, platform_named(platform), self._uv)
        ((made, tree),) = layers.trees(layer)
        assert made == name
        return tree


def test_what_no_program_reads_is_not_there(make: Make, shape: Distribution) -> None:
    site = site_of(make(shape))
    there = {str(path.relative_to(site)) for path in site.glob("shape/**/*") if path.is_file()}
    assert there == {
        "shape/__init__.py",
        "shape/__pycache__/__init__.cpython-311.pyc",
        "shape/data/model.h5",
        "shape/template.py",
        "shape/testing/__init__.py",
        "shape/testing/__pycache__/__init__.cpython-311.pyc",
    }


def test_the_record_tells_what_is_there(make: Make, shape: Distribution) -> None:
    site = site_of(make(shape))
    with (site / "shape-1.0.dist-info" / "RECORD").open(newline="") as lines:
        rows = list(csv.reader(lines))
    paths = [path for path, _, _ in rows]
    assert paths == sorted(paths)
    assert all((site / path).exists() for path in paths)
    assert "../../../bin/shape-area" in paths
    assert not [path for path in paths if "tests" in path or "REQUESTED" in path]
    sizes = {path: int(size) for path, _, size in rows if size}
    assert sizes == {path: (site / path).stat().st_size for path in sizes}


def test_scripts_start_with_the_interpreter_of_the_image(make: Make, shape: Distribution) -> None:
    script = venv_of(make(shape)) / "bin" / "shape-area"
    assert script.read_text().splitlines()[0] == "#!/opt/venv/bin/python"


def test_the_lowest_layer_is_a_virtual_environment(make: Make, shape: Distribution) -> None:
    venv = venv_of(make(shape))
    assert "home = /usr/local/bin\n" in (venv / "pyvenv.cfg").read_text()
    for name in ("python", "python3", "python3.11"):
        assert 'exec -a "$0" /usr/local/bin/python3.11 "$@"' in (venv / "bin" / name).read_text()
        assert os.access(venv / "bin" / name, os.X_OK)
    upper = venv_of(make(shape, name="python-torch", cache="other"))
    assert not (upper / "pyvenv.cfg").exists()


def test_bytecode_is_used_without_a_look_at_its_source(make: Make, shape: Distribution) -> None:
    source = site_of(make(shape)) / "shape" / "__init__.py"
    bytecode = Path(importlib.util.cache_from_source(str(source))).read_bytes()
    assert bytecode[:4] == importlib.util.MAGIC_NUMBER
    assert int.from_bytes(bytecode[4:8], "little") == 0b01  # hash-based, not checked
    assert b"/opt/venv/lib/python3.11/site-packages/shape/__init__.py" in bytecode


def test_a_layer_made_twice_is_the_same(
    make: Make, shape: Distribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make(shape, cache="first")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    before = os.umask(0o077)
    try:
        second = make(shape, cache="a/much/longer/folder" + "/folder" * 20)
    finally:
        os.umask(before)
    assert _content(first) == _content(second)


def test_a_layer_is_made_once(make: Make, shape: Distribution) -> None:
    tree = make(shape)
    mark = tree / "mark"
    mark.touch()
    assert make(shape) == tree
    assert mark.exists()


def test_a_layer_that_was_not_finished_is_made_anew(make: Make, shape: Distribution) -> None:
    tree = make(shape)
    (tree / "mark").touch()
    (tree.parent / ".complete").unlink()
    make(shape)
    assert not (tree / "mark").exists()


def test_permissions_and_times_are_the_same_everywhere(make: Make, shape: Distribution) -> None:
    tree = make(shape)
    status = [path.stat() for path in tree.rglob("*")]
    assert {stat.S_IMODE(one.st_mode) for one in status} == {0o644, 0o755}
    assert {one.st_mtime_ns for one in status} == {1_000_000_000}


def test_a_program_for_another_processor_is_refused(make: Make, make_wheel: MakeWheel) -> None:
    tool = make_wheel("tool", {"tool/tool": program("x86_64")})
    with pytest.raises(LayerError, match="tool/tool is not for linux/arm64: its package has no"):
        make(tool, platform="linux/arm64")
    assert make(tool, platform="linux/amd64")


def test_a_wheel_for_another_processor_is_refused(make: Make, make_wheel: MakeWheel) -> None:
    tool = make_wheel("tool", {"tool/__init__.py": b""}, tag="py3-none-manylinux_2_28_x86_64")
    with pytest.raises(LayerError, match="was not installed for linux/arm64"):
        make(tool, platform="linux/arm64")


def test_a_file_that_differs_from_its_hash_is_refused(make: Make, shape: Distribution) -> None:
    with pytest.raises(LayerError, match="was not installed"):
        make(replace(shape, hashes=("sha256:" + 64 * "0",)))


def test_two_packages_with_one_file_are_refused(make: Make, make_wheel: MakeWheel) -> None:
    one = make_wheel("one", {"same.py": b"1\n"})
    other = make_wheel("other", {"same.py": b"2\n"})
    with pytest.raises(LayerError, match=r"one-1\.0 and other-1\.0 both install same\.py"):
        make(one, other)


def test_pip_replaces_and_removes_what_was_trimmed(
    make: Make, shape: Distribution, make_wheel: MakeWheel, tmp_path: Path, uv: Uv
) -> None:
    venv = tmp_path / "derived"
    python = str(venv / "bin" / "python")
    subprocess.run([str(uv.python), "-m", "venv", "--without-pip", str(venv)], check=True)
    site = venv / "lib" / "python3.11" / "site-packages"
    shutil.copytree(site_of(make(shape)), site, dirs_exist_ok=True)
    pip = [str(uv.python), "-m", "pip", "--python", python, "--disable-pip-version-check"]

    make_wheel("shape", {"shape/__init__.py": b"area = 2\n"}, version="2.0")
    links = ["--no-index", "--find-links", str(tmp_path / "wheels")]
    subprocess.run([*pip, "install", "--quiet", *links, "--upgrade", "shape"], check=True)
    assert not (site / "shape" / "data").exists()
    assert not (site / "shape-1.0.dist-info").exists()
    code = "import shape; print(shape.area)"
    assert subprocess.run([python, "-c", code], capture_output=True, check=True).stdout == b"2\n"

    subprocess.run([*pip, "uninstall", "--quiet", "--yes", "shape"], check=True)
    assert not (site / "shape").exists()


def _content(tree: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        str(path.relative_to(tree)): (
            path.stat().st_mode,
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in tree.rglob("*")
    }
