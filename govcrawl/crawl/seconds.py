"""Second addresses of reports: noted with the report they lead to, fetched where its first one failed."""

from __future__ import annotations

from govcrawl.discovery import Discovery
from govcrawl.model import EntryState
from govcrawl.store import Store
from govcrawl.store.ledger import note_second


def settle_seconds(store: Store, run_id: int, discovery: Discovery) -> bool:
    """Settle the second addresses that discovery saw; whether any has to be fetched after all."""
    seconds, wanted = discovery.seconds, False
    states = store.states_of([*seconds.of, *seconds.of.values()])
    while seconds.entries:
        entry = seconds.entries.pop()
        first = seconds.of[entry.url]
        if states.get(entry.url) is not EntryState.PENDING:
            continue
        if states.get(first) is EntryState.STORED:
            note_second(store.db, entry.url, first, run_id)
        else:
            discovery.want(entry)
            wanted = True
    return wanted
