"""Less than before: what earlier runs saw and this one does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from govcrawl.crawl.decline import declined
from govcrawl.model import EntryState, Portal
from govcrawl.store import Store
from govcrawl.store.seen import Before, Seen, last_two, seen_before, seen_by
from govcrawl.summaries import KEPT, replace_file, summary_of, write_summary
from tests.store.make import URL, entry, report, source

PORTAL = Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/", "990101")
LOST = Before(3, 111, 40, 40 * 180, ("http://x/1", "http://x/2"))


def less(now: Seen, before: Before = LOST, **more: object) -> list[str]:
    given: dict[str, object] = {"whole": True, "columns": {}, "visited": {}, **more}
    return declined(now, before, **given)  # type: ignore[arg-type]


def test_fewer_reports_in_a_whole_look() -> None:
    (told,) = less(Seen(listed=93))
    assert told == (
        "its lists showed 111 reports in run 3, now 93; "
        "2 known ones are not listed any more, such as http://x/1"
    )
    assert less(Seen(listed=93), whole=False) == []
    assert less(Seen(listed=111)) == []
    assert less(Seen(listed=93), replace(LOST, lost=())) == []  # all that is missing is known to be gone
    assert less(Seen(), Before(None, 0, 0, 0)) == []


def test_a_column_that_is_empty_now() -> None:
    columns = {"http://x/a/": 12, "http://x/b/": 3, "http://x/c/": 4}
    (told,) = less(Seen(listed=111), columns=columns, visited={"http://x/a/": 0, "http://x/b/": 2})
    assert told.startswith("http://x/a/ showed 12 reports and shows none now")


@pytest.mark.parametrize(
    ("measured", "numbers", "told"),
    [(10, 10 * 30, True), (10, 10 * 109, False), (10, 10 * 107, True), (2, 0, False), (0, 0, False)],
)
def test_numbers_that_are_not_read_any_more(measured: int, numbers: int, told: bool) -> None:
    found = less(Seen(111, measured, numbers))
    assert bool(found) is told
    assert all("tables may not be read" in line for line in found)
    assert less(Seen(111, measured, numbers), replace(LOST, measured=4, numbers=4 * 180)) == []


@pytest.mark.parametrize(
    ("stored", "rejected", "before", "told"),
    [(0, 3, (90, 4), True), (2, 3, (90, 4), True), (3, 3, (90, 4), False), (0, 2, (90, 4), False),
     (0, 9, (6, 3), False), (0, 9, (2, 1), False)],
)  # fmt: skip
def test_documents_that_are_no_reports_any_more(
    stored: int, rejected: int, before: tuple[int, int], told: bool
) -> None:
    found = less(
        Seen(111, stored=stored, rejected=rejected), replace(LOST, stored=before[0], rejected=before[1])
    )
    assert ["were rejected" in line for line in found] == [True] * told


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "govcrawl.db") as opened:
        yield opened


def looked(store: Store, *numbers: int, whole: int = 1, **counts: int) -> int:
    """A run that lists some links of the portal and leaves its row."""
    run = store.start_run("crawl", {})
    store.note_entries([entry(f"{URL}?{number}") for number in numbers], run)
    seen = seen_by(store.db, "shiwu", run)
    assert seen.listed == len(numbers)
    store.note_portal_run(
        run, PORTAL, outcome="complete", counts={"listed": seen.listed, "whole": whole, **counts}
    )
    store.finish_run(
        run, verdict="complete", exit_status=0, counts=counts, detail={"portals": {"complete": 1}}
    )
    return run


def test_a_run_is_compared_with_the_best_of_the_last_whole_looks(store: Store) -> None:
    first = looked(store, 1, 2, 3, 4, measured=5, numbers=900)
    looked(store, 1, whole=0)
    store.close_entry(f"{URL}?3", EntryState.GONE, "404", run_id=first)
    now = store.start_run("crawl", {})
    store.note_entries([entry(f"{URL}?1")], now)
    before = seen_before(store.db, "shiwu", now)
    assert (before.run_id, before.listed, before.measured, before.numbers) == (first, 4, 5, 900)
    assert before.lost == (f"{URL}?2", f"{URL}?4")
    for _ in range(4):
        last = looked(store, 1)
    later = seen_before(store.db, "shiwu", last)
    assert (later.listed, later.lost) == (1, ())  # three times the same: that is how it is now


def test_only_new_reports_of_the_run_are_measured(store: Store) -> None:
    run = store.start_run("crawl", {})
    store.save_report(report(), source(), run_id=run)
    store.save_report(report(year=2015), source(f"{URL}?old"), run_id=run)
    assert seen_by(store.db, "shiwu", run) == Seen(0, 1, 4)
    titles = (
        "石坞县民政局2021年政府信息公开工作年度报告",
        "2021年政府信息公开工作年度报告解读",
        "政府信息公开年报",
    )
    for number, title in enumerate(titles):
        store.reject(entry(f"{URL}?{number}", title=title), "shiwu", "no report", run_id=run)
    store.save_report(report(), source(), entry=entry(), run_id=run)
    assert seen_by(store.db, "shiwu", run) == Seen(0, 1, 4, 1, 1)
    assert seen_by(store.db, "shiwu", run + 1) == Seen()
    later = seen_before(store.db, "shiwu", run + 1)
    assert (later.stored, later.rejected) == (1, 1)


def test_the_summary_of_a_run_for_programs(store: Store, tmp_path: Path) -> None:
    first = looked(store, 1, 2, requests=9, reports_new=2)
    second = looked(store, 1, 2, 3, requests=4, reports_new=1)
    told = summary_of(store, second)
    assert {name: told[name] for name in ("schema", "run", "exit_status", "verdict", "outcomes")} == {
        "schema": 1, "run": second, "exit_status": 0, "verdict": "complete", "outcomes": {"complete": 1}
    }  # fmt: skip
    assert told["counts"]["requests"] == 4
    (portal,) = told["portals"]
    assert (portal["portal"], portal["listed"], portal["reports_new"]) == ("shiwu", 3, 1)
    assert (portal["previous"]["run_id"], portal["previous"]["listed"]) == (first, 2)
    assert summary_of(store, first)["portals"][0]["previous"] is None
    assert [row["run_id"] for row in last_two(store.db)["shiwu"]] == [second, first]
    for number in range(1, KEPT + 4):
        path = write_summary(tmp_path / "logs", {**told, "run": number})
    assert json.loads(path.read_text(encoding="utf-8"))["run"] == KEPT + 3
    assert len(list((tmp_path / "logs").iterdir())) == KEPT
    with pytest.raises(KeyError):
        summary_of(store, 99)


def test_every_field_of_the_summary_is_told(store: Store) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "summary.md").read_text(encoding="utf-8")
    told = summary_of(store, looked(store, 1))
    names = [*told, *told["counts"], *told["portals"][0]]
    assert [name for name in names if f"`{name}`" not in text] == []


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    replace_file(path, "first")
    with pytest.raises(UnicodeEncodeError):
        replace_file(path, "\ud800")
    assert path.read_text(encoding="utf-8") == "first"
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]
