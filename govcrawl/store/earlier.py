"""Addresses at which an earlier version of a report stood, before it was published anew at another one."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from govcrawl.store.sqlite import row

EARLIER = "an earlier version of it: "
"""How ``sources.reason`` begins of such an address."""


def is_earlier(alias: str) -> str:
    """The SQL condition that a row of ``sources`` under an alias is of such an address."""
    return f"substr({alias}.reason, 1, {len(EARLIER)}) = '{EARLIER}'"


STANDS = f"""EXISTS (
    SELECT 1 FROM sources s JOIN entries e ON e.url = s.url
    WHERE s.report_id = reports.id AND e.state = 'stored' AND NOT {is_earlier("s")})
"""  # noqa: S608 - a text of ours
"""The SQL condition that an address has a row of ``reports`` as it reads now, as far as is known."""


def mark_earlier(db: Database, report_id: int, now_at: str) -> None:
    """Let all addresses of a report but the one it stands at now be those of an earlier version of it.

    Inside a transaction.
    """
    db.conn.execute(
        "UPDATE sources SET reason=? WHERE report_id=? AND url<>?",
        (f"{EARLIER}it was published anew at {now_at}", report_id, now_at),
    )


def mark_left(db: Database, report_id: int, reading: str, now_at: str, dropped: Iterable[str]) -> None:
    """Let the addresses that a report has left be those of an earlier version, which reads so there.

    That is those that are gone or ``dropped`` by their lists (inside a transaction).
    """
    db.conn.execute(
        "UPDATE sources SET reason=:reason WHERE report_id=:id AND url<>:now_at "
        "AND url IN (SELECT url FROM readings WHERE reading=:reading) "
        "AND url IN (SELECT url FROM entries WHERE state='gone' UNION SELECT value FROM json_each(:dropped))",
        {
            "reason": f"{EARLIER}it was published anew at {now_at}",
            "id": report_id,
            "now_at": now_at,
            "reading": reading,
            "dropped": json.dumps(sorted(dropped)),
        },
    )


def earlier_at(db: Database, url: str) -> int | None:
    """The report of which an earlier version stood at an address, None for any other address."""
    found = row(db, f"SELECT s.report_id FROM sources s WHERE s.url = ? AND {is_earlier('s')}", (url,))  # noqa: S608 - a text of ours
    return None if found is None else int(found["report_id"])


def still_earlier(db: Database, url: str, sha256: str, reading: str) -> int | None:
    """The report whose earlier version stands at an address as it did, by its page's bytes or its reading.

    None where the address has something else now, or never had such a version.
    """
    known = row(db, "SELECT sha256, reading FROM readings WHERE url = ?", (url,))
    if known is None or (known["sha256"] != sha256 and known["reading"] != reading):
        return None
    return earlier_at(db, url)
