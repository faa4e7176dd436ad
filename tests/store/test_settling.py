"""The link of a new report is settled by one statement: as asking of all that might be known would have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from govcrawl import EXTRACTOR
from govcrawl.model import Entry, EntryState, Validators
from govcrawl.store import Saved, Store
from govcrawl.store.ledger import close_entry, note_entries
from govcrawl.store.writing import save_report
from tests.store.make import report, source

URL = "http://www.a.gov.cn/2023.html"
ENTRY = Entry(
    URL, "www.a.gov.cn", "2023年政府信息公开工作年度报告", 2023, "2024-01-20", "http://www.a.gov.cn/", "row"
)
SEEN = Validators(URL, '"1"', None, "text/html", "ab" * 32, "2024-01-21T00:00:00Z")
PATHS = {
    "unknown": (),
    "noted": (None,),
    "failed": (None, (EntryState.FAILED, "no answer")),
    "failed twice": (None, (EntryState.FAILED, "no answer"), (EntryState.FAILED, "no answer")),
    "blocked": (None, (EntryState.BLOCKED, "403")),
    "rejected": (None, (EntryState.REJECTED, "no annual report: the page is empty")),
    "gone": (None, (EntryState.GONE, "404")),
}


_MOMENTS = ("first_seen", "last_seen", "fetched_at", "doubted", "next_try")


def _rows(store: Store) -> list[list[dict[str, object]]]:
    """What is stored, and of moments whether there are any."""
    tables = ("reports", "entries", "sources", "readings", "validators", "findings", "checks")
    return [
        [
            {name: value is None if name in _MOMENTS else value for name, value in row.items()}
            for row in store.db.query(f"SELECT * FROM {table} ORDER BY 1, 2, 3")
        ]
        for table in tables
    ]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lacks", [None, "its file"])
def test_whatever_was_known_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, lacks: str | None
) -> None:
    told = []
    for way in ("at once", "weighed"):
        if way == "weighed":
            monkeypatch.setattr("govcrawl.store.writing.put_fresh", lambda *_, **__: None)
        with Store.open(tmp_path / way) as store:
            run = store.start_run("crawl", {})
            for step in PATHS[path]:
                if step is None:
                    assert note_entries(store.db, [ENTRY], run, SEEN) == 1
                else:
                    close_entry(store.db, URL, *step, run)
            later = store.start_run("crawl", {})
            made, own = report(year=2023, text="文"), source(URL, b"2023")
            saved = save_report(
                store.db, made, own, entry=ENTRY, run_id=later, extractor=EXTRACTOR, lacks=lacks
            )
            assert saved is Saved.NEW
            told.append(_rows(store))
    assert told[0] == told[1]
    assert [row["state"] for row in told[0][1]] == ["failed" if lacks else "stored"]
