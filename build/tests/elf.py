"""A small real program, with a symbol table as linkers append it."""

import os
import struct

EXIT_CODE = 42
_CODE = {
    "x86_64": (62, b"\xbf\x2a\x00\x00\x00\xb8\x3c\x00\x00\x00\x0f\x05"),
    "aarch64": (183, struct.pack("<III", 0xD2800540, 0xD2800BA8, 0xD4000001)),
}
_ADDRESS = 0x400000
_NAMES = b"\0.text\0.symtab\0.shstrtab\0"


def program(machine: str = "") -> bytes:
    """Ends with EXIT_CODE on this machine, or would on another one."""
    number, code = _CODE[machine or os.uname().machine]
    start = 64 + 56
    symbols_at = start + len(code)
    symbols = bytes(range(240))
    names_at = symbols_at + len(symbols)
    sections_at = names_at + len(_NAMES)
    header = struct.pack(
        "<16sHHIQQQIHHHHHH",
        *(b"\x7fELF\x02\x01\x01", 2, number, 1, _ADDRESS + start, 64, sections_at, 0),
        *(64, 56, 1, 64, 4, 3),
    )
    segment = struct.pack("<IIQQQQQQ", 1, 5, 0, _ADDRESS, _ADDRESS, symbols_at, symbols_at, 4096)
    sections = [
        (0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        (1, 1, 6, _ADDRESS + start, start, len(code), 0, 0, 1, 0),
        (7, 2, 0, 0, symbols_at, len(symbols), 0, 0, 8, 24),
        (15, 3, 0, 0, names_at, len(_NAMES), 0, 0, 1, 0),
    ]
    table = b"".join(struct.pack("<IIQQQQIIQQ", *one) for one in sections)
    return header + segment + code + symbols + _NAMES + table
