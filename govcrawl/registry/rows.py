"""Rows of a CSV file, each with the line it stands on; what is wrong with a file is said with that line."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from govcrawl.errors import UsageError


@dataclass(frozen=True, slots=True)
class Row:
    """One record: cells by column name, stripped; ``line`` is where it ends in the file."""

    file: Path
    line: int
    cells: dict[str, str]

    def error(self, message: str) -> UsageError:
        """The error to raise about this row: file, line and what is wrong."""
        return UsageError(f"{self.file}, line {self.line}: {message}")


def read_rows(file: Path, required: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
    """Rows of a UTF-8 CSV file with a header, with or without byte order mark; blank lines are skipped.

    Columns of other names are allowed unless they look like a misspelt optional one. UsageError names the
    file, the line and the fault.
    """
    text = _text(file)
    if not text.strip():
        raise UsageError(f"{file}: the file is empty; its first line must be: {','.join(required)}")
    rows = _records(file, text)
    header = _header(file, next(rows)[1], required, optional)
    return [_row(file, line, header, cells) for line, cells in rows]


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{file}: no such file") from None
    except IsADirectoryError:
        raise UsageError(f"{file}: is a folder, a CSV file is wanted") from None
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{file}, line {line}: not UTF-8; save it as UTF-8 (in Excel: CSV UTF-8, comma delimited)"
        ) from None


def _records(file: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise UsageError(f"{file}, line {reader.line_num}: not a CSV row ({error})") from None


def _header(file: Path, names: list[str], required: Sequence[str], optional: Sequence[str]) -> list[str]:
    missing = [name for name in required if name not in names]
    if missing:
        raise UsageError(
            f"{file}, line 1: column {', '.join(missing)} is missing; "
            f"the first line must name, separated by commas: {','.join(required)}"
        )
    for name in names:
        if name and names.count(name) > 1:
            raise UsageError(f"{file}, line 1: column {name} stands there twice")
        near = difflib.get_close_matches(name, optional, n=1, cutoff=0.8)
        if near and name not in {*required, *optional}:
            raise UsageError(f"{file}, line 1: column {name} is not known; did you mean {near[0]}?")
    return names


def _row(file: Path, line: int, header: list[str], cells: list[str]) -> Row:
    row = Row(file, line, {name: cell for name, cell in zip(header, cells, strict=False) if name})
    if any(cells[len(header) :]):
        raise row.error(
            f"{len(cells)} cells under {len(header)} columns; put quotes around a cell that holds a comma"
        )
    return row
