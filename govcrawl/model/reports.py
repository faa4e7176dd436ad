"""Reports: facts, checks, sections and tables of an annual report as read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from govcrawl.model.defects import Finding, Removal
from govcrawl.model.documents import Grid


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


class Fact(NamedTuple):
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


class Check(NamedTuple):
    """An accounting identity or consistency rule applied to a subject of one report."""

    rule: str
    subject: str
    outcome: Outcome
    expected: str | None = None
    actual: str | None = None


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
