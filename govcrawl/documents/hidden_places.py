"""Rows and columns of a workbook that nobody sees: an office keeps last year's numbers or its workings there.

Source: ECMA-376 part 1, 18.3.1.73 (row) and 18.3.1.13 (col); [MS-XLS] 2.4.221 (Row) and 2.4.53 (ColInfo).
"""

from __future__ import annotations

import posixpath
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from govcrawl.documents.biff import MOST_COLUMNS, records
from govcrawl.documents.zipped import Zipped

_HIDDEN = re.compile(
    rb"""<(?:\w+:)?(row|col)\b([^<>]{0,600}?\bhidden\s*=\s*["'](?:1|true)["'][^<>]{0,600})>"""
)
_NUMBER = re.compile(rb"""\b(r|min|max)\s*=\s*["'](\d{1,7})["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHEET, _ROW, _COLUMNS = 0x0085, 0x0208, 0x007D
_MOST_COLUMNS = 16_384
_MOST_RANGES = 2_000

Rows = list[list[str]]
Merged = dict[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class Hidden:
    """Numbers of the rows and columns of a sheet that are hidden, from 0."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)


def hidden_in_parts(parts: Zipped) -> dict[str, Hidden]:
    """By the name of each sheet of a workbook (.xlsx), what of it is hidden."""
    book, relations = parts.xml("xl/workbook.xml"), parts.xml("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return {}
    targets = {node.get("Id", ""): node.get("Target", "") for node in relations.iter("{*}Relationship")}
    found: dict[str, Hidden] = {}
    for sheet in book.iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION, ""), "")
        content = parts.read(posixpath.join("/xl", target)) or b""
        if b"hidden" in content:
            found[sheet.get("name", "")] = _hidden_in(content)
    return found


def _hidden_in(content: bytes) -> Hidden:
    hidden = Hidden()
    ranges = 0
    for kind, attributes in _HIDDEN.findall(content):
        numbers = {name: int(value) for name, value in _NUMBER.findall(attributes)}
        if kind == b"row" and b"r" in numbers:
            hidden.rows.add(numbers[b"r"] - 1)
        elif kind == b"col" and b"min" in numbers and (ranges := ranges + 1) <= _MOST_RANGES:
            end = min(numbers.get(b"max", 0), _MOST_COLUMNS)
            hidden.columns |= set(range(numbers[b"min"] - 1, end))
    return hidden


def hidden_in_stream(stream: bytes) -> Mapping[int, Hidden]:
    """By the number of each sheet of an Excel 97 file, what of it is hidden."""
    head = records(stream, 0, set())
    starts = [
        struct.unpack_from("<I", stream, at)[0] for kind, at, size in head if kind == _SHEET and size >= 4
    ]
    seen: set[int] = set()
    found: dict[int, Hidden] = {}
    for number, start in enumerate(starts):
        hidden = found[number] = Hidden()
        for kind, at, size in records(stream, start, seen):
            if kind == _ROW and size >= 16 and stream[at + 12] & 0x20:
                hidden.rows.add(struct.unpack_from("<H", stream, at)[0])
            elif kind == _COLUMNS and size >= 10 and stream[at + 8] & 1:
                first, last = struct.unpack_from("<HH", stream, at)
                hidden.columns |= set(range(first, min(last + 1, MOST_COLUMNS)))
    return found


def without_hidden(rows: Rows, merged: Merged, hidden: Hidden) -> tuple[Rows, Merged]:
    """A sheet's rows and merged cells as they are seen; a merged cell's text stands in its first seen one."""
    width = max(map(len, rows), default=0)
    down = {place: new for new, place in enumerate(n for n in range(len(rows)) if n not in hidden.rows)}
    across = {place: new for new, place in enumerate(n for n in range(width) if n not in hidden.columns)}
    seen = [
        [text for place, text in enumerate(row) if place in across] for n, row in enumerate(rows) if n in down
    ]
    areas: Merged = {}
    for (row, column), (height, span) in merged.items():
        kept_rows = [down[n] for n in range(row, min(row + height, len(rows))) if n in down]
        kept_columns = [across[n] for n in range(column, min(column + span, width)) if n in across]
        if kept_rows and kept_columns:
            corner = kept_rows[0], kept_columns[0]
            areas[corner] = len(kept_rows), len(kept_columns)
            if corner[1] < len(seen[corner[0]]) and column < len(rows[row]):
                seen[corner[0]][corner[1]] = rows[row][column]
    return seen, areas
