"""The doctor on the environment that these tests run in, whole and broken."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"


def examine(*modules: str, packages: Path | None = None) -> dict[str, list[tuple[str, str]]]:
    """Returns what was found and what is advised, by level."""
    path = [str(SOURCE)] + ([str(packages)] if packages else [])
    done = subprocess.run(
        [sys.executable, "-P", "-m", "dioptra_task_host.doctor", *modules],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(path)},
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
    )
    levels: dict[str, list[tuple[str, str]]] = {"ok": [], "warning": [], "error": []}
    for line in done.stdout.splitlines():
        finding = json.loads(line)
        levels[finding["level"]].append((finding["what"], finding["advice"]))
    return levels


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder of packages in front of those of this environment."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    return folder


def distribution(packages: Path, name: str, version: str, *requires: str) -> None:
    folder = packages / f"{name}-{version}.dist-info"
    folder.mkdir()
    lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {it}" for it in requires)]
    (folder / "METADATA").write_text("Metadata-Version: 2.1\n" + "\n".join(lines) + "\n")


def problems(found: dict[str, list[tuple[str, str]]]) -> list[str]:
    return [what for what, _ in found["error"]]


def test_a_whole_environment_has_no_conflicts() -> None:
    found = examine("json")
    assert ("import json", "") in found["ok"]
    assert any(what.endswith("packages fit together") for what, _ in found["ok"])
    assert found["warning"] == []
    # This environment is the tests' own, which lacks what only jobs need.
    assert all("cannot be imported" in what for what in problems(found))


def test_a_module_that_cannot_be_imported_is_told_with_its_reason(packages: Path) -> None:
    (packages / "broken.py").write_text("print('noise')\nimport nothing_of_this_name\n")
    found = examine("broken", packages=packages)
    assert (
        "broken cannot be imported: ModuleNotFoundError: No module named 'nothing_of_this_name'",
        "install what it needs, or undo what changed broken",
    ) in found["error"]


def test_requirements_that_are_not_met_are_told(packages: Path) -> None:
    distribution(packages, "eager", "1.0", "packaging<1", "absent_thing", "odd; extra == 'more'")
    found = problems(examine(packages=packages))
    assert any(it.startswith("eager needs packaging<1, but 2") for it in found)
    assert "eager needs absent_thing, but it is not installed" in found
    assert not any("odd" in it for it in found)


def test_what_the_images_leave_out_on_purpose_is_no_problem(packages: Path) -> None:
    distribution(packages, "databricks_sdk", "0.1", "google-auth", "absent_thing")
    distribution(packages, "dioptra_platform", "1.2.2", "absent_thing")
    assert [it for it in problems(examine(packages=packages)) if "needs" in it] == [
        "databricks-sdk needs absent_thing, but it is not installed"
    ]


def test_what_is_installed_twice_is_told(packages: Path) -> None:
    distribution(packages, "twin", "1.0")
    distribution(packages, "twin", "2.0")
    assert "twin is installed 2 times" in problems(examine(packages=packages))


def test_two_packages_that_write_over_each_other_are_told(packages: Path) -> None:
    for name in ("opencv_python", "opencv_python_headless"):
        distribution(packages, name, "4.11")
        (packages / f"{name}-4.11.dist-info" / "top_level.txt").write_text("cv2\n")
    expected = "the module cv2 comes from opencv_python and opencv_python_headless at once"
    assert expected in problems(examine(packages=packages))


def test_natives_that_do_not_fit_are_told(packages: Path) -> None:
    distribution(packages, "torch", "2.10.0+cu126")
    found = examine(packages=packages)
    assert "torch is 2.10.0+cu126, but the worker's natives are those of 2.7.1" in problems(found)
    assert "torch has no libtorch_cpu.so" in problems(found)


def test_a_second_copy_of_the_natives_is_told(packages: Path) -> None:
    distribution(packages, "torch", "2.7.1+cpu")
    for folder in ("torch/lib", "copy"):
        (packages / folder).mkdir(parents=True)
        (packages / folder / "libtorch_cpu.so").touch()
    found = examine(packages=packages)
    assert any(it.startswith("2 times libtorch_cpu.so: ") for it in problems(found))
    assert ("torch 2.7.1+cpu", "") in found["ok"]


def test_numpy_2_beside_tensorflow_is_told(packages: Path) -> None:
    distribution(packages, "tensorflow_cpu", "2.18.0")
    distribution(packages, "numpy", "2.1.0")
    assert any(it.startswith("numpy is 2.1.0, but") for it in problems(examine(packages=packages)))
