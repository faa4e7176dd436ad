"""Which cell of a row of table 二 stands in which column of its block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from govcrawl.model import Cell
from govcrawl.reports.lines import Line
from govcrawl.reports.schema import Block, Column
from govcrawl.reports.values import is_plain_value
from govcrawl.reports.values import plain_text as folded

BANNER = re.compile(r"第?二十条第?\(?(?P<item>[一二三四五六七八九十])\)?项?")
_PARENTHESES = re.compile(r"\([^()]*\)")
_YEAR = re.compile(r"\(?20\d\d年?度?\)?")

Picked = list[tuple[Cell | None, str]]


@dataclass(frozen=True, slots=True)
class Head:
    """A column's header: its text, and the slots below which its values stand."""

    text: str
    slots: tuple[int, ...]


def heads_of(header: Line) -> list[Head]:
    """Header cells behind 信息内容, from left to right."""
    heads: list[Head] = []
    last: Cell | None = None
    for slot, cell in enumerate(header.slots):
        text = folded(cell.text)
        if "信息内容" in text:
            heads.clear()  # a label of the rows above may hang in before it
            continue
        if not text or BANNER.match(text):
            continue
        if heads and cell is last:
            heads[-1] = Head(cell.text, (*heads[-1].slots, slot))
        else:
            heads.append(Head(cell.text, (slot,)))
        last = cell
    return heads


def column_named(plain: str, block: Block) -> Column | None:
    """The one column of a block that a folded header can be."""
    fitting = [column for column in block.columns if len(plain) > 3 and _fits(plain, column)]
    return fitting[0] if len(fitting) == 1 else None


def cut_heads(heads: Sequence[Head], block: Block) -> Iterator[str]:
    """Headers of which the document lost the end."""
    known, whole = _known(block)
    for head in heads:
        text = folded(head.text)
        cut = text not in whole and any(name.startswith(text) for name in whole)
        if cut and (text not in known or text.endswith("/")):
            yield head.text


@lru_cache(maxsize=64)
def _known(block: Block) -> tuple[frozenset[str], tuple[str, ...]]:
    """Folded names of a block's columns: all that are known of them, and those of the form."""
    known = {folded(name) for column in block.columns for name in (column.label, *column.aliases)}
    return frozenset(known), tuple(folded(column.label) for column in block.columns)


def pick(
    line: Line, cells: Sequence[Cell], heads: Sequence[Head], block: Block, width: int, *, even: bool = True
) -> Picked | None:
    """For each column of the block its cell and header text; None where that cannot be told.

    ``width`` is how far the row of headers reaches, ``even`` whether all rows of the table have as many
    cells.
    """
    doubtful = line.is_doubtful
    for named in (heads, _joined(heads)):
        assigned = _assigned(named, block)
        if assigned is not None:
            below = (
                _below(line, cells, named, [assigned[column.id] for column in block.columns], width, even)
                if line.aligned
                else None
            )
            # On a scan with marks their strokes part cells, and as many are not the same ones.
            return below or (None if doubtful else _in_order(cells, named, assigned, block, even))
    return None if doubtful and len(cells) > len(block.columns) else _by_count(cells, block, even)


def _joined(heads: Sequence[Head]) -> list[Head]:
    """Neighbouring headers of the same words as one: a span written out by repeating its text."""
    joined: list[Head] = []
    for head in heads:
        if joined and folded(joined[-1].text) == folded(head.text):
            joined[-1] = Head(head.text, (*joined[-1].slots, *head.slots))
        else:
            joined.append(head)
    return joined


def _fits(head: str, column: Column) -> bool:
    """Whether a header text, perhaps cut short or with a year put in, can be this column's."""
    bare = _bare(head)
    names = map(folded, (column.label, *column.aliases))
    return any(name.startswith(bare) or bare.startswith(name) for name in names)


@lru_cache(maxsize=1024)
def _bare(head: str) -> str:
    return _PARENTHESES.sub("", _YEAR.sub("", head)) or head


@lru_cache(maxsize=1024)
def _fitting(head: str, block: Block) -> tuple[str, ...]:
    """Ids of the columns of a block that a folded header can be."""
    return tuple(column.id for column in block.columns if _fits(head, column))


def _assigned(heads: Sequence[Head], block: Block) -> dict[str, Head] | None:
    """Column id to header; by wording, or in order where every header fits its column of the form."""
    exact: dict[str, Head] = {}
    known: list[Head] = []
    for head in heads:
        fitting = _fitting(folded(head.text), block)
        known += [head] if fitting else []
        if len(fitting) == 1 and fitting[0] not in exact:
            exact[fitting[0]] = head
    if len(known) != len(block.columns):
        return None
    if len(exact) == len(known):
        return exact
    in_order = zip(known, block.columns, strict=True)
    if all(column.id in _fitting(folded(head.text), block) for head, column in in_order):
        return {column.id: head for head, column in zip(known, block.columns, strict=True)}
    return None


def _below(
    line: Line,
    cells: Sequence[Cell],
    heads: Sequence[Head],
    columns: Sequence[Head],
    width: int,
    even: bool,
) -> Picked | None:
    """The cells under their headers, None unless they are just the cells of the row."""
    values = {id(cell) for cell in cells}
    found: dict[Head, Cell | None] = {}
    absent = torn = False
    for head in heads:
        own = line.at(head.slots)
        torn = torn or sum(cell.colspan > 0 for cell in own) > 1
        absent = absent or not any(cell.colspan for cell in own)
        filled = [cell for cell in own if folded(cell.text)]
        if len({folded(cell.text) for cell in filled}) > 1:
            return None
        if head in columns and any(cell.colspan and id(cell) not in values for cell in own):
            return None
        values -= {id(cell) for cell in own}
        found[head] = next(iter(filled or own), None)
    rest = [cell for cell in cells if id(cell) in values]
    # Nor where a row has a cell too many, unless every column has its value.
    beyond = set(map(id, line.slots[width:]))
    spare = any(id(cell) in beyond for cell in rest)
    shown = [cell for cell in found.values() if cell is not None and folded(cell.text)]
    if (spare or torn) and shown and not (even and _is_whole([*found.values()])):
        return None
    # A column without a cell: which of the row's cells the source lost cannot be told, all may be shifted.
    if (absent and shown) or (absent and rest) or any(folded(cell.text) for cell in rest):
        return None
    return [(found[head], head.text) for head in columns]


def _in_order(
    cells: Sequence[Cell], heads: Sequence[Head], assigned: dict[str, Head], block: Block, even: bool
) -> Picked | None:
    """As many cells as headers, one by one; blank ones behind a full row are no columns."""
    spare = cells[len(heads) :]
    if len(cells) < len(heads) or any(folded(cell.text) for cell in spare):
        return None
    if spare and not (even and _is_whole(cells[: len(heads)])):
        return None
    by_head = dict(zip(heads, cells, strict=False))
    return [(by_head[assigned[column.id]], assigned[column.id].text) for column in block.columns]


def _by_count(cells: Sequence[Cell], block: Block, even: bool) -> Picked | None:
    count = len(block.columns)
    tail = cells[count:]
    if len(cells) < count or any(folded(cell.text) for cell in tail):
        return None
    if tail and not (even and _is_whole(cells[:count])):
        return None
    return [(cell, "") for cell in cells[:count]]


def _is_whole(cells: Sequence[Cell | None]) -> bool:
    """Whether every cell holds a value, none a blank or words."""
    return all(cell is not None and folded(cell.text) and is_plain_value(cell.text) for cell in cells)
