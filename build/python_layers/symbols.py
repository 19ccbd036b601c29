"""Owns what only debuggers and linkers read of programs and libraries. Knows the ELF format.

The symbol tables of TensorFlow alone have 200 MB. A running process reads the segments of a file;
they stay as they are, and the names of exported functions with them. `strip` does the same, but
every release of it leaves other bytes.
"""

import struct
from pathlib import Path
from typing import BinaryIO, NamedTuple

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT = struct.Struct("<IIQQQQQQ")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_AT_SECTIONS = 40  # where the header says where the table of sections is
_64_BITS_LITTLE_ENDIAN = b"\x7fELF\x02\x01"
_LINKED = (2, 3)  # programs and shared libraries; others have no segments
_OCCUPIES_NOTHING = 8  # SHT_NOBITS
_NONE = _SECTION.pack(*[0] * 10)  # keeps the numbers of the other sections as they are


class _Header(NamedTuple):
    ident: bytes
    type: int
    machine: int
    version: int
    entry: int
    segments_at: int
    sections_at: int
    flags: int
    size: int
    segment_size: int
    segments: int
    section_size: int
    sections: int
    names_index: int


class _Section(NamedTuple):
    name: int
    type: int
    flags: int
    address: int
    offset: int
    size: int
    link: int
    info: int
    alignment: int
    entry_size: int

    @property
    def end(self) -> int:
        return 0 if self.type == _OCCUPIES_NOTHING else self.offset + self.size


def machine_of(file: Path) -> int | None:
    """Returns the processor that the file is for, or None if it is no program or library."""
    with file.open("rb") as content:
        head = content.read(20)
    return int.from_bytes(head[18:20], "little") if head.startswith(b"\x7fELF") else None


def drop_symbols(file: Path) -> None:
    """Cuts off what follows the last segment, but leaves a file that is not of the usual form."""
    with file.open("r+b") as elf:
        header = _header(elf)
        if header is None:
            return
        sections = _sections(elf, header)
        end = _end_of_segments(elf, header)
        table_end = header.sections_at + header.sections * _SECTION.size
        has_payload = file.stat().st_size > max(end, table_end, *(one.end for one in sections))
        if has_payload or all(one.end <= end for one in sections):
            return
        names = sections[header.names_index]
        elf.seek(names.offset)
        names_content = elf.read(names.size)

        elf.truncate(end)
        elf.seek(end)
        elf.write(names_content + bytes(-(end + names.size) % 8))
        table_at = elf.tell()
        for one in sections:
            if one is names:
                elf.write(_SECTION.pack(*one._replace(offset=end)))
            else:
                elf.write(_SECTION.pack(*one) if one.end <= end else _NONE)
        elf.seek(_AT_SECTIONS)
        elf.write(struct.pack("<Q", table_at))


def _header(elf: BinaryIO) -> _Header | None:
    content = elf.read(_HEADER.size)
    if len(content) < _HEADER.size or not content.startswith(_64_BITS_LITTLE_ENDIAN):
        return None
    header = _Header(*_HEADER.unpack(content))
    usual = header.type in _LINKED and header.segments and header.names_index < header.sections
    return header if usual else None


def _sections(elf: BinaryIO, header: _Header) -> list[_Section]:
    elf.seek(header.sections_at)
    table = elf.read(header.sections * _SECTION.size)
    return [_Section(*fields) for fields in _SECTION.iter_unpack(table)]


def _end_of_segments(elf: BinaryIO, header: _Header) -> int:
    elf.seek(header.segments_at)
    table = elf.read(header.segments * _SEGMENT.size)
    ends: list[int] = [one[2] + one[5] for one in _SEGMENT.iter_unpack(table)]
    return max(ends)
