"""The text of a report: prose as published, tables in their place as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from govcrawl.model import Block, Figure, Grid, Paragraph
from govcrawl.text import exact, line


def joined(parts: Iterable[str]) -> str:
    """Texts of blocks in reading order, a blank line between them; empty ones are left out."""
    return "\n\n".join(part for part in parts if part)


def text_of(block: Block) -> str:
    """A paragraph, or a table with its caption; nothing for an image."""
    if isinstance(block, Paragraph):
        return exact(block.text).strip()
    if isinstance(block, Figure):
        return ""
    return joined((line(block.caption), table_text(block.grid)))


def table_text(grid: Grid) -> str:
    """A pipe table: first row as head, cells on one line, a spanning cell's text in every slot it covers."""
    texts = [[cell.text for cell in row] for row in grid.rows if row]
    shown = {text: _escaped(text) for text in set(chain.from_iterable(texts))}
    rows = [list(map(shown.__getitem__, row)) for row in texts]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    head, *body = [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows]
    return "\n".join([_row(head), _row(["---"] * width), *(_row(row) for row in body)])


@lru_cache(maxsize=1 << 12)
def _escaped(text: str) -> str:
    return text if text.isdecimal() else line(text).replace("|", "\\|")


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
