"""Times that a run wrote down whose clock was ahead: they count as never written, at the next run."""
# ruff: noqa: S608 - only texts of ours are put into SQL; values are bound

from __future__ import annotations

from sqlite_utils import Database

from govcrawl.store.clock import now
from govcrawl.store.empty_handed import LOOKS
from govcrawl.store.retries import LONGEST

_FAILED = "state IN ('failed', 'blocked')"
_AHEAD = (
    "(last_seen > :now OR doubted > :now "
    f"OR julianday(next_try) > julianday(:now) + CASE WHEN {_FAILED} THEN {LONGEST} ELSE {max(LOOKS)} END)"
)
_HELD = "url LIKE 'http%' AND EXISTS (SELECT 1 FROM sources s WHERE s.url = entries.url)"
_REPAIRS = (
    # on whose word it is gone nobody can say: it is in doubt from now on
    "UPDATE reports SET gone_since=NULL WHERE EXISTS (SELECT 1 FROM sources s "
    "JOIN entries ON entries.url = s.url "
    f"WHERE s.report_id = reports.id AND s.url LIKE 'http%' AND state = 'gone' AND {_AHEAD})",
    "UPDATE reports SET gone_since=:now WHERE gone_since > :now",
    f"UPDATE entries SET state='stored', doubted=:now WHERE state='gone' AND {_HELD} AND {_AHEAD}",
    f"UPDATE entries SET doubted=:now WHERE state='stored' AND doubted IS NOT NULL AND {_AHEAD}",
    f"UPDATE entries SET next_try=NULL WHERE {_FAILED} AND {_AHEAD}",
    "UPDATE entries SET doubted=CASE WHEN doubted IS NULL THEN NULL ELSE :now END, next_try=:now "
    f"WHERE state IN ('rejected', 'gone') AND next_try IS NOT NULL AND {_AHEAD}",
    "UPDATE entries SET last_seen=:now WHERE last_seen > :now",
    "UPDATE listings SET looked='' WHERE looked > :now",
    "DELETE FROM host_days WHERE day > date(:now, '+1 day')",
)


def forget_what_is_ahead(db: Database) -> None:
    """Put right what must not be compared with the present, inside the transaction that begins a run.

    What failed is due; a link without a report is looked at again now, a stored report's page that was in
    doubt or gone a day from now.
    """
    moment = {"now": now()}
    for statement in _REPAIRS:
        db.conn.execute(statement, moment)
