"""What makes a version of a report: its page says something else than before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from govcrawl.model import Report, Source
from govcrawl.store.digest import files_unread
from govcrawl.store.doubts import was_half
from govcrawl.store.facts import facts_of

_FILES = "SELECT url, filename, media_type, sha256, role FROM attachments WHERE report_id = ?"


def is_version(db: Database, known: Mapping[str, Any], report: Report, source: Source) -> bool:
    """Whether what is stored of a report is to be kept as an earlier version beside what it says now.

    ``known`` is the report's row, with its id, sha256, text and title. Another date of publication, other
    spaces, or another finding are no version: there would be nothing to read that the present one lacks.
    Another attached file that was not read is one, for it may say anything; one that was read and lies
    elsewhere now, or is called or packed otherwise, is none.
    """
    if known["sha256"] == source.sha256 or was_half(db, known, source.url, report):
        return False
    if _written(known["title"], known["text"]) != _written(report.title, report.text):
        return True
    files = db.conn.execute(_FILES, (known["id"],)).fetchall()
    named = [(a.url, a.filename, a.media_type, a.sha256, a.role) for a in report.attachments]
    if files_unread(files) != files_unread(named):
        return True
    return _said(db, known["id"]) != {
        (fact.fact, fact.value, _spaceless(fact.raw), fact.status.value) for fact in report.facts
    }


def is_said_otherwise(db: Database, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows of ``reports`` differ as versions do; files may lie elsewhere."""
    if _written(one["title"], one["text"]) != _written(other["title"], other["text"]):
        return True
    files = [
        sorted(
            (named[1:] for named in files_unread(db.conn.execute(_FILES, (known["id"],)).fetchall())),
            key=repr,
        )
        for known in (one, other)
    ]
    return files[0] != files[1] or _said(db, one["id"]) != _said(db, other["id"])


def _written(*texts: str | None) -> list[str]:
    return [_spaceless(text) for text in texts]


def _spaceless(text: str | None) -> str:
    return "".join((text or "").split())


def _said(db: Database, report_id: int) -> set[tuple[Any, ...]]:
    found = facts_of(db, report_id)
    return {(fact, value, _spaceless(raw), status) for fact, value, raw, status, *_ in found}
