"""Owns what installed files an image can do without. Knows paths only: it deletes nothing."""

import re
from pathlib import PurePosixPath

# What linkers, type checkers and Windows read.
_FOREIGN = frozenset({".a", ".cmake", ".exe", ".lib", ".o", ".pyi"})

# What compilers read. The images have none.
# fmt: off
_SOURCES = frozenset({
    ".c", ".cc", ".cpp", ".cu", ".cuh", ".cxx", ".f", ".f90", ".h", ".hpp", ".hxx", ".inl", ".pxd",
    ".pxi", ".pyf", ".pyx",
})
# fmt: on

# They read theirs at run time, and compile them if somebody has installed a compiler.
_COMPILED_AT_RUN_TIME = (
    "numpy/f2py/src/",
    "torch/_inductor/",
    "torch/utils/",
    "triton/",
)

_FOLDERS = (
    "databricks/sdk/",  # like the next, it cannot be imported: its requirements are not installed
    "dioptra/restapi/",
    "gitdb/test/",
    "joblib/test/",
    "pyarrow/include/",
    "pyarrow/src/",
    "smmap/test/",
    "tensorflow/include/",
    "tensorflow/python/compiler/tensorrt/test/",
    "torch/include/",
    "torch/share/cmake/",
    "torch/test/",
    "triton/instrumentation/",  # for tests of its compiler
)

_FILES = (
    re.compile(r"botocore/data/.*/examples-1\.json"),  # for the making of its web pages
    re.compile(r"numpy/core/_simd\..*"),  # for numpy's tests of its own loops
    # Copies of libarrow_python.so.N, the name that it is loaded by, for those who link with it.
    re.compile(r"pyarrow/lib[a-z_]+\.so(\.\d+\.\d+\.\d+)?"),
    re.compile(r"tensorflow_datasets/.*_test\.py"),
    re.compile(r"torch/bin/protoc.*"),  # made its protocol classes, once
    re.compile(r"triton/.*/libcupti\.so\.\d+\.\d+\.\d+"),  # a copy, like those of libarrow_python
)

# Notes of the installer about where a wheel came from, which differs between machines.
_INSTALLER_NOTES = frozenset({"REQUESTED", "direct_url.json", "uv_build.json", "uv_cache.json"})


def is_unneeded(path: PurePosixPath) -> bool:
    """Tells whether no program that runs in an image reads the file `path` of site-packages."""
    package = path.parts[0]
    if package.endswith(".dist-info"):
        return len(path.parts) == 2 and path.name in _INSTALLER_NOTES
    name = str(path)
    if "__pycache__" in path.parts or "tests" in path.parts[:-1] or name.startswith(_FOLDERS):
        return True
    if any(pattern.fullmatch(name) for pattern in _FILES):
        return True
    if path.suffix in _FOREIGN:
        return True
    return path.suffix in _SOURCES and not name.startswith(_COMPILED_AT_RUN_TIME)


def may_lose_symbols(path: PurePosixPath) -> bool:
    """Tells whether the file `path` of the environment may be changed: NVIDIA's licence says no."""
    return "nvidia" not in path.parts
