"""The digest of a reading: SHA-256 of one JSON text of everything that was read of a report.

Removed boilerplate and evidence do not count, for visit counters stand there, nor do the hashes of attached
files that were read: what they say counts. The pieces of the JSON are written in the order in which ``json``
would write them with sorted keys, each in its quickest way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

from govcrawl.store.grids import controls_in
from govcrawl.store.shapes import Cells, FactRow, cells_of, quoted

COUNTED = (
    *("title", "agency", "year", "published", "template", "source_type"),
    *("scope", "agency_type", "agency_norm", "township_code", "text"),
)
"""Columns of ``reports`` that the digest of a reading counts."""

_READ = frozenset({"only_source", "twin"})
_MARK = "\x1f"  # which no text has that gets it
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def digest_of(told: Mapping[str, Any], rows: Mapping[str, Sequence[Any]], facts: Sequence[FactRow]) -> str:
    """The digest of a reading: its ``COUNTED`` columns, its parts' rows, its facts as they were read."""
    return digest_of_cells(told, rows, cells_of(facts))


def digest_of_cells(
    told: Mapping[str, Any],
    rows: Mapping[str, Sequence[Any]],
    cells: Cells,
    blocks: bytes | None = None,
    grids: Iterable[bytes | None] = repeat(None),
) -> str:
    """The same with the facts by their shape; the text as ``blocks_of``, the tables' grids as
    ``Written.quoted`` where that is known."""
    counted = [told[name] for name in COUNTED]
    text, sections = _text_and_sections(counted[10], rows["sections"], blocks)
    files = _json(files_as_counted(rows["attachments"])) if rows["attachments"] else "[]"
    checks = ",".join(map(_check, rows["checks"]))
    findings = _json(rows["findings"]) if rows["findings"] else "[]"
    statements = _json(rows["statements"]) if rows["statements"] else "[]"
    pieces = (
        f"[[{','.join(map(_scalar, counted[:6]))}],[{','.join(map(_scalar, counted[6:10]))}]".encode(),
        b',"', text, b'",',
        f'{{"attachments":{files},"checks":[{checks}],"findings":{findings},"sections":['.encode(),
        sections,
        f'],"statements":{statements},"tables":['.encode(),
        b",".join(map(_table, rows["tables"], grids)),
        b"]},", cells.as_json(), b"]",
    )  # fmt: skip
    return hashlib.sha256(b"".join(pieces)).hexdigest()


def files_as_counted(rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Attached files without the hashes of those that were read; of others nothing else tells a change."""
    return [(*named, None if role in _READ else sha256, role) for *named, sha256, role in rows]


def files_unread(rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Attached files that no words or numbers were read from, by which alone a change can be told."""
    return [tuple(row) for row in rows if row[-1] not in _READ]


def blocks_of(text: str, sections: Sequence[tuple[int, str, str]]) -> bytes | None:
    """A text in UTF-8 with a mark between the headings and texts of its sections.

    None where it is not made of them, or has control characters, or one of them begins with a line end.
    """
    blocks = [block for _, heading, own in sections for block in (heading, own) if block]
    if not blocks or "\n\n".join(blocks) != text or "\n" in [block[0] for block in blocks]:
        return None
    encoded = _MARK.join(blocks).encode()
    return encoded if controls_in(encoded) == len(blocks) - 1 else None


def _text_and_sections(
    text: str, sections: Sequence[tuple[int, str, str]], blocks: bytes | None
) -> tuple[bytes, bytes]:
    """A text between its quotes, and its sections between their brackets: nearly always the same blocks."""
    if blocks is None:
        return quoted(text).encode()[1:-1], _json(sections).encode()[1:-1]
    escaped = blocks.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    pieces = escaped.split(_MARK.encode())
    return b"\\n\\n".join(pieces), b",".join(_sections(sections, iter(pieces)))


def _sections(sections: Sequence[tuple[int, str, str]], blocks: Iterator[bytes]) -> Iterator[bytes]:
    for number, heading, own in sections:
        head = next(blocks) if heading else b""
        yield b'[%d,"%b","%b"]' % (number, head, next(blocks) if own else b"")


def _table(row: tuple[int, str, str, str | None, int | None], grid: bytes | None) -> bytes:
    number, caption, written, kind, aligned = row
    own = quoted(written)[1:-1].encode() if grid is None else grid
    return b'[%d,%b,"%b",%b' % (number, quoted(caption).encode(), own, _about(kind, aligned))


@lru_cache(maxsize=64, typed=True)
def _about(kind: str | None, aligned: int | None) -> bytes:
    return _json((kind, aligned))[1:].encode()


def _scalar(value: Any) -> str:
    """As ``json`` writes it, which takes five times as long for one value."""
    return quoted(value) if type(value) is str else "null" if value is None else _json(value)


@lru_cache(maxsize=4096)
def _check(told: tuple[str, str, str, str | None, str | None]) -> str:
    rule, subject, outcome, expected, actual = told
    there = "null" if expected is None else quoted(expected)
    here = "null" if actual is None else quoted(actual)
    return f"{_check_head(rule, subject, outcome)},{there},{here}]"


@lru_cache(maxsize=4096)
def _check_head(rule: str, subject: str, outcome: str) -> str:
    return _json((rule, subject, outcome))[:-1]
