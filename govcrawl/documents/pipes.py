"""Tables that a dump drew with pipes: Markdown rows, and the form with a line break after each pipe.

In the second form ``本年处理决定数量 | ||`` ends a row: the cell, its closing pipe, and one further pipe
for each slot by which the row is short. Those pads are no cells. A lone pipe opens a row, or stands for a
blank cell; the width that the padded rows agree on tells which.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from govcrawl.documents.headings import heading_key

_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?\s*")
_ESCAPED = re.compile(r"(?<!\\)\|")
_PADS = re.compile(r"\|[ \t]+(\|{2,})\s*$")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_VALUE = r"[-+]?\d[\d.,]*"
_ODD = re.compile(rf"^{_VALUE}(?:\||$)|\|{_VALUE}\|+(?=[\u4e00-\u9fff（(]|\d[.、]\D)")
_MAX_CONTINUATION = 4
_VERTICAL = 16
_WIDEST = 40

Rows = list[list[str]]


@dataclass(slots=True)
class _Row:
    cells: list[str] = field(default_factory=list)
    pads: int = 0


def read_pipes(lines: list[str], at: int) -> tuple[Rows, int]:
    """Rows of the pipe table that begins at a line, and the line after it; no rows where none begins."""
    stripped = lines[at].strip()
    if stripped == "|":
        return _broken(lines, at)
    if stripped.startswith("|") and stripped.count("|") >= 2:
        return _one_line(lines, at)
    if at + 1 < len(lines) and "|" in lines[at + 1] and _is_rule(lines[at + 1]):
        return _one_line(lines, at)
    return [], at


def _one_line(lines: list[str], at: int) -> tuple[Rows, int]:
    rows: Rows = []
    start = at
    while at < len(lines) and "|" in lines[at] and lines[at].strip() != "|":
        if not _is_rule(lines[at]):
            rows.append(_split(lines[at]))
        at += 1
    if len(rows) < 2 and at - start < 2:
        return [], start
    return rows, at


def _is_rule(row: str) -> bool:
    return _RULE.fullmatch(row.strip()) is not None


def _split(row: str) -> list[str]:
    text = _PADS.sub("|", row).strip().removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    return [_BREAK.sub("\n", cell.strip().replace("\\|", "|")) for cell in _ESCAPED.split(text)]


def _broken(lines: list[str], at: int) -> tuple[Rows, int]:
    tokens, after = _tokens(lines, at)
    rows = _by_width(tokens) or _by_lone_pipes(tokens)
    # Pipes without a single cell are what is left of an empty table: nothing to keep.
    return [row.cells for row in rows if row.cells], after


def _tokens(lines: list[str], at: int) -> tuple[list[tuple[str, int]], int]:
    """(text, pads) of each piped line; lines before a pipe are the first lines of its cell."""
    tokens: list[tuple[str, int]] = []
    pending: list[str] = []
    after = at
    while at < len(lines):
        row = lines[at]
        found = _piped(row)
        if found and pending and not found[0]:
            break
        if found:
            text = "\n".join([*pending, found[0]])
            tokens.append((text.strip(), found[1]))
            pending = []
            after = at + 1
        else:
            pending.append(row)
            if heading_key(row) or (sum(map(len, pending)) > _VERTICAL and len(pending) > _MAX_CONTINUATION):
                break
        at += 1
    return tokens, after


def _piped(row: str) -> tuple[str, int] | None:
    """Text and number of pads of a line that ends in a pipe, None for any other."""
    body = row.rstrip()
    head = body.rstrip("|")
    if head == body:
        return None
    pipes = len(body) - len(head)
    inner = head.rstrip()
    if inner.endswith("|") and inner != head:
        return inner[:-1].strip(), pipes
    return inner.strip(), pipes - 1


def _by_lone_pipes(tokens: list[tuple[str, int]]) -> list[_Row]:
    """Rows split at every lone pipe: blank cells are lost with it, so rows stay short."""
    rows: list[_Row] = []
    for text, pads in tokens:
        if not text and not pads:
            rows.append(_Row())
            continue
        if not rows:
            rows.append(_Row())
        rows[-1].cells.append(text)
        rows[-1].pads += pads
    return [row for row in rows if row.cells]


def _by_width(tokens: list[tuple[str, int]]) -> list[_Row]:
    """Rows of one width each; empty when no width explains every pipe, or more than one does."""
    totals = Counter(len(row.cells) + row.pads for row in _by_lone_pipes(tokens) if row.pads)
    for width, _ in totals.most_common(4):
        rows = _with_width(tokens, width)
        if rows:
            return rows
    if totals:
        return []
    found: dict[int, list[_Row]] = {}
    for width in range(2, _WIDEST):
        rows = _with_width(tokens, width) if len(tokens) % (width + 1) == 0 else []
        if len(rows) > 1:
            found[width] = rows
    # Two rows of the true width always make one of a wider table.
    least = min(found, default=0)
    if not found or any((n + 1) % (least + 1) for n in found):
        return []
    rows = found[least]
    return rows if _odd(rows) <= _odd(_by_lone_pipes(tokens)) else []


def _odd(rows: list[_Row]) -> int:
    """How many rows begin with no label, or have one behind a number: a lone pipe was taken wrongly there."""
    return sum(not row.cells[0] or _ODD.search("|".join(row.cells)) is not None for row in rows)


def _with_width(tokens: list[tuple[str, int]], width: int) -> list[_Row]:
    rows: list[_Row] = []
    complete = True
    for text, pads in tokens:
        if complete:
            if text or pads:
                return []
            rows.append(_Row())
            complete = False
            continue
        row = rows[-1]
        row.cells.append(text)
        row.pads += pads
        filled = len(row.cells) + row.pads
        if filled > width or (pads and filled < width):
            return []
        complete = filled == width
    return rows
