"""The nouns that travel between the rooms: frozen, typed, free of any library's classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Portal:
    """A government portal to crawl: a row of the registry, or an address somebody typed.

    ``key`` is the name used in the database: the registry key (``qinbei`` for www.qinbei.gov.cn) for a
    registry row, the host otherwise.
    ``hosts`` are further hosts of the same place that the registry names; ``start`` replaces ``url`` as the
    first page when a row overrides it, with ``reason`` saying why.
    """

    key: str
    name: str
    url: str
    division_code: str | None = None
    level: str | None = None
    province: str = ""
    prefecture: str = ""
    hosts: tuple[str, ...] = ()
    start: str | None = None
    reason: str | None = None


# --- documents ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table as printed.

    ``row`` and ``column`` are where its first slot stands in the grid; ``text`` keeps inner line breaks as
    newlines and is NFC, otherwise exactly as published. A slot in which the source has no cell holds one with
    ``rowspan`` and ``colspan`` 0: missing, not blank.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


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
        return [[cell.text for cell in row] for row in self.rows]


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


# --- reports -----------------------------------------------------------------------------------------


class Status(StrEnum):
    """What a table cell holds; only ``number`` carries a value."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    NONE_WORD = "none_word"
    TEXT = "text"
    MISSING = "missing"
    IMAGE = "image"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell of a statutory table.

    ``fact`` is an id of report_schema.yaml, ``<table>.<row>:<column>``. ``value`` is in the column's unit
    (件, 项, 万元); ``raw`` is the cell as printed. ``table``, ``row`` and ``column`` say where it stood
    (index of the table in the report, slot in its grid), None where there was no cell.
    """

    fact: str
    value: int | float | None
    raw: str
    status: Status
    unit: str | None = None
    unit_source: str | None = None
    note: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A number taken from an unambiguous sentence, with that sentence."""

    fact: str
    value: int | float
    sentence: str


class Outcome(StrEnum):
    """Result of an identity; not_assessable when any operand is no explicit number."""

    PASS = "pass"  # noqa: S105 - a verdict, not a secret
    FAIL = "fail"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class Check:
    """An accounting identity or consistency rule applied to a subject of one report."""

    rule: str
    subject: str
    outcome: Outcome
    expected: str | None = None
    actual: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect of the published document that reading had to deal with, for its office to see."""

    kind: str
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report; ``number`` is its place, 0 for what stands before the first heading."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Any table of the report; ``kind`` is proactive, application, challenge, stat2014 or None."""

    number: int
    caption: str
    grid: Grid
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to the report; role: only_source, twin, table_image, other."""

    url: str
    filename: str
    media_type: str | None = None
    sha256: str | None = None
    role: str = "other"


@dataclass(frozen=True, slots=True)
class Removal:
    """A line that cleaning took out of the text, with the rule that named it."""

    rule: str
    line: str


@dataclass(frozen=True, slots=True)
class Report:
    """An annual report as read: everything the store writes about it, in one value.

    ``scope`` is own or aggregate (a county's sum over its bodies); ``agency_type`` is county_gov, city_gov,
    province_gov, department, township, subdistrict, committee, other or None; ``agency_norm`` is the name for
    comparison; ``township_code`` the nine-digit code of a town or street office.
    """

    title: str
    agency: str | None
    year: int | None
    published: str | None
    template: str
    text: str
    source_type: str
    sections: tuple[Section, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    facts: tuple[Fact, ...] = ()
    statements: tuple[Statement, ...] = ()
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    removals: tuple[Removal, ...] = ()
    evidence: Mapping[str, str] = field(default_factory=dict)
    scope: str = "own"
    agency_type: str | None = None
    agency_norm: str | None = None
    township_code: str | None = None


# --- crawl -------------------------------------------------------------------------------------------


class EntryState(StrEnum):
    """Where a discovered report link stands."""

    PENDING = "pending"
    STORED = "stored"
    REJECTED = "rejected"
    FAILED = "failed"
    BLOCKED = "blocked"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Entry:
    """A link that discovery takes for a report: the ledger keeps one row for each.

    ``listing`` is the page it was found on, ``title`` and ``published`` are what that page says.
    """

    url: str
    portal: str
    title: str = ""
    year: int | None = None
    published: str | None = None
    listing: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that discovery looked at on its way: what the next crawl remembers of it.

    ``trail`` holds the labels that led there, ``parent`` the page before it, ``rows`` how many report links
    it and its further pages held; 0 marks a page that is not worth another visit. ``shown`` is False where a
    script fills the list, so that the page itself shows none of them.
    """

    url: str
    trail: tuple[str, ...]
    parent: str | None
    rows: int
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report's bytes came from: the key of its row and the proof behind it.

    ``url`` is normalised (``file:`` for ingested files); ``record`` is the archive record, None when the
    bytes stayed where they were.
    """

    url: str
    portal: str
    division_code: str | None
    sha256: str
    fetched_at: str
    record: ArchiveRecord | None = None


@dataclass(frozen=True, slots=True)
class ArchiveRecord:
    """Where raw bytes lie: a record of a WARC file, ``offset`` and ``length`` in compressed bytes."""

    sha256: str
    file: str
    offset: int
    length: int
    url: str
    media_type: str | None = None
    status: int = 200
    fetched_at: str = ""
