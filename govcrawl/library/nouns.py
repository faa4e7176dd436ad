"""Rows of the database as frozen objects; the columns are told in docs/database.md."""

from __future__ import annotations

from dataclasses import dataclass

from govcrawl.model import Section

Number = int | float


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A stored report without its text."""

    id: int
    url: str
    portal: str
    division_code: str | None
    agency: str | None
    agency_norm: str | None
    agency_type: str | None
    township_code: str | None
    scope: str
    year: int | None
    title: str
    published: str | None
    template: str
    source_type: str
    sha256: str
    extractor: str
    first_seen: str
    fetched_at: str
    gone_since: str | None


@dataclass(frozen=True, slots=True)
class FactRow:
    """One cell of a statutory table, with the report's place, body and year; ``value`` only for numbers."""

    report_id: int
    division_code: str | None
    agency: str | None
    year: int | None
    fact: str
    value: Number | None
    raw: str | None
    status: str
    unit: str | None
    unit_source: str | None
    note: str | None
    table_number: int | None
    row: int | None
    col: int | None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """An accounting identity applied to a report; ``outcome`` is pass, fail or not_assessable."""

    report_id: int
    division_code: str | None
    agency: str | None
    year: int | None
    rule: str
    subject: str
    outcome: str
    expected: str | None
    actual: str | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A number taken from a sentence of a report's prose."""

    report_id: int
    division_code: str | None
    agency: str | None
    year: int | None
    fact: str
    value: Number
    sentence: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A body and a fiscal year that the law asks for, or of which a report is there; see docs/coverage.md."""

    portal: str
    division_code: str | None
    place: str
    body: str
    kind: str
    township_code: str | None
    year: int
    due: str
    status: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A fact of a body in a year; value, raw and cell are None where there is no report or no such cell.

    ``status`` is the year's in the panel, ``cell`` that of the cell.
    """

    body_id: str
    year: int
    status: str
    report_id: int | None
    fact: str
    value: Number | None
    raw: str | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of a command that writes; ``verdict`` is None while it goes on, and where it was killed."""

    id: int
    started: str
    finished: str | None
    verdict: str | None
    exit_status: int | None
    command: str
    arguments: str
    version: str
    requests: int
    reports_new: int
    reports_changed: int
    reports_unchanged: int
    entries_rejected: int
    entries_failed: int
    entries_pending: int
    entries_blocked: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table of a report: rows of texts, a spanning cell's text in every slot that it covers."""

    number: int
    caption: str
    kind: str | None
    grid: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What a report's page said before it was changed."""

    sha256: str
    title: str
    text: str
    fetched_at: str
    replaced_at: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An address at which a report was published, and how that was told."""

    url: str
    sha256: str
    source_type: str
    fetched_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class FullReport:
    """A report with all that was read of it; ``source`` is the address to show, ``sources`` are all."""

    row: ReportRow
    text: str
    sections: tuple[Section, ...]
    tables: tuple[TableRow, ...]
    facts: tuple[FactRow, ...]
    checks: tuple[CheckRow, ...]
    statements: tuple[StatementRow, ...]
    versions: tuple[VersionRow, ...]
    sources: tuple[SourceRow, ...]

    @property
    def source(self) -> str:
        """The address of the report."""
        return self.row.url

    def value(self, fact: str) -> Number | None:
        """The number of a cell; None where it holds none, KeyError where the report has no such cell."""
        for row in self.facts:
            if row.fact == fact:
                return row.value
        raise KeyError(fact)
