from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from govcrawl.model import Entry, EntryState, Portal
from govcrawl.store import Store
from govcrawl.store.clock import now
from govcrawl.store.retries import later_entries, next_try
from govcrawl.store.sqlite import write
from tests.store.make import URL, entry, report, source


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "g.db") as opened:
        opened.start_run("first", {"url": "http://www.shiwu.gov.cn/"})
        opened.start_run("second", {})
        yield opened


def test_unknown_links_are_pending_once(store: Store) -> None:
    others = [entry(f"{URL}?{number}") for number in range(3)]
    assert store.note_entries([entry(), *others, entry()], 1) == 4
    assert store.note_entries([entry()], 1) == 0
    assert store.pending_entries("shiwu") == [entry(), *others]
    assert store.pending_entries("elsewhere") == []


@pytest.mark.parametrize("changes", [{"title": "民政局2021年年报（更正）"}, {"published": "2022-05-01"}])
def test_a_listing_that_says_something_new_reopens(store: Store, changes: dict[str, str]) -> None:
    store.note_entries([entry()], 1)
    store.save_report(report(), source(), entry=entry(), run_id=1)
    assert store.note_entries([entry()], 2) == 0
    assert store.note_entries([entry(**changes)], 2) == 1
    assert store.pending_entries("shiwu") == [entry(**changes)]
    store.save_report(report(), source(), entry=entry(**changes), run_id=2)
    assert store.note_entries([entry(**changes)], 2) == 0


def test_another_listing_that_words_it_differently_does_not_reopen(store: Store) -> None:
    store.note_entries([entry()], 1)
    store.save_report(report(), source(), entry=entry(), run_id=1)
    shortened = entry(title="民政局2021年…", listing="http://www.shiwu.gov.cn/")
    assert store.note_entries([shortened], 2) == 0
    assert store.note_entries([entry()], 2) == 0


def test_failed_links_are_tried_again_by_a_later_run_only(store: Store) -> None:
    store.note_entries([entry()], 1)
    store.close_entry(URL, EntryState.FAILED, "timeout", run_id=1)
    assert store.note_entries([entry()], 1) == 0
    assert [(row["attempts"], row["last_error"]) for row in store.unsettled_entries()] == [(1, "timeout")]
    assert store.note_entries([entry()], 2) == 1
    assert store.entry_states("shiwu") == {URL: EntryState.PENDING}
    assert store.states_of([*(f"{URL}?{n}" for n in range(700)), URL]) == {URL: EntryState.PENDING}


def test_what_fails_again_and_again_is_asked_for_less_and_less_often(store: Store) -> None:
    store.note_entries([entry()], 1)
    moment = datetime(2026, 3, 1, 22, tzinfo=UTC)
    days = [next_try(failures, moment) for failures in (1, 2, 3, 4, 5, 6, 7, 20)]
    told = ["03-02", "03-03", "03-05", "03-09", "03-17", "04-02", "04-02"]
    assert days == [None, *(f"2026-{day}T16:00:00Z" for day in told)]

    store.close_entry(URL, EntryState.FAILED, "timeout", run_id=1)
    assert store.unfinished_entries("shiwu", 2) == [entry()]
    store.close_entry(URL, EntryState.BLOCKED, "403", run_id=2)
    [row] = store.unsettled_entries()
    assert row["failures"] == 2
    assert row["next_try"] > now()
    run = store.start_run("third", {})
    assert store.note_entries([entry()], run) == 0
    assert store.unfinished_entries("shiwu", run) == []
    assert later_entries(store.db, "shiwu", run, None) == (1, row["next_try"][:10])
    assert later_entries(store.db, "shiwu", run, range(2019, 2021)) == (0, "")
    assert store.note_entries([entry(title="民政局2021年年报（更正）")], run) == 1
    store.save_report(report(), source(), entry=entry(), run_id=run)
    [row] = store.db.query("SELECT failures, next_try FROM entries")
    assert (row["failures"], row["next_try"]) == (0, None)


