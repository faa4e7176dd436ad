"""Lists that stand at another address now: the links that the old one showed are the new one's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from govcrawl.store.sqlite import row, write

_ROWS = """
    SELECT url, listing, seen_run, report_id FROM entries
    WHERE portal = ? AND listing IS NOT NULL AND report_id IS NOT NULL ORDER BY rowid
"""
_STANDING = "SELECT url FROM pages WHERE portal = ? AND run_id = ? AND trouble IS NULL"
_AFTER = """
    SELECT 1 FROM pages o JOIN pages n ON n.portal = o.portal
    WHERE o.portal = ? AND o.url = ? AND n.url = ? AND n.first_seen >= (
        SELECT min(started) FROM runs WHERE id > CASE WHEN o.trouble IS NULL THEN o.run_id
        ELSE (SELECT max(id) FROM runs WHERE started <= o.first_seen) END)
"""


@dataclass(slots=True)
class _List:
    """What a list showed last: reports by their ids, those that this run has seen, and the others by run."""

    now: set[int] = field(default_factory=set)
    before: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @property
    def reports(self) -> set[int]:
        """The reports of its last look, shown elsewhere since or nowhere."""
        return self.now | (self.before[max(self.before)] if self.before else set())


def relist(db: Database, portal: str, run_id: int, shown: Mapping[str, str]) -> dict[str, str]:
    """Let links go with a list that has moved; the new address of each such list, by its old one.

    ``shown`` is what a run has seen: addresses of links, each with the list that showed it. A list has moved
    where its own address was not read as a page of its own, and one other list, which no run has seen beside
    it, shows most of the other reports that it showed last, be it at their old addresses or at new ones.
    """
    lists, at = _seen(db, portal, run_id, shown)
    standing = {url for (url,) in db.conn.execute(_STANDING, (portal, run_id))} | set(shown.values())
    moved: dict[str, str] = {}
    for old, known in lists.items():
        if old in standing or (new := _heir(known.reports, at)) is None:
            continue
        if row(db, _AFTER, (portal, old, new)) is not None:
            moved[old] = new
    if moved:
        with write(db):
            db.conn.executemany(
                "UPDATE entries SET listing=? WHERE portal=? AND listing=?",
                [(new, portal, old) for old, new in moved.items()],
            )
    return moved


def _seen(
    db: Database, portal: str, run_id: int, shown: Mapping[str, str]
) -> tuple[dict[str, _List], dict[int, set[str]]]:
    """(what each list of a portal had, the lists that show a report now by its id)."""
    lists: dict[str, _List] = defaultdict(_List)
    at: dict[int, set[str]] = defaultdict(set)
    for url, listing, seen_run, report_id in db.conn.execute(_ROWS, (portal,)):
        if seen_run == run_id:
            lists[listing].now.add(report_id)
            at[report_id].add(shown.get(url, listing))
        else:
            lists[listing].before[seen_run or 0].add(report_id)
    return lists, at


def _heir(reports: Iterable[int], at: Mapping[int, set[str]]) -> str | None:
    """The one list that shows most of some reports but one, which may be the one that was published anew."""
    votes = Counter(listing for report in reports for listing in at.get(report, ()))
    best = votes.most_common(2)
    if not best or 2 * best[0][1] <= len(set(reports)) - 1:
        return None
    return None if len(best) > 1 and best[1][1] == best[0][1] else best[0][0]
