"""Text files of a dataset, written row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from govcrawl.export.cells import SUSPECT, harmless
from govcrawl.export.encoding import LineEncoder
from govcrawl.export.fields import Relation

_BUFFER = 2**18  # bytes

Row = tuple[Any, ...]


class TableFile(Protocol):
    """A table being written: rows go in one after the other."""

    relation: Relation
    rows: int

    def add(self, rows: Iterable[Row]) -> None:
        """Append rows."""

    def close(self) -> None:
        """Write what waits."""


class CsvFile:
    """CSV as Excel opens it: UTF-8 with a byte order mark, CRLF, no formula."""

    def __init__(self, path: Path, relation: Relation) -> None:
        self.relation, self.rows = relation, 0
        self._file = path.open("w", encoding="utf-8", newline="", buffering=_BUFFER)
        self._file.write("\ufeff")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow(relation.columns)
        self._free = tuple(place for place, field in enumerate(relation.fields) if field.free)

    def add(self, rows: Iterable[Row]) -> None:
        """Append rows; None becomes an empty cell."""
        found = list(rows)
        begun = {row[place][:1] for place in self._free for row in found if row[place]}
        if not SUSPECT.isdisjoint(begun):
            found = [self._harmless(row) for row in found]
        self._writer.writerows(found)
        self.rows += len(found)

    def close(self) -> None:
        """Write what waits."""
        self._file.close()

    def _harmless(self, row: Row) -> Row:
        if any(harmless(row[place]) is not row[place] for place in self._free):
            return tuple(harmless(value) for value in row)
        return row


class JsonLinesFile:
    """One JSON object a line, keys in the order of the columns, values exactly as in the database."""

    def __init__(self, path: Path, relation: Relation) -> None:
        self.relation, self.rows = relation, 0
        self._encoder = LineEncoder(relation.name, relation.columns)
        self._file = path.open("w", encoding="utf-8", newline="\n", buffering=_BUFFER)

    def add(self, rows: Iterable[Row]) -> None:
        """Append rows; None becomes null."""
        lines = self._encoder.lines(list(rows))
        self._file.writelines(lines)
        self.rows += len(lines)

    def close(self) -> None:
        """Write what waits."""
        self._file.close()
