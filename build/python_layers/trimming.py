"""Owns what installed files an image can do without. Knows paths only: it deletes nothing."""

import re
from pathlib import PurePosixPath

# What compilers, type checkers, linkers and Windows read. The images have none of them.
# fmt: off
_SUFFIXES = frozenset({
    ".a", ".c", ".cc", ".cmake", ".cpp", ".cu", ".cuh", ".cxx", ".exe", ".f", ".f90", ".h", ".hpp",
    ".hxx", ".inl", ".lib", ".o", ".pxd", ".pxi", ".pyf", ".pyi", ".pyx",
})
# fmt: on

# They read their C sources at run time, and compile them if they find a compiler.
_COMPILED_AT_RUN_TIME = (
    "cffi/",
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
)

_FILES = (
    re.compile(r"botocore/data/.*/examples-1\.json"),  # for the making of its web pages
    re.compile(r"numpy/core/_simd\..*"),  # for numpy's tests of its own loops
    # Copies of libarrow_python.so.N, the name that it is loaded by, for those who link with it.
    re.compile(r"pyarrow/lib[a-z_]+\.so(\.\d+\.\d+\.\d+)?"),
    re.compile(r"tensorflow_datasets/.*_test\.py"),
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
    return path.suffix in _SUFFIXES and not name.startswith(_COMPILED_AT_RUN_TIME)


def may_lose_symbols(path: PurePosixPath) -> bool:
    """Tells whether the file `path` of the environment may be changed: NVIDIA's licence says no."""
    return "nvidia" not in path.parts
