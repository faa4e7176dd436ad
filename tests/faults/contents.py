"""What a database says, without what may differ between two ways to the same end: row numbers and times."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_PARTS = {
    "sections": "number, heading, text",
    "tables": "number, caption, grid, kind",
    "facts": "fact, value, raw, status, unit, note",
    "statements": "fact, value, sentence",
    "checks": "rule, subject, outcome, expected, actual",
    "findings": "kind, subject, detail",
    "removals": "rule, line",
    "attachments": "url, filename, media_type, sha256, role",
    "versions": "sha256, text, title",
}
_WHOLE = {
    "reports": (
        "url, portal, division_code, agency, year, title, published, template, text, source_type, sha256, "
        "scope, agency_type, agency_norm, township_code, reading FROM reports"
    ),
    "sources": "s.url, r.url, s.sha256, s.source_type FROM sources s JOIN reports r ON r.id = s.report_id",
    "entries": (
        "e.url, e.portal, e.title, e.year, e.published, e.state, r.url "
        "FROM entries e LEFT JOIN reports r ON r.id = e.report_id"
    ),
    "portals": "key, name, url, division_code FROM portals",
}


def contents(output: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table of content, in an order of their own. Raises sqlite3.Error for a broken file."""
    with closing(sqlite3.connect(f"{(output / 'govcrawl.db').as_uri()}?mode=ro", uri=True)) as db, db:
        found = {name: _rows(db, f"SELECT {query}") for name, query in _WHOLE.items()}
        for table, columns in _PARTS.items():
            named = ", ".join(f"p.{column.strip()}" for column in columns.split(","))
            found[table] = _rows(
                db, f"SELECT r.url, {named} FROM {table} p JOIN reports r ON r.id = p.report_id"
            )
    db.close()
    return found


def faults(output: Path) -> list[str]:
    """What is wrong with a database and its archive as such; nothing when all is well."""
    with closing(sqlite3.connect(output / "govcrawl.db")) as db, db:
        told = [str(row) for row in db.execute("PRAGMA integrity_check") if row != ("ok",)]
        told += [f"dangling reference {row}" for row in db.execute("PRAGMA foreign_key_check")]
        told += [
            f"{url} is stuck: {state} {error}"
            for url, state, error in db.execute(
                "SELECT url, state, last_error FROM entries WHERE state NOT IN ('stored', 'rejected', 'gone')"
            )
        ]
        told += [
            f"{url} has no bytes"
            for (url,) in db.execute(
                "SELECT url FROM sources WHERE sha256 NOT IN (SELECT sha256 FROM records)"
            )
        ]
    db.close()
    return told


def _rows(db: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    return sorted(db.execute(query).fetchall(), key=repr)
