from __future__ import annotations

import dataclasses
import json
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from govcrawl.errors import ContradictoryFacts
from govcrawl.model import ArchiveRecord, Attachment, EntryState, Fact, Status
from govcrawl.store import Saved, Selection, Store
from tests.store.make import URL, entry, report, source

PARTS = ("sections", "tables", "attachments", "facts", "statements", "checks", "findings", "removals")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "g.db") as opened:
        opened.start_run("test", {})
        yield opened


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    return {name: store.db.conn.execute(f"SELECT * FROM {name}").fetchall() for name in ("reports", *PARTS)}


def test_a_report_is_stored_with_all_its_parts(store: Store) -> None:
    made = report()
    assert store.save_report(made, source(), entry=entry(), run_id=1) is Saved.NEW
    [row] = store.reports()
    assert (row["title"], row["year"], row["template"], row["first_seen"]) == (
        made.title,
        2021,
        "2021",
        "2026-01-02T03:04:05Z",
    )
    assert json.loads(row["evidence"]) == {"year": "title"}
    [table] = store.parts("tables", row["id"])
    assert json.loads(table["grid"]) == [["行政许可", "行政许可", "12"], ["行政处罚", "", "0"]]
    lengths = [store.count(name) for name in PARTS]
    assert lengths == [2, 1, 1, 6, 1, 2, 1, 1]
    assert store.entry_states("shiwu") == {URL: EntryState.STORED}


def test_facts_come_back_exactly(store: Store) -> None:
    odd = (
        Fact("application.received_new:natural_person", 7, "007", Status.NUMBER),
        Fact("application.received_new:org.business", -5, "-5", Status.NUMBER),
        Fact(
            "application.received_new:org.other", 22, "22（其中修订16件）", Status.NUMBER, note="其中修订16件"
        ),
        Fact("application.carried_out:total", None, "3 3", Status.AMBIGUOUS, note="2 values for 7 columns"),
        Fact("application.carried_out:org.other", None, "", Status.MISSING),
        Fact("proactive.art20_9.procurement:amount", 12.0, "12", Status.NUMBER, "万元", "cell"),
        Fact("proactive.art20_8.fees:items_prev", None, "—", Status.DASH),
    )
    made = report(facts=report().facts + odd)
    store.save_report(made, source(), run_id=1)
    told = {
        row["fact"]: (
            row["value"],
            row["raw"],
            row["status"],
            row["unit"],
            row["unit_source"],
            row["note"],
            row["table_number"],
            row["row"],
            row["col"],
        )
        for row in store.facts(1)
    }
    assert told == {
        f.fact: (f.value, f.raw, f.status, f.unit, f.unit_source, f.note, f.table, f.row, f.column)
        for f in made.facts
    }
    assert type(told["proactive.art20_9.procurement:amount"][0]) is float
    assert type(told["proactive.art20_6.penalty:decisions"][0]) is int


def test_two_cells_for_one_fact_store_nothing(store: Store) -> None:
    doubled = report(facts=(*report().facts, report().facts[0]))
    with pytest.raises(ContradictoryFacts, match=r"proactive\.art20_5\.license:decisions"):
        store.save_report(doubled, source(), entry=entry(), run_id=1)
    assert store.count("reports") == store.count("entries") == 0


def test_the_same_again_is_unchanged(store: Store) -> None:
    store.save_report(report(), source(), run_id=1)
    before = everything(store)
    assert store.save_report(report(), source(at="2026-02-02T00:00:00Z"), run_id=1) is Saved.UNCHANGED
    after = everything(store)
    assert [row["fetched_at"] for row in store.reports()] == ["2026-02-02T00:00:00Z"]
    assert {name: after[name] for name in PARTS} == {name: before[name] for name in PARTS}
    assert store.count("versions") == 0


@pytest.mark.parametrize(
    "stamp",
    [
        "2026-01-02T11:04:05+08:00",
        "2026-01-02T03:04:05+00:00",
        "2026-01-02T03:04:05.678",
        "2026-01-02T03:04:05Z",
    ],
)
def test_time_stamps_have_one_form(store: Store, stamp: str) -> None:
    store.save_report(report(), source(at=stamp), run_id=1)
    [row] = store.reports()
    assert row["first_seen"] == row["fetched_at"] == "2026-01-02T03:04:05Z"


