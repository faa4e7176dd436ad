"""Statutory tables typed with tabs in a Word file: a paragraph for each row, tab stops between cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from govcrawl.documents.drawn import drawn_rows, is_cell_like, named
from govcrawl.documents.rows import grid_of
from govcrawl.documents.word_numbers import with_number
from govcrawl.model import Block, Paragraph, Table
from govcrawl.text import line

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Tabbed(Paragraph):
    """A paragraph with tabs in it; ``raw`` is its text with them."""

    raw: str = ""


def paragraphs(text: str, level: int, label: str = "") -> Iterator[Paragraph]:
    """Paragraphs of a text by its breaks, the first with the number that Word prints before it."""
    for raw in text.split("\n"):
        if plain := line(raw):
            if label:
                plain, label = line(with_number(label, plain)), ""
            yield Tabbed(plain, level, raw) if "\t" in raw.strip() else Paragraph(plain, level)


def with_typed_tables(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with such tables in the place of their rows; tabs in other paragraphs are white space."""
    listed = list(blocks)
    if not any(isinstance(block, Tabbed) for block in listed):
        return listed
    runs = [(alike, list(run)) for alike, run in groupby(listed, key=_may_be_row)]
    return [block for alike, run in runs for block in (_table(run) if alike else map(_plain, run))]


def _may_be_row(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.level and is_cell_like(block.text)


def _table(part: list[Block]) -> Iterator[Block]:
    lines = [block for block in part if isinstance(block, Paragraph)]
    tabbed = [number for number, block in enumerate(lines) if isinstance(block, Tabbed)]
    first, end = (tabbed[0], tabbed[-1] + 1) if tabbed else (0, 0)
    rows = None
    if len(tabbed) >= _FEWEST and named([block.text for block in lines]):
        # A line above without tabs names what follows: the article that the rows below belong to.
        first = max(0, first - 1)
        rows = drawn_rows([_raw(block) for block in lines[first:end]])
    if rows is None:
        first, end = len(lines), len(lines)
    yield from map(_plain, lines[:first])
    if rows is not None:
        yield Table(grid_of(rows))
    yield from map(_plain, lines[end:])


def _raw(block: Paragraph) -> str:
    return block.raw if isinstance(block, Tabbed) else block.text


def _plain(block: Block) -> Block:
    return Paragraph(block.text, block.level) if isinstance(block, Tabbed) else block
