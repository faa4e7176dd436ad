"""Pages that show another stored report: its own address is looked at in the same run, to judge by both."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from govcrawl.store.exchanged import Shown, exchange, unseen

if TYPE_CHECKING:
    from govcrawl.crawl.session import PortalCrawl, Session
    from govcrawl.model import Entry, Report, Source

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Exchanges:
    """What the pages of one crawl showed in the place of the reports stored from them, by address."""

    shown: dict[str, Shown] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    def note(self, report_id: int, report: Report, source: Source) -> bool:
        """Take note of a page that shows another stored report; whether it is the first one to show it.

        A server that answers everything with one report shows that one again and again.
        """
        others = (one.report_id for url, one in self.shown.items() if url != source.url)
        first = report_id not in others
        self.shown[source.url] = Shown(report_id, report, source)
        return first

    def wanted(self, session: Session) -> list[Entry]:
        """The links of the reports shown that the run has not looked at yet, each once."""
        ids = [one.report_id for one in self.shown.values()]
        found = unseen(session.store.db, ids, session.run_id) if ids else []
        found = [entry for entry in found if entry.url not in self._asked]
        self._asked.update(entry.url for entry in found)
        return [replace(entry, reason="another address shows its report") for entry in found]


def follow_exchanges(session: Session, crawl: PortalCrawl) -> None:
    """Let reports stand under the addresses that they have exchanged, at the end of a portal's crawl."""
    shown = crawl.exchanges.shown
    if not shown or crawl.outage.over:
        return
    states = session.store.states_of(list(shown))
    for url in exchange(session.store.db, shown, session.run_id):
        state = states[url].value
        crawl.counts["doubted" if state == "stored" else state] -= 1
        log.info("%s: a report has moved here; addresses were exchanged", url)
