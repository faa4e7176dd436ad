"""Reports deleted and published anew under a new address: one report with its earlier text as a version."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from sqlite_utils import Database

from govcrawl.model import Entry
from govcrawl.reports.narrative import likeness, narrative
from govcrawl.store import bodies, facts
from govcrawl.store.earlier import is_earlier, mark_earlier
from govcrawl.store.facts import numbers_of
from govcrawl.store.indexing import index_soon
from govcrawl.store.lasting import DROPPED
from govcrawl.store.ledger import entry_of
from govcrawl.store.parts import Parts
from govcrawl.store.report_rows import keep_version, replace_row
from govcrawl.store.sqlite import row, write
from govcrawl.store.versions import is_said_otherwise

_Text = tuple[int | None, str, str]  # row of versions, title, text

_PROSE = 0.8  # likeness of the prose from which on a text is a correction of another
_NUMBERS = 0.5  # share of the numbers that a correction leaves as they were
_SHORT = 500  # characters, of which too few pieces are alike to be counted
_BODY = ("agency_norm", "scope", "year", "division_code", "township_code", "agency_type")
_SAME_BODY = " AND ".join(f"n.{name} IS o.{name}" for name in _BODY)
_PAIRS = f"""
    SELECT o.id AS old, n.id AS new
    FROM reports n JOIN reports o ON o.portal = n.portal AND o.id <> n.id AND {_SAME_BODY}
    JOIN entries nl ON nl.url = n.url JOIN entries ol ON ol.url = o.url AND ol.listing = nl.listing
    WHERE n.portal = :portal AND n.agency_norm IS NOT NULL AND n.year IS NOT NULL
    AND nl.state = 'stored' AND nl.doubted IS NULL AND nl.attempts > 0 AND n.url LIKE 'http%'
    AND n.url NOT IN (SELECT value FROM json_each(:dropped))
    AND NOT EXISTS (
        SELECT 1 FROM sources s JOIN entries e ON e.url = s.url
        WHERE s.report_id = o.id AND e.state <> 'gone' AND NOT {is_earlier("s")}
        AND NOT (s.url IN (SELECT value FROM json_each(:dropped)) AND nl.seen_run = :run))
    AND NOT EXISTS (SELECT 1 FROM sources s WHERE s.report_id = o.id AND s.url LIKE 'file:%')
    ORDER BY o.first_seen DESC, o.id DESC, n.id
"""
_RIVALS = f"""
    SELECT e.* FROM reports n JOIN reports o ON o.portal = n.portal AND o.id <> n.id AND {_SAME_BODY}
    JOIN entries e ON e.url = o.url
    WHERE n.portal = :portal AND n.run_id = :run AND n.agency_norm IS NOT NULL AND n.year IS NOT NULL
    AND e.state = 'stored' AND e.seen_run < :run AND e.looked_run < :run ORDER BY e.rowid
"""
_BACK = f"""
    SELECT r.id, s.url, s.sha256, o.url IS NOT NULL AND o.seen_run = :run
        AND o.state = 'stored' AS both
    FROM reports r JOIN sources s ON s.report_id = r.id AND {is_earlier("s")}
    JOIN entries e ON e.url = s.url LEFT JOIN entries o ON o.url = r.url
    WHERE r.portal = :portal AND e.state = 'stored' AND e.doubted IS NULL AND e.seen_run = :run
    AND (o.seen_run = :run OR o.url IN (SELECT value FROM json_each(:dropped)))
    ORDER BY r.id, s.url
