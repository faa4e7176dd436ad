"""A report's text as paragraphs and tables; a table that the form shows is told apart from the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from govcrawl.store.queries import Row


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph (``lines``), or a table as published (``grid``); ``kind`` is a statutory table's."""

    lines: Sequence[str] = ()
    grid: Sequence[Sequence[str]] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its heading, empty for what stands before the first one, and its passages."""

    heading: str
    passages: Sequence[Passage]


def parts(sections: Sequence[Row], tables: Iterable[Row], text: str) -> list[Part]:
    """The sections in their order; a report without sections is one part.

    The tables of the text are those of ``tables`` in their order; where their numbers differ, which nobody
    can mend here, each stays as its lines.
    """
    made = [(section["heading"], list(_blocks(section["text"]))) for section in sections]
    if not made:
        made = [("", list(_blocks(text)))]
    known = list(tables)
    drawn = sum(1 for _, blocks in made for block in blocks if _is_table(block))
    left = iter(known if drawn == len(known) else ())
    return [Part(heading, [_passage(block, left) for block in blocks]) for heading, blocks in made]


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in text.splitlines():
        if not line.strip() or (block and line.startswith("|") != block[0].startswith("|")):
            if block:
                yield block
            block = []
        if line.strip():
            block.append(line)
    if block:
        yield block


def _is_table(block: Sequence[str]) -> bool:
    return len(block) > 1 and block[1].startswith("| ---")


def _passage(block: list[str], left: Iterator[Row]) -> Passage:
    if _is_table(block):
        table = next(left, None)
        if table is not None:
            return Passage(grid=json.loads(table["grid"]), kind=table["kind"])
    return Passage(lines=block)