def test_a_visit_counter_is_no_change(store: Store) -> None:
    store.save_report(report(), source(), run_id=1)
    again = report(removals=(), evidence={"visits": "2"})
    assert store.save_report(again, source(content=b"counter 2"), run_id=1) is Saved.UNCHANGED
    [row] = store.reports()
    assert row["sha256"] == source(content=b"counter 2").sha256
    assert store.count("versions") == 0


@pytest.mark.parametrize(("role", "told"), [("only_source", 0), ("twin", 0), ("other", 1)])
def test_an_attached_file_saved_again_is_no_change_where_it_was_read(
    store: Store, role: str, told: int
) -> None:
    url = "http://www.shiwu.gov.cn/a.docx"
    for content in (b"first", b"saved again"):
        file = source(url, content)
        attached = Attachment(url, "年报.docx", None, file.sha256, role)
        saved = store.save_report(
            report(attachments=(attached,)), dataclasses.replace(file, url=URL), run_id=1
        )
    assert saved is (Saved.CHANGED if told else Saved.UNCHANGED)
    assert store.count("versions") == told
    [row] = store.parts("attachments", 1)
    assert row["sha256"] == attached.sha256 == next(store.reports())["sha256"]
    bare = dataclasses.replace(attached, sha256=None)
    store.save_report(report(attachments=(bare,)), source(content=b"not there"), run_id=1)
    [row] = store.parts("attachments", 1)
    assert row["sha256"] is None


@pytest.mark.parametrize(("role", "told"), [("only_source", 0), ("twin", 0), ("other", 1)])
def test_a_file_that_was_read_may_be_called_otherwise(store: Store, role: str, told: int) -> None:
    for name in ("年报.docx", "年报.zip"):
        attached = Attachment(f"http://www.shiwu.gov.cn/{name}", name, None, source(name).sha256, role)
        store.save_report(report(attachments=(attached,)), source(content=name.encode()), run_id=1)
    assert store.count("versions") == told
    [row] = store.parts("attachments", 1)
    assert row["filename"] == "年报.zip"


def test_another_date_of_publication_alone_is_no_version(store: Store) -> None:
    store.save_report(report(), source(), run_id=1)
    dated = report(published="2022-01-30")
    store.save_report(dated, source(content=b"dated"), run_id=1)
    assert (next(store.reports())["published"], store.count("versions")) == ("2022-01-30", 0)
    numbers = (report().facts[0]._replace(value=13, raw="13"), *report().facts[1:])
    store.save_report(report(facts=numbers), source(content=b"corrected"), run_id=1)
    [old] = store.db.query("SELECT sha256 FROM versions")
    assert old["sha256"] == source(content=b"dated").sha256


def test_other_spaces_alone_are_no_version(store: Store) -> None:
    store.save_report(report(), source(), run_id=1)
    spaced = report(text=report().text.replace("全", "\u3000全") + "\n\n")
    assert store.save_report(spaced, source(content=b"spaced"), run_id=1) is Saved.CHANGED
    assert (next(store.reports())["text"], store.count("versions")) == (spaced.text, 0)
    words = report(text=spaced.text.replace("35", "36"))
    assert store.save_report(words, source(content=b"words"), run_id=1) is Saved.CHANGED
    assert store.count("versions") == 1


def test_what_the_page_said_before_is_kept(store: Store) -> None:
    store.save_report(report(), source(), run_id=1)
    corrected = report(
        text="更正后", facts=report().facts[:2], checks=(), sections=report().sections[:1], title="更正版"
    )
    later = source(content=b"second", at="2026-03-03T00:00:00Z")
    assert store.save_report(corrected, later, run_id=1) is Saved.CHANGED
    [row] = store.reports()
    assert (row["text"], row["title"], row["first_seen"]) == ("更正后", "更正版", "2026-01-02T03:04:05Z")
    [old] = store.db.query("SELECT * FROM versions")
    assert (old["report_id"], old["text"]) == (row["id"], report().text)
    assert (old["sha256"], old["fetched_at"]) == (source().sha256, source().fetched_at)
    assert [store.count(name) for name in PARTS] == [1, 1, 1, 2, 1, 0, 1, 1]


def test_a_changed_number_alone_is_a_change(store: Store) -> None:
    store.save_report(report(), source(), run_id=1)
    first = report().facts[0]._replace(value=13, raw="13")
    again = report(facts=(first, *report().facts[1:]))
    assert store.save_report(again, source(content=b"second"), run_id=1) is Saved.CHANGED