"""


@dataclass(frozen=True, slots=True)
class Return:
    """An address that a list shows again, at which an earlier version of a report stood.

    ``both``: the list shows the later one as well.
    """

    report_id: int
    url: str
    sha256: str
    both: bool


def dropped(db: Database, portal: str, run_id: int, *, whole: bool, short: Iterable[str]) -> set[str]:
    """Links of a portal that a run has not seen on lists which would show them.

    ``whole`` and ``short`` are what they are for ``lasting.unlisted``.
    """
    found = db.conn.execute(
        f"SELECT e.url FROM entries e WHERE e.portal = :portal AND e.seen_run < :run AND ({DROPPED})",
        {"portal": portal, "run": run_id, "whole": whole, "short": json.dumps(sorted(short))},
    )
    return {url for (url,) in found}


def rivals(db: Database, portal: str, run_id: int) -> list[Entry]:
    """Links of reports for whose body and year a run has found another text, and that it has not seen."""
    return [entry_of(known) for known in db.query(_RIVALS, {"portal": portal, "run": run_id})]


def republished(db: Database, portal: str, run_id: int, dropped: Iterable[str]) -> Iterator[str]:
    """Join reports to those that they were published anew as, one transaction each; the new addresses.

    The old one is gone or among the ``dropped``, the new one is there, both stood on the same list, and most
    of the text and numbers are the same. Where several could be the new one nothing is joined.
    """
    given = {"portal": portal, "run": run_id, "dropped": json.dumps(sorted(dropped))}
    wanted: dict[int, list[int]] = {}
    for pair in list(db.query(_PAIRS, given)):  # the latest of several earlier ones first
        wanted.setdefault(pair["old"], []).append(pair["new"])
    stands: dict[int, int] = {}
    for old, found in wanted.items():
        alike = [new for new in found if _alike(db, old, stands.get(new, new))]
        if len(alike) == 1:
            new = stands.get(alike[0], alike[0])
            url = str(_known(db, new)["url"])
            with write(db):
                _join(db, old, new)
            stands[alike[0]] = old
            yield url


def returned(db: Database, portal: str, run_id: int, dropped: Iterable[str]) -> list[Return]:
    """Addresses of earlier versions that a run has seen on a list again."""
    given = {"portal": portal, "run": run_id, "dropped": json.dumps(sorted(dropped))}
    found = db.query(_BACK, given)
    return [Return(one["id"], one["url"], one["sha256"], bool(one["both"])) for one in found]


def part(db: Database, back: Return) -> None:
    """Take back that an address has an earlier version (inside a transaction): it has a report of its own."""
    db.conn.execute("DELETE FROM sources WHERE url=?", (back.url,))
    db.conn.execute(
        "DELETE FROM versions WHERE rowid = (SELECT max(rowid) FROM versions WHERE report_id=? AND sha256=?)",
        (back.report_id, back.sha256),
    )


def _alike(db: Database, old: int, new: int) -> bool:
    before, after = numbers_of(db, old), numbers_of(db, new)
    telling = [(before[name], after[name]) for name in before if name in after]
    telling = [pair for pair in telling if pair != (0, 0)]
    if telling and sum(was == is_now for was, is_now in telling) < _NUMBERS * len(telling):
        return False
    texts = narrative(_known(db, old)["text"]), narrative(_known(db, new)["text"])
    if min(map(len, texts)) < _SHORT:
        return SequenceMatcher(None, *texts, autojunk=False).ratio() >= _PROSE
    return likeness(*texts) >= _PROSE


def _known(db: Database, report_id: int) -> dict[str, Any]:
    found = row(db, "SELECT * FROM reports WHERE id = ?", (report_id,))
    if found is None:
        raise KeyError(report_id)
    return found


def _join(db: Database, old: int, new: int) -> None:
    """Let a report go on as another row has it, which goes; what it said is a version."""
    before, after = _known(db, old), _known(db, new)
    compared = (bodies.neighbours(db, old) | bodies.neighbours(db, new)) - {new}
    differs = is_said_otherwise(db, before, after)
    if differs:
        keep_version(db, before, max(after["first_seen"], before["fetched_at"]))
    _versions_last(db, new, old, [] if differs else [(None, after["title"], after["text"])])
    mark_earlier(db, old, after["url"])
    for table in ("entries", "sources"):
        db.conn.execute(f"UPDATE {table} SET report_id=? WHERE report_id=?", (old, new))
    Parts.delete(db, old)
    facts.delete_facts(db, old)
    Parts.move(db, new, old)
    facts.move_facts(db, new, old)
    db.conn.execute("DELETE FROM reports WHERE id=?", (new,))
    replace_row(db, old, after)
    index_soon(db)
    bodies.refresh(db, compared)


def _versions_last(db: Database, new: int, old: int, now_both: list[_Text]) -> None:
    """Put a report's versions behind those of another: their order is that of their rows.

    What both have said, the one at its end and the other from its beginning on, is kept once. ``now_both`` is
    what both say now, if anything.
    """
    earlier, later = [*_texts(db, old), *now_both], [*_texts(db, new), *now_both]
    for both in range(min(len(earlier), len(later)), 0, -1):
        if [text[1:] for text in earlier[-both:]] == [text[1:] for text in later[:both]]:
            db.conn.executemany("DELETE FROM versions WHERE rowid=?", [text[:1] for text in earlier[-both:]])
            break
    names = "sha256, text, fetched_at, title, extractor, replaced_at"
    db.conn.execute(
        f"INSERT INTO versions (report_id, {names}) SELECT ?, {names} FROM versions WHERE report_id=? "
        "ORDER BY rowid",
        (old, new),
    )
    db.conn.execute("DELETE FROM versions WHERE report_id=?", (new,))


def _texts(db: Database, report_id: int) -> list[_Text]:
    found = db.conn.execute(
        "SELECT rowid, title, text FROM versions WHERE report_id=? ORDER BY rowid", (report_id,)
    )
    return found.fetchall()
