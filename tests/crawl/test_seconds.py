"""A report's second address is noted, not fetched, unless its first one brought nothing."""

from govcrawl.crawl.seconds import settle_seconds
from govcrawl.discovery import Discovery
from govcrawl.model import EntryState, Portal
from govcrawl.store import Store
from tests.store.make import URL, entry, report, source

OLD = URL.replace("/nb/", "/old/")
TITLE = "石坞县民政局2021年政府信息公开工作年度报告"
FIRST = entry(title=TITLE)
SECOND = entry(OLD, title=TITLE, listing="http://www.shiwu.gov.cn/old/")


def seen(store: Store) -> Discovery:
    store.start_run("crawl", {})
    store.note_entries([FIRST, SECOND], 1)
    discovery = Discovery(Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/"))
    discovery.seconds.note(FIRST)
    discovery.seconds.note(SECOND)
    return discovery


def test_it_leads_to_the_stored_report() -> None:
    with Store.in_memory() as store:
        discovery = seen(store)
        store.save_report(report(), source(), entry=FIRST, run_id=1)
        assert not settle_seconds(store, 1, discovery)
        row = store.db.conn.execute(
            "SELECT state, report_id, attempts, sha256, last_error FROM entries WHERE url=?", (OLD,)
        ).fetchone()
        told = f"not fetched: listed with the title and the date of {URL}"
        assert tuple(row) == ("stored", 1, 0, None, told)


def test_it_is_fetched_where_the_first_is_gone() -> None:
    with Store.in_memory() as store:
        discovery = seen(store)
        store.close_entry(URL, EntryState.GONE, "404", run_id=1)
        assert settle_seconds(store, 1, discovery)
        planned = [step.target.url for step in (discovery.next(), discovery.next()) if step is not None]
        assert OLD in planned
        assert store.states_of([OLD]) == {OLD: EntryState.PENDING}
        assert not settle_seconds(store, 1, discovery)
