"""Owns the RECORD files, by which pip finds what a package installed. Knows no rule of trimming."""

import base64
import csv
import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from python_layers.failures import LayerError


class Row(NamedTuple):
    """One file: its path from site-packages, its hash and its size in bytes."""

    path: str
    digest: str
    size: str


@dataclass(frozen=True)
class Record:
    """What one package installed."""

    file: Path

    @property
    def package(self) -> str:
        return self.file.parent.name.removesuffix(".dist-info")

    def rows(self) -> Iterator[Row]:
        with self.file.open(newline="") as lines:
            for path, digest, size in csv.reader(lines):
                yield Row(path, digest, size)

    def files(self) -> Iterator[Path]:
        """The paths of the files, those in bin/ included."""
        site = self.file.parent.parent
        for path, _, _ in self.rows():
            yield Path(os.path.normpath(site / path))

    def settle(self) -> None:
        """Says what is there now: without the files that were removed, and sorted."""
        site = self.file.parent.parent
        rows = [row for path, _, _ in self.rows() if (row := _row(path, site, self.file))]
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(sorted(rows))
        self.file.write_text(text.getvalue())


def records_of(site: Path) -> tuple[Record, ...]:
    return tuple(Record(file) for file in sorted(site.glob("*.dist-info/RECORD")))


def require_one_owner(site: Path) -> None:
    """Fails if two packages installed different files of one name: the last one would win."""
    owners: dict[str, tuple[str, str]] = {}
    for record in records_of(site):
        for path, digest, _ in record.rows():
            owner, known = owners.setdefault(path, (record.package, digest))
            if known != digest:
                raise LayerError(f"{owner} and {record.package} both install {path}")


def _row(path: str, site: Path, record: Path) -> Row | None:
    file = site / path
    if not file.exists():
        return None
    if file == record:
        return Row(path, "", "")
    content = file.read_bytes()
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
    return Row(path, f"sha256={digest}", str(len(content)))