def test_a_newer_extraction_of_the_same_bytes_is_no_version_of_the_page(store: Store) -> None:
    store.save_report(report(), source(), run_id=1, extractor="govcrawl 0")
    assert (
        store.save_report(report(text="better"), source(), run_id=1, extractor="govcrawl 1") is Saved.CHANGED
    )
    [row] = store.reports()
    assert (row["text"], row["extractor"]) == ("better", "govcrawl 1")
    assert store.count("versions") == 0


def test_archive_records_are_found_by_hash(store: Store) -> None:
    record = ArchiveRecord(
        source().sha256, "a.warc.gz", 300, 200, URL, "text/html", 200, "2026-01-02T03:04:05Z"
    )
    store.save_report(report(), dataclasses.replace(source(), record=record), run_id=1)
    store.save_report(report(), dataclasses.replace(source(), record=record), run_id=1)
    assert store.record(source().sha256) == record
    assert store.record("0" * 64) is None
    assert store.count("records") == 1


def test_selection_by_region_and_year(store: Store) -> None:
    for number, (division, year) in enumerate([("450703", 2020), ("450702", 2021), (None, 2021)]):
        address = f"http://a.gov.cn/{number}"
        store.save_report(report(year=year), source(address, division=division), run_id=1)
    assert [row["url"][-1] for row in store.reports(Selection("4507"))] == ["0", "1"]
    assert [row["url"][-1] for row in store.reports(Selection(None, (2021,)))] == ["1", "2"]
    assert [row["url"][-1] for row in store.reports(Selection("450702", (2020,)))] == []


def test_a_snapshot_does_not_see_later_writes(tmp_path: Path, store: Store) -> None:
    with Store.open(tmp_path / "g.db") as reader, reader.snapshot():
        assert reader.count("reports") == 0
        store.save_report(report(), source(), run_id=1)
        assert reader.count("reports") == 0
    assert store.count("reports") == 1


_KILLED = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from govcrawl.store import Store
    from tests.store.make import entry, report, source

    def save(path, limit):
        store, seen = Store.open(path), 0

        def count(statement):
            nonlocal seen
            seen += 1
            if seen > limit:
                os.kill(os.getpid(), signal.SIGKILL)

        store.db.conn.set_trace_callback(count)
        store.save_report(report(text="second"), source(content=b"second"), entry=entry(), run_id=1)
        store.db.conn.set_trace_callback(None)
        print(seen, end=" ", flush=True)

    for asked in sys.stdin:
        path, limit = asked.rsplit(maxsplit=1)
        child = os.fork()
        if child == 0:
            try:
                save(Path(path), int(limit))
            finally:
                os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    """
)


@contextmanager
def killer() -> Iterator[Callable[[Path, int], list[int]]]:
    """A process that has another one save a changed report, killed when it begins one statement more than given.

    What it gives back is the number of statements, where it came to the end, and how the other process ended.
    """
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED], cwd=root, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        sent, answers = process.stdin, process.stdout

        def killed_after(path: Path, statements: int) -> list[int]:
            sent.write(f"{path} {statements}\n")
            sent.flush()
            return [int(word) for word in answers.readline().split()]

        yield killed_after
        sent.close()


def test_a_kill_between_two_statements_leaves_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "g.db"
    with Store.open(path) as store:
        store.start_run("test", {})
        store.save_report(report(), source(), run_id=1)
        store.note_entries([entry()], 1)
        before = everything(store)
    shutil.copy(path, tmp_path / "copy.db")
    with killer() as killed_after:
        statements, ended = killed_after(tmp_path / "copy.db", 100_000)
        assert ended == 0
        assert statements > 20
        for limit in range(statements):
            assert killed_after(path, limit) == [-signal.SIGKILL]
            with Store.open(path) as store:
                assert everything(store) == before
                assert store.entry_states("shiwu") == {URL: EntryState.PENDING}
                assert store.count("versions") == 0
                assert store.db.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert killed_after(path, 100_000) == [statements, 0]
    with Store.open(path) as store:
        assert [row["text"] for row in store.reports()] == ["second"]
        assert store.entry_states("shiwu") == {URL: EntryState.STORED}
        assert store.count("versions") == 1
