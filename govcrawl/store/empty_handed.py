"""Links that ought to lead to a report and brought none: looked at again 1, 7, 30 and 90 days later.

One wrong answer, a maintenance page or a 404, must not lose a report that its list goes on showing.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from govcrawl.model import EntryState
from govcrawl.reports.titles import negative_class, report_title
from govcrawl.store.clock import now, written
from govcrawl.store.sqlite import row

LOOKS = (1, 7, 30, 90)
"""Days after the first look at which such a link is asked for again, then no more."""

_SLACK = timedelta(hours=6)  # a crawl that begins at the same hour every night finds due what is due then
_WITHOUT = (EntryState.GONE, EntryState.REJECTED)
_JUDGED = re.compile(  # a notice of the maintenance of a site is no word about the report
    r"no annual report but a (?!look-alike \(\w+\): (?![^;]*(?:公开|年报|年度报告)))"
    r"|each of which has an entry of its own"
)
_NAMED = re.compile("年报|年度报告")  # as a row of the column of these reports may say
_AWAITED = """
    SELECT portal, state, doubted, next_try, last_error, url FROM entries
    WHERE state IN ('rejected', 'gone') AND next_try IS NOT NULL ORDER BY next_try, url
"""


def note_empty_handed(db: Database, url: str, state: EntryState) -> None:
    """Set when a link without a report is looked at again, in the transaction that wrote its state.

    What is stored already has its own doubts (evidence.py).
    """
    if state not in _WITHOUT or row(db, "SELECT 1 FROM sources WHERE url = ?", (url,)) is not None:
        return
    known = row(db, "SELECT * FROM entries WHERE url = ?", (url,))
    if known is None or not ought(known):
        db.conn.execute("UPDATE entries SET doubted=NULL WHERE url=?", (url,))
        return
    since = known["doubted"] or now()
    due = next_look(datetime.fromisoformat(since), datetime.now(UTC))
    db.conn.execute("UPDATE entries SET doubted=?, next_try=? WHERE url=?", (since, due, url))
    # a server that says that its wrong answer has not changed is not believed
    db.conn.execute("DELETE FROM validators WHERE url=?", (url,))


def next_look(since: datetime, moment: datetime) -> str | None:
    """From when on a link that brought nothing ``since`` then is looked at again; None: no more."""
    looks = (since + timedelta(days=days) - _SLACK for days in LOOKS)
    return next((written(look) for look in looks if look > moment), None)


def awaited(db: Database) -> list[dict[str, Any]]:
    """The links that are in doubt because they brought no report, with when they are looked at again."""
    return list(db.query(_AWAITED))


def ought(known: dict[str, Any]) -> bool:
    """Whether a link may have a report all the same: it was gone at a look, or its list names it as one.

    What was read and found to be a notice of reports, a guide, or a copy of one for show is settled.
    """
    if not known["url"].startswith("http") or "#" in known["url"]:  # a file on disk, a part of an archive
        return False
    if known["state"] == EntryState.GONE:
        return True
    title = known["title"] or ""
    told = report_title(title)
    named = told is not None or (_NAMED.search(title) is not None and negative_class(title) is None)
    if not named or ((told and told.year) or known["year"]) is None:
        return False
    return _JUDGED.search(known["last_error"] or "") is None