def test_what_is_due_again_is_asked_for(store: Store) -> None:
    store.note_entries([entry()], 1)
    for run in (1, 1, 1):
        store.close_entry(URL, EntryState.FAILED, "timeout", run_id=run)
    assert store.note_entries([entry()], 2) == 0
    with write(store.db):
        store.db.execute("UPDATE entries SET next_try = ?", [now()])
    assert store.unfinished_entries("shiwu", 2) == [entry()]
    assert store.note_entries([entry()], 2) == 1


def test_rejected_links_stay_rejected(store: Store) -> None:
    unnamed = entry(title="政务公开")
    store.note_entries([unnamed], 1)
    store.reject(unnamed, "shiwu", "a notice", source(), 1)
    assert store.note_entries([unnamed], 2) == 0
    [row] = store.db.query("SELECT * FROM entries")
    assert (row["state"], row["last_error"], row["sha256"]) == ("rejected", "a notice", source().sha256)


def test_a_document_nobody_listed_can_be_rejected(store: Store) -> None:
    store.reject("file:///a/b.html", "file", "no report", run_id=1)
    assert store.entry_states("file") == {"file:///a/b.html": EntryState.REJECTED}


def test_closing_an_unknown_link_is_an_error(store: Store) -> None:
    with pytest.raises(KeyError, match="nowhere"):
        store.close_entry("http://nowhere.gov.cn/", EntryState.GONE, "404", run_id=1)


def test_runs_tell_how_they_ended(store: Store) -> None:
    store.finish_run(
        1, verdict="complete", exit_status=0, counts={"requests": 7, "retries": 2}, detail={"note": "好"}
    )
    died, done = store.runs()
    assert (done["verdict"], done["exit_status"], done["requests"]) == ("complete", 0, 7)
    assert done["detail"] == '{"counts": {"retries": 2}, "note": "好"}'
    assert done["finished"] >= done["started"]
    assert died["finished"] is None


def test_portal_runs_and_portals(store: Store) -> None:
    portal = Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/", "990101")
    store.note_portal_run(1, portal, outcome="blocked", reason="403", counts={"requests": 3})
    store.note_portal_run(2, portal, outcome="complete", counts={"requests": 9, "reports_new": 4})
    [last] = store.portal_runs(store.runs(1)[0]["id"])
    assert (last["run_id"], last["requests"], last["reports_new"], last["reason"]) == (2, 9, 4, None)
    assert [row["outcome"] for row in store.portal_runs(1)] == ["blocked"]
    [known] = store.db.query("SELECT * FROM portals")
    assert (known["division_code"], known["last_run"]) == ("990101", 2)
    with pytest.raises(ValueError, match="typo"):
        store.note_portal_run(2, portal, outcome="complete", counts={"typo": 1})


def test_portal_states_count_links_and_reports(store: Store) -> None:
    store.note_entries([entry(), entry(f"{URL}?2"), Entry("http://b.gov.cn/1", "b")], 1)
    store.save_report(report(), source(), entry=entry(), run_id=1)
    told = [
        (r["portal"], r["reports"], r["stored"], r["pending"], r["last_year"]) for r in store.portal_states()
    ]
    assert told == [("b", 0, 0, 1, None), ("shiwu", 1, 1, 1, 2021)]


_WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from govcrawl.model import Entry
    from govcrawl.store import Store
    from tests.store.make import report, source

    with Store.open(Path(sys.argv[1])) as store:
        for number in range(40):
            url = f"http://{sys.argv[2]}.gov.cn/{number}"
            store.note_entries([Entry(url, sys.argv[2])], 1)
            store.save_report(report(), source(url), entry=Entry(url, sys.argv[2]), run_id=1)
    """
)


def test_writers_in_several_processes_lose_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "g.db") as store:
        store.start_run("test", {})
    root = Path(__file__).resolve().parents[2]
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path / "g.db"), name], cwd=root)
        for name in ("a", "b", "c")
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    with Store.open(tmp_path / "g.db") as store:
        assert store.count("reports") == 120
        assert store.count("facts") == 120 * 6
        assert {row["stored"] for row in store.portal_states() if row["portal"] != "shiwu"} == {40}
