"""Documents put together: a file described by the page that it is attached to, tables set into a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govcrawl.model import Block, Document, Table
from govcrawl.reports import sections
from govcrawl.reports.tables import read_tables

_SECTION_OF = {"proactive": 2, "application": 3, "challenge": 4}


def described_by(document: Document, page: Document | None) -> Document:
    """A file's document with what its page says of it: title, date of publication, publisher."""
    if page is None:
        return document
    titles = dict.fromkeys((*page.titles, *document.titles))
    return replace(document, meta={**document.meta, **page.meta}, titles=tuple(titles))


def with_tables_of(document: Document, other: Document) -> Document | None:
    """A document with the statutory tables of another one, each under its heading; None without any."""
    found = read_tables(other)
    if not found.kinds:
        return None
    tables = [block for block in other.blocks if isinstance(block, Table)]
    headings = sections.statutory(document.blocks)
    ends = {
        heading.number: headings[place + 1].block if place + 1 < len(headings) else len(document.blocks)
        for place, heading in enumerate(headings)
    }
    waiting: dict[int, list[Block]] = {}
    for number, kind in found.kinds.items():
        at = ends.get(_SECTION_OF.get(kind, 0), len(document.blocks))
        waiting.setdefault(at, []).append(tables[number - 1])
    blocks = tuple(_woven(document.blocks, waiting))
    return replace(document, blocks=blocks, defects=(*document.defects, *other.defects))


def _woven(blocks: Sequence[Block], waiting: dict[int, list[Block]]) -> list[Block]:
    """Blocks with those that wait for a place in front of the block there."""
    woven: list[Block] = []
    for place in range(len(blocks) + 1):
        woven += waiting.get(place, [])
        woven += blocks[place : place + 1]
    return woven
