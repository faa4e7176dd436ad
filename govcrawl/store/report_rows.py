"""The rows of a report in ``reports``, ``versions`` and ``sources``: their columns and statements."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from govcrawl.model import Report, Source
from govcrawl.reports.narrative import narrative_hash
from govcrawl.store.clock import now
from govcrawl.store.parts import Parts

COLUMNS = (
    "portal",
    "division_code",
    "agency",
    "year",
    "title",
    "published",
    "template",
    "text",
    "source_type",
    "sha256",
    "extractor",
    "fetched_at",
    "evidence",
    "reading",
    "run_id",
    "scope",
    "agency_type",
    "agency_norm",
    "township_code",
    "narrative",
)

INSERT_REPORT = (
    f"INSERT INTO reports (id, url, first_seen, {', '.join(COLUMNS)}) VALUES (?, ?, ?{', ?' * len(COLUMNS)})"
)
NOTE_SOURCE = """
    INSERT INTO sources (url, report_id, sha256, source_type, first_seen, fetched_at, reason)
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET report_id=excluded.report_id,
        sha256=excluded.sha256, source_type=excluded.source_type, fetched_at=excluded.fetched_at,
        reason=excluded.reason
"""


def note_source(db: Database, report_id: int, source: Source, source_type: str, reason: str) -> None:
    """Write down that the report was published at an address, and how that was told."""
    db.conn.execute(NOTE_SOURCE, source_row(report_id, source, source_type, reason))


def source_row(report_id: int, source: Source, source_type: str, reason: str) -> tuple[Any, ...]:
    """The row for ``NOTE_SOURCE``."""
    times = source.fetched_at, source.fetched_at
    return source.url, report_id, source.sha256, source_type, *times, reason


def values_of(report: Report, source: Source, parts: Parts, *, run_id: int, extractor: str) -> dict[str, Any]:
    """What a report's row says in each of COLUMNS."""
    return {
        "portal": source.portal,
        "division_code": source.division_code,
        "agency": report.agency,
        "year": report.year,
        "title": report.title,
        "published": report.published,
        "template": report.template,
        "text": report.text,
        "source_type": report.source_type,
        "sha256": source.sha256,
        "extractor": extractor,
        "fetched_at": source.fetched_at,
        "evidence": parts.evidence,
        "reading": parts.digest,
        "run_id": run_id,
        "scope": report.scope,
        "agency_type": report.agency_type,
        "agency_norm": report.agency_norm,
        "township_code": report.township_code,
        "narrative": narrative_hash(report.text),
    }


def report_row(
    report_id: int | None, report: Report, source: Source, parts: Parts, *, run_id: int, extractor: str
) -> tuple[Any, ...]:
    """The row for ``INSERT_REPORT``, which gives it an id where it has none."""
    values = values_of(report, source, parts, run_id=run_id, extractor=extractor)
    return report_id, source.url, source.fetched_at, *[values[name] for name in COLUMNS]


def keep_version(db: Database, known: dict[str, Any], until: str | None = None) -> None:
    """Keep what a report's page said until a time or now (inside a transaction)."""
    db.conn.execute(
        "INSERT INTO versions (report_id, sha256, text, fetched_at, title, extractor, replaced_at) "
        "VALUES (:id, :sha256, :text, :fetched_at, :title, :extractor, :replaced_at)",
        {**known, "replaced_at": until or now()},
    )


def replace_row(db: Database, report_id: int, values: dict[str, Any]) -> None:
    """Let a report's row be that of another address, in all but its id and its first look.

    Inside a transaction; ``values`` are a row of ``reports``, which must be there no more.
    """
    settings = ", ".join(f"{name}=?" for name in ("url", *COLUMNS))
    db.conn.execute(
        f"UPDATE reports SET {settings}, gone_since=NULL WHERE id=?",
        (values["url"], *(values[name] for name in COLUMNS), report_id),
    )


def rewrite_row(db: Database, report_id: int, values: dict[str, Any]) -> None:
    """Write a report's row anew and take away its parts."""
    settings = ", ".join(f"{name}=?" for name in COLUMNS)
    db.conn.execute(
        f"UPDATE reports SET {settings} WHERE id=?", (*(values[name] for name in COLUMNS), report_id)
    )
    Parts.delete(db, report_id)
