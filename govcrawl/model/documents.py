"""Documents: the narrow waist between the containers and everything after them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from govcrawl.model.defects import Finding, Removal


class Cell(NamedTuple):
    """One cell of a table as printed.

    ``row`` and ``column`` are where its first slot stands in the grid; ``text`` keeps inner line breaks as
    newlines and is NFC, otherwise exactly as published. A slot in which the source has no cell holds one with
    ``rowspan`` and ``colspan`` 0: missing, not blank. ``uncertain`` is text that was recognised on an image
    and may be another.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    uncertain: bool = False


_TEXT: Callable[[Cell], str] = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its spans expanded: every slot that a spanning cell covers holds that same cell.

    ``aligned`` is False where the source had lost its columns (a flattened dump): cells of one row stand in
    their order, but a column index means nothing across rows. Rows may then differ in length.
    """

    rows: tuple[tuple[Cell, ...], ...]
    aligned: bool = True

    def texts(self) -> list[list[str]]:
        """Cell texts row by row, a spanning cell's text repeated in every slot it covers."""
        return [list(map(_TEXT, row)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, list item or heading; ``level`` is 1 to 6 where the source marks a heading, else 0."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A data table in its place between the paragraphs."""

    grid: Grid
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """An image in its place; a report's table may exist only so."""

    src: str
    alt: str = ""


Block = Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a document that may be an attachment: absolute or relative ``url`` as published."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a container reader makes of bytes, the same for every format: blocks in reading order.

    ``meta`` holds what the source states about itself under lower-case keys (``title``, ``articletitle``,
    ``pubdate``, ``contentsource``, ``publisher``, ``index_number``, ``sitename`` ...). ``titles`` are
    candidates for the title, best first. ``main`` says how the content was separated from its surroundings:
    ``anchors`` (statutory headings), ``selector``, ``trafilatura``, ``whole``. ``defects`` are what
    reading the container had to deal with, ``removed`` the texts of the article that it left out.
    """

    source_type: str
    blocks: tuple[Block, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    charset: str | None = None
    replaced: int = 0
    main: str = "whole"
    defects: tuple[Finding, ...] = ()
    removed: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A page or a file attached to one, as fetched: its bytes, and what address and server say of them."""

    content: bytes
    url: str
    name: str = ""
    media_type: str | None = None
    charset: str | None = None
