"""Links that ought to lead to a report and brought none: looked at again 1, 7, 30 and 90 days later.

One wrong answer, a maintenance page or a 404, must not lose a report that its list goes on showing. Where
another page stood in the report's place, the first looks have failed; only one on a later day settles it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from govcrawl.counting import counted
from govcrawl.model import EntryState
from govcrawl.reports.identify import OWN_TITLE
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
_MEANT = f"no annual report: {OWN_TITLE} "
"""Begins why a page is rejected that is the one its list named."""

_NAMED = re.compile("年报|年度报告")  # as a row of the column of these reports may say
HOME = "its address leads to the home page"
"""Begins why a link is gone whose server sent on to the home page, which it may do for a moment."""

_AWAITED = """
    SELECT portal, state, doubted, next_try, last_error, url FROM entries
    WHERE state IN ('rejected', 'gone') AND next_try IS NOT NULL {only} ORDER BY next_try, url
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


def at_first(db: Database, url: str, state: EntryState, reason: str | None, latest: str) -> EntryState:
    """The state of a link after a look that found another page in the place of its report.

    Failed, as long as no look before the moment ``latest`` has found the same. A server that says that there
    is no page is believed, and so is a page that was read and is another document, or that has the title of
    the report and nothing else of it. Inside the transaction that writes the state.
    """
    known = row(db, "SELECT * FROM entries WHERE url = ?", (url,)) if state in _WITHOUT else None
    if known is None or (state is EntryState.GONE and not (reason or "").startswith(HOME)):
        return state
    if (reason or "").startswith(_MEANT):
        return state
    named = ought({**known, "state": EntryState.REJECTED, "last_error": reason})
    if not named or row(db, "SELECT 1 FROM sources WHERE url = ?", (url,)) is not None:
        return state
    if known["doubted"] is not None and known["doubted"] <= latest:
        return state
    db.conn.execute("UPDATE entries SET doubted=coalesce(doubted, ?) WHERE url=?", (now(), url))
    # a server that says that its wrong answer has not changed is not believed
    db.conn.execute("DELETE FROM validators WHERE url=?", (url,))
    return EntryState.FAILED


def next_look(since: datetime, moment: datetime) -> str | None:
    """From when on a link that brought nothing ``since`` then is looked at again; None: no more."""
    looks = (since + timedelta(days=days) - _SLACK for days in LOOKS)
    return next((written(look) for look in looks if look > moment), None)


def awaited(db: Database) -> list[dict[str, Any]]:
    """The links that are in doubt because they brought no report, with when they are looked at again."""
    return list(db.query(_AWAITED.format(only="")))


def absent(db: Database, portal: str) -> str | None:
    """How many links of a portal are in such doubt, one of them, and what happens, in words; None: none."""
    found = list(db.query(_AWAITED.format(only="AND portal = ?"), (portal,)))
    if not found:
        return None
    one = found[0]
    return (
        f"{counted(len(found), 'link')} of its lists brought no report and will be asked for again from "
        f"{one['next_try'][:10]} on, such as {one['url']}: {one['last_error']}"
    )


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
