"""Owns the bytecode: the same bytes for the same source, whoever compiles it, when and where.

A program of its own, to be started with PYTHONHASHSEED=0 and without site: `bytecode.py FOLDER AS`
compiles every source below FOLDER, which the image has as AS.

What `marshal` writes depends on what else the interpreter has seen, because it marks objects with
more than one reference, and names are shared by the whole process. So each file is compiled in a
fork of a process that has seen no other.
"""

import os
import py_compile
import sys
import traceback
from pathlib import Path


def compile_all(folder: Path, image_path: str) -> None:
    # Nothing of the list's making may differ between the forks, so it is complete before the first.
    sources = sorted(str(source) for source in folder.rglob("*.py"))
    running = 0
    for source in sources:
        if running == os.cpu_count():
            _await_one()
            running -= 1
        if os.fork() == 0:
            os._exit(_compile(source, image_path + source.removeprefix(str(folder))))
        running += 1
    for _ in range(running):
        _await_one()


def _compile(source: str, name: str) -> int:
    """Writes bytecode that the interpreter does not check against its source: files are copied."""
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    try:
        py_compile.compile(source, dfile=name, doraise=True, invalidation_mode=unchecked)
    except py_compile.PyCompileError:
        return 0  # some packages come with templates, and with sources for another Python
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _await_one() -> None:
    _, status = os.wait()
    if status != 0:
        sys.exit("bytecode: a source could not be compiled, see above")


if __name__ == "__main__":
    compile_all(Path(sys.argv[1]), sys.argv[2])
