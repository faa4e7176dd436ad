"""Rows as lines of JSON. The same cell of the same table comes in every report, so it is encoded once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from govcrawl.export.fields import KEY

encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value of any kind as compact JSON, Chinese as it is."""

REPEATED = frozenset({"facts", "checks"})
"""Tables whose rows are mostly the same in many reports, but for what they begin with."""
_MOST = 100_000  # remembered rows
_VALUE = 1 + len(KEY)
"""Where the number of a fact stands: 12.0 is looked up as 12, but is another number as text."""


class _Tails(dict[tuple[Any, ...], str]):
    """Rows without what they begin with, encoded; forgets all when it grows too large."""

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__()
        self._columns = columns

    def __missing__(self, tail: tuple[Any, ...]) -> str:
        if len(self) >= _MOST:
            self.clear()
        made = self[tail] = self.made(tail)
        return made

    def made(self, tail: tuple[Any, ...]) -> str:
        return encoded(dict(zip(self._columns, tail, strict=True)))[1:] + "\n"


class LineEncoder:
    """Rows of a table as JSON objects, keys in the order of the columns."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        self._columns = columns
        self._repeated = name in REPEATED
        self._tails = _Tails(columns[len(KEY) :])

    def lines(self, rows: Sequence[tuple[Any, ...]]) -> list[str]:
        """The rows as lines; those of a repeated table are of one report."""
        if not rows or not self._repeated:
            return [encoded(dict(zip(self._columns, row, strict=True))) + "\n" for row in rows]
        key = len(KEY)
        begun = encoded(dict(zip(self._columns[:key], rows[0][:key], strict=True)))[:-1] + ","
        tails, made = self._tails, self._tails.made
        return [begun + (made(row[key:]) if type(row[_VALUE]) is float else tails[row[key:]]) for row in rows]
