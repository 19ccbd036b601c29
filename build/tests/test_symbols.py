"""Programs and libraries lose what no process reads, and nothing else."""

import subprocess
from pathlib import Path

from elf import EXIT_CODE, program

from python_layers.symbols import drop_symbols, machine_of


def test_a_program_without_its_symbols_is_smaller_and_still_runs(tmp_path: Path) -> None:
    file = _file(tmp_path, program())
    drop_symbols(file)
    assert file.stat().st_size < len(program())
    assert b".symtab" in file.read_bytes()  # the names of the sections stay
    assert bytes(range(240)) not in file.read_bytes()
    file.chmod(0o755)
    assert subprocess.run([file], check=False).returncode == EXIT_CODE


def test_a_program_without_symbols_stays_as_it_is(tmp_path: Path) -> None:
    file = _file(tmp_path, program())
    drop_symbols(file)
    once = file.read_bytes()
    drop_symbols(file)
    assert file.read_bytes() == once


def test_a_program_that_carries_data_behind_itself_stays_as_it_is(tmp_path: Path) -> None:
    content = program() + b"an archive that the program unpacks"
    file = _file(tmp_path, content)
    drop_symbols(file)
    assert file.read_bytes() == content


def test_other_files_stay_as_they_are(tmp_path: Path) -> None:
    for content in (b"", b"print()\n", program()[:60]):
        file = _file(tmp_path, content)
        drop_symbols(file)
        assert file.read_bytes() == content


def test_the_processor_of_a_program_is_known(tmp_path: Path) -> None:
    assert machine_of(_file(tmp_path, program("x86_64"))) == 62
    assert machine_of(_file(tmp_path, program("aarch64"))) == 183
    assert machine_of(_file(tmp_path, b"print()\n")) is None


def _file(folder: Path, content: bytes) -> Path:
    file = folder / "file"
    file.write_bytes(content)
    return file
