"""Owns what installed files an image can do without. Knows paths only: it deletes nothing."""

import re
from pathlib import PurePosixPath

# What compilers, type checkers and linkers read. The images have none of them.
# fmt: off
_SUFFIXES = frozenset({
    ".a", ".c", ".cc", ".cmake", ".cpp", ".cu", ".cuh", ".cxx", ".f", ".f90", ".h", ".hpp", ".hxx",
    ".inl", ".lib", ".o", ".pxd", ".pxi", ".pyf", ".pyi", ".pyx",
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
    "dioptra/restapi/",  # the server: its requirements are not installed, so it cannot be imported
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

# Copies of libarrow_python.so.N, the name that libraries are loaded by, for those who link with it.
_LINKER_NAME = re.compile(r"pyarrow/lib[a-z_]+\.so(\.\d+\.\d+\.\d+)?")

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
    if package == "tensorflow_datasets" and name.endswith("_test.py"):
        return True
    if _LINKER_NAME.fullmatch(name):
        return True
    return path.suffix in _SUFFIXES and not name.startswith(_COMPILED_AT_RUN_TIME)


def may_lose_symbols(path: PurePosixPath) -> bool:
    """Tells whether the file `path` of the environment may be changed: NVIDIA's licence says no."""
    return "nvidia" not in path.parts
