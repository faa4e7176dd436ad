"""Files of a dataset: rows in, bytes, row count and SHA-256 out."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from govcrawl.export.cells import harmless

_BUFFER = 2**18  # characters
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class HashedFile:
    """A UTF-8 text file that knows its size and SHA-256 while it is written."""

    def __init__(self, path: Path, *, mark: bool = False) -> None:
        self.path = path
        self.bytes = 0
        self._hash = hashlib.sha256()
        self._file = path.open("wb")
        self._waiting = ["\ufeff"] if mark else []
        self._length = 0

    def write(self, text: str) -> int:
        """Append text; the number of characters, as file objects tell it."""
        self._waiting.append(text)
        self._length += len(text)
        if self._length > _BUFFER:
            self._flush()
        return len(text)

    def close(self) -> str:
        """Close the file; its SHA-256."""
        self._flush()
        self._file.close()
        return self._hash.hexdigest()

    def _flush(self) -> None:
        encoded = "".join(self._waiting).encode("utf-8")
        self._file.write(encoded)
        self._hash.update(encoded)
        self.bytes += len(encoded)
        self._waiting, self._length = [], 0


class TableFile(Protocol):
    """A table being written: rows go in one after the other."""

    file: HashedFile
    rows: int

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Append rows."""


class CsvFile:
    """CSV as Excel opens it: UTF-8 with a byte order mark, CRLF, no cell that runs as a formula."""

    ending = "csv"

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self.file = HashedFile(path, mark=True)
        self.rows = 0
        self._writer = csv.writer(self.file, lineterminator="\r\n")
        self._writer.writerow(columns)

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Append rows; None becomes an empty cell."""
        safe = [[harmless(cell) for cell in row] for row in rows]
        self._writer.writerows(safe)
        self.rows += len(safe)


class JsonLinesFile:
    """One JSON object a line, keys in the order of the columns, values exactly as in the database."""

    ending = "jsonl"

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self.file = HashedFile(path)
        self.rows = 0
        self._columns = columns

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Append rows; None becomes null."""
        for row in rows:
            self.file.write(_ENCODE(dict(zip(self._columns, row, strict=True))) + "\n")
            self.rows += 1
