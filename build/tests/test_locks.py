"""Locks are read as an installer reads them, and have to agree."""

import pytest

from python_layers.failures import LayerError
from python_layers.locks import Distribution, lock_text, parse_lock, require_agreement
from python_layers.platforms import platform_named

_AMD64 = platform_named("linux/amd64")
_ARM64 = platform_named("linux/arm64")

_LOCK = """\
array-record==0.8.6 ; sys_platform == 'linux' \\
    --hash=sha256:bb \\
    --hash=sha256:aa
dm-tree==0.1.8 ; python_full_version >= '3.13' \\
    --hash=sha256:cc
dm-tree==0.1.10 ; python_full_version < '3.13' \\
    --hash=sha256:dd
tensorflow==2.18.0 ; platform_machine == 'aarch64' \\
    --hash=sha256:ee
"""


def test_a_lock_pins_what_its_markers_say_about_the_platform() -> None:
    lock = parse_lock(_LOCK, _AMD64)
    assert {name: one.version for name, one in lock.items()} == {
        "array-record": "0.8.6",
        "dm-tree": "0.1.10",
    }
    assert lock["array-record"].hashes == ("sha256:aa", "sha256:bb")
    assert "tensorflow" in parse_lock(_LOCK, _ARM64)


def test_a_lock_that_was_written_reads_as_the_same() -> None:
    lock = parse_lock(_LOCK, _ARM64)
    assert parse_lock(lock_text(lock.values()), _ARM64) == lock


def test_different_versions_are_told_with_the_locks_that_have_them() -> None:
    old, new = Distribution("protobuf", "5.29.6", ()), Distribution("protobuf", "7.36.2", ())
    with pytest.raises(LayerError) as failure:
        require_agreement({"a": {"protobuf": old}, "b": {"protobuf": new}, "c": {"protobuf": new}})
    assert "  protobuf: 5.29.6 (0 files) in a; 7.36.2 (0 files) in b, c\n" in str(failure.value)
    assert "run build/lock-python" in str(failure.value)


def test_different_files_of_one_version_are_a_disagreement() -> None:
    one = Distribution("numpy", "1.26.4", ("sha256:aa",))
    other = Distribution("numpy", "1.26.4", ("sha256:aa", "sha256:bb"))
    with pytest.raises(LayerError, match=r"numpy: 1\.26\.4 \(1 files\) in a"):
        require_agreement({"a": {"numpy": one}, "b": {"numpy": other}})


def test_equal_locks_agree() -> None:
    lock = parse_lock(_LOCK, _AMD64)
    require_agreement({"a": lock, "b": dict(lock)})
