"""Reports of one body and year at several addresses that parted and read the same again: one report."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from govcrawl.model import Report
from govcrawl.store import bodies
from govcrawl.store.earlier import is_earlier
from govcrawl.store.parts import Parts
from govcrawl.store.sqlite import row, write
from govcrawl.store.stale import STALE, mark_again, note_same_again

_WAS = f"""
    SELECT s.report_id FROM sources s JOIN reports r ON r.id = s.report_id
    WHERE s.url = ? AND r.url <> s.url AND r.agency_norm = ? AND r.year = ? AND NOT {is_earlier("s")}
"""
_OTHERS = f"""
    SELECT s.url FROM sources s JOIN entries e ON e.url = s.url
    WHERE s.report_id = ? AND s.url <> ? AND e.state = 'stored' AND e.doubted IS NULL AND e.attempts > 0
    AND e.looked_run IS NOT (SELECT max(id) FROM runs) AND NOT {is_earlier("s")}
"""
_PAIRS = """
    SELECT o.id, n.id FROM reports n
    JOIN reports o ON o.portal = n.portal AND o.year = n.year AND o.agency_norm = n.agency_norm
    AND o.scope = n.scope AND o.division_code IS n.division_code AND o.id < n.id
    JOIN entries nl ON nl.url = n.url JOIN entries ol ON ol.url = o.url
    WHERE n.portal = :portal AND nl.state = 'stored' AND nl.doubted IS NULL AND nl.attempts > 0
    AND ol.state = 'stored' AND ol.doubted IS NULL AND ol.attempts > 0
    AND NOT EXISTS (SELECT 1 FROM json_each(:dropped) WHERE value IN (n.url, o.url)) ORDER BY o.id, n.id
"""
_TWICE = """
    DELETE FROM versions WHERE report_id = ? AND EXISTS (
        SELECT 1 FROM versions v
        WHERE v.report_id = ? AND v.title IS versions.title AND v.text = versions.text)
"""
_OWN = f"SELECT s.url FROM sources s WHERE s.report_id = ? AND NOT {is_earlier('s')} AND NOT {STALE}"


def source_of(db: Database, url: str, report: Report) -> int | None:
    """The report of the same body and year that an address was a further source of; None without one."""
    found = row(db, _WAS, (url, report.agency_norm, report.year))
    return None if found is None else int(found["report_id"])


def note_parted(db: Database, report_id: int, url: str) -> None:
    """Have the other addresses of a report that reads otherwise at ``url`` looked at (inside a transaction).

    Those that this run has looked at are left alone: they still have it.
    """
    others = [other for (other,) in db.conn.execute(_OTHERS, (report_id, url)).fetchall()]
    mark_again(db, others, url)


def rejoined(db: Database, portal: str, dropped: Iterable[str]) -> Iterator[str]:
    """Join reports that read the same at two addresses, a transaction each; the addresses of the later rows.

    As what is read the same from a new address is a further source of its report: a correction that one
    address has before the other makes two rows until both have it. Links that their lists have ``dropped``
    do not count.
    """
    given = {"portal": portal, "dropped": json.dumps(sorted(dropped))}
    went: set[int] = set()
    for old, new in db.conn.execute(_PAIRS, given).fetchall():
        if not {old, new} & went and bodies.alike(db, old, new):
            with write(db):
                url = _join(db, old, new)
            went.add(new)
            yield url


def _join(db: Database, old: int, new: int) -> str:
    """Give a row's addresses and versions to another, whose history they are too, and take it away."""
    urls = dict(db.conn.execute("SELECT id, url FROM reports WHERE id IN (?, ?)", (old, new)).fetchall())
    own = [url for (url,) in db.conn.execute(_OWN, (new,)).fetchall()]
    compared = (bodies.neighbours(db, old) | bodies.neighbours(db, new)) - {new}
    db.conn.execute(_TWICE, (new, old))
    Parts.delete(db, new)
    for table in ("entries", "sources", "versions"):
        db.conn.execute(f"UPDATE {table} SET report_id=? WHERE report_id=?", (old, new))
    db.conn.execute("DELETE FROM reports WHERE id=?", (new,))
    note_same_again(db, own, urls[old])
    bodies.refresh(db, compared)
    return str(urls[new])
