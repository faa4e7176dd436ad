"""Reading everything again from the archive: what stays, what comes back, what changes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govcrawl import reextract as rereading
from govcrawl.archive import Archive
from govcrawl.cli import main
from govcrawl.export import export
from govcrawl.ingest import find_documents, ingest
from govcrawl.model import Report
from govcrawl.reading import Answer, Readers, Task, read_here
from govcrawl.reextract import Reread, begin, reextract
from govcrawl.store import Store
from govcrawl.store.facts import delete_facts
from govcrawl.store.parts import Parts
from govcrawl.store.sqlite import write
from tests.crawl.manners import small

DERIVED = (
    *("fact_lists", "section_places", "table_places", "check_lists"),
    *("statements", "findings", "removals", "attachments"),
)
NEWER = "govcrawl 99"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with a few reports, one of them at two addresses, and a page that is none."""
    output = tmp_path_factory.mktemp("out")
    portal, pages = small("huaishi", 81), tmp_path_factory.mktemp("pages")
    for number, expected in enumerate(portal.truth[:3]):
        path = expected.urls[0].removeprefix(portal.spec.home.rstrip("/"))
        (pages / f"{number}.html").write_bytes(portal.answer("GET", path).body)
    (pages / "9.html").write_bytes((pages / "0.html").read_bytes() + b"<!-- again -->")
    (pages / "none.html").write_text("<h1>通知</h1><p>今天放假。</p>", encoding="utf-8")
    with (
        Store.open(output / "govcrawl.db") as store,
        Archive(output / "archive") as archive,
        Readers(processes=0) as readers,
    ):
        run_id = store.start_run("ingest", {})
        told = list(ingest(find_documents([pages]).files, store, archive, run_id, readers))
    assert [done.outcome for done in told] == ["new", "new", "new", "unchanged", "rejected"]
    return output


@pytest.fixture
def output(filled: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    with Store.open(filled / "govcrawl.db") as store:
        store.db.conn.execute("VACUUM INTO ?", (str(tmp_path / "govcrawl.db"),))
    (tmp_path / "archive").symlink_to(filled / "archive")
    return tmp_path


def exported(output: Path, folder: str) -> dict[str, bytes]:
    with Store.open(output / "govcrawl.db") as store:
        for format_ in ("csv", "jsonl"):
            export(store, format_, output / folder / format_)
    files = sorted(path for path in (output / folder).rglob("*") if path.is_file())
    return {str(path.relative_to(output / folder)): path.read_bytes() for path in files}


def ledger(output: Path) -> list[dict[str, object]]:
    with Store.open(output / "govcrawl.db") as store:
        return [
            row for table in ("entries", "sources", "removals", "records") for row in store.db[table].rows
        ]  # fmt: skip


def command(output: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["reextract", "--output", str(output), "--processes", "0", *arguments])


def again(output: Path, **options: bool) -> list[Reread]:
    with (
        Store.open(output / "govcrawl.db") as store,
        Archive(output / "archive") as archive,
        Readers(processes=0) as readers,
    ):
        run_id, urls = begin(store, only_stale=options.get("only_stale", False))
        done = list(reextract(store, archive, readers, run_id, urls))
        store.finish_run(run_id, verdict="complete", exit_status=0, counts={}, detail={})
    return [dataclasses.replace(one, url=one.url.rpartition("/")[2]) for one in done]


def test_what_is_derived_comes_back_to_the_byte(output: Path) -> None:
    before, known = exported(output, "before"), ledger(output)
    with Store.open(output / "govcrawl.db") as store:
        for table in DERIVED:
            store.db.conn.execute(f"DELETE FROM {table}")
        store.db.conn.execute("UPDATE reports SET text='x', title='x', agency='x', evidence='{}', year=1900")
        store.db.conn.commit()
    assert exported(output, "broken") != before
    ended = command(output)
    assert ended.exit_code == 0, ended.output
    assert "4 as before" in ended.output
    assert exported(output, "after") == before
    assert ledger(output) == known
    with Store.open(output / "govcrawl.db") as store:
        assert {row["run_id"] for row in store.reports()} == {1}


def test_only_what_another_version_has_read(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert again(output, only_stale=True) == []
    with Store.open(output / "govcrawl.db") as store:
        store.db.conn.execute("UPDATE readings SET extractor='govcrawl 0' WHERE url LIKE '%/none.html'")
        store.db.conn.execute("UPDATE reports SET extractor='govcrawl 0' WHERE url LIKE '%/1.html'")
        store.db.conn.commit()
    assert [(done.url, done.outcome) for done in again(output, only_stale=True)] == [
        ("1.html", "same"), ("none.html", "none"),
    ]  # fmt: skip
    assert again(output, only_stale=True) == []


def read_by(output: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Task], Answer]) -> list[Reread]:
    """All documents read again by another reader."""
    monkeypatch.setattr("govcrawl.reading.pool.read_here", read)
    return [done for done in again(output) if done.outcome not in ("same", "none")]


def test_a_better_reader_finds_a_report_and_disowns_another(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def better(task: Task) -> Answer:
        if task.name == "none.html":
            found = read_here(dataclasses.replace(task, content=first)).report
            assert found is not None
            return Answer(dataclasses.replace(found, year=2001))
        return Answer(reason="no report at all") if task.name == "1.html" else read_here(task)

    with Store.open(output / "govcrawl.db") as store, Archive(output / "archive") as archive:
        record = store.record(next(iter(store.reports()))["sha256"])
        assert record is not None
        first = archive.read(record)
    assert read_by(output, monkeypatch, better) == [
        Reread("1.html", "withdrawn", "no report at all"),
        Reread("none.html", "found"),
    ]
    with Store.open(output / "govcrawl.db") as store:
        states = {row["url"].rpartition("/")[2]: row for row in store.db.query("SELECT * FROM entries")}
        assert (states["1.html"]["state"], states["1.html"]["last_error"]) == ("rejected", "no report at all")
        assert (states["none.html"]["state"], states["none.html"]["report_id"]) == ("stored", 4)
        assert [row["year"] for row in store.reports()][-1] == 2001
        assert list(store.db.query("PRAGMA foreign_key_check")) == []
    back = read_by(output, monkeypatch, read_here)
    assert [(done.url, done.outcome) for done in back] == [("none.html", "withdrawn"), ("1.html", "found")]


def test_a_further_address_that_reads_otherwise_now_is_a_report_of_its_own(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(task: Task) -> Answer:
        answer = read_here(task)
        return answer if task.name != "9.html" or not answer.report else Answer(_of(answer.report, 2002))

    assert read_by(output, monkeypatch, other) == [Reread("9.html", "changed")]
    with Store.open(output / "govcrawl.db") as store:
        assert store.count("reports") == 4


def test_a_report_that_an_older_govcrawl_merged_with_its_neighbour_is_told_and_comes_back(
    output: Path,
) -> None:
    with Store.open(output / "govcrawl.db") as store, write(store.db):
        for table in ("reports", "sources", "readings", "entries"):
            store.db.conn.execute(
                f"UPDATE {table} SET url=replace(url, 'file://', 'http://www.huaishi.gov.cn')"
            )
        known = "SELECT id FROM reports WHERE url LIKE '%/{}.html'"
        (neighbour,), (lost,) = (store.db.conn.execute(known.format(n)).fetchone() for n in (0, 1))
        store.db.conn.execute("UPDATE sources SET fetched_at='2026-01-01T00:00:00Z', reason='same prose'")
        store.db.conn.execute(
            "INSERT INTO versions SELECT ?, sha256, text, fetched_at, title, extractor, '2026-02-01T00:00:00Z' "
            "FROM reports WHERE id=?",
            (neighbour, lost),
        )
        store.db.conn.execute("UPDATE runs SET started='2026-01-01T00:00:00Z'")
        for table in ("sources", "entries"):
            store.db.conn.execute(f"UPDATE {table} SET report_id=? WHERE report_id=?", (neighbour, lost))
        Parts.delete(store.db, lost)
        delete_facts(store.db, lost)
        store.db.conn.execute("DELETE FROM reports WHERE id=?", (lost,))
        reports = store.count("reports")
    told = CliRunner().invoke(main, ["verify", "--output", str(output)])
    assert "/1.html: its report was changed at another address by an older govcrawl" in told.stdout
    assert Reread("1.html", "found") in again(output)
    with Store.open(output / "govcrawl.db") as store:
        assert (store.count("reports"), store.count("versions")) == (reports + 1, 0)
    assert CliRunner().invoke(main, ["verify", "--output", str(output)]).exit_code == 0
    assert {one.outcome for one in again(output)} == {"same", "none"}


def _of(report: Report, year: int) -> Report:
    return dataclasses.replace(report, year=year)


def test_half_a_page_is_as_failed_as_it_was(tmp_path: Path) -> None:
    page = tmp_path / "cut.html"
    page.write_text("<!doctype html><html><body><p>今天放", encoding="utf-8")
    given = ["--output", str(tmp_path / "out"), "--processes", "0"]
    assert CliRunner().invoke(main, ["ingest", str(page), *given]).exit_code == 3
    sql = "SELECT state, last_error FROM entries"
    with Store.open(tmp_path / "out" / "govcrawl.db") as store:
        [before] = store.db.query(sql)
    assert before["state"] == "failed"
    assert before["last_error"].startswith("its page breaks off; ")
    assert command(tmp_path / "out").exit_code == 0
    with Store.open(tmp_path / "out" / "govcrawl.db") as store:
        assert list(store.db.query(sql)) == [before]


def test_what_cannot_be_read_now_stays_and_is_told(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = exported(output, "before")
    monkeypatch.setattr(
        "govcrawl.reading.pool.read_here", lambda task: Answer(reason="took too long", failed=True)
    )
    ended = command(output)
    assert ended.exit_code == 3
    assert "failed: file://" in ended.stderr
    assert "took too long" in ended.stderr
    assert exported(output, "after") == before


def test_damaged_bytes_are_told_with_the_next_step(output: Path) -> None:
    (output / "archive").unlink()
    ended = command(output)
    assert ended.exit_code == 3
    assert "RECHECK_DAYS=0" in ended.stderr


def test_an_interrupted_run_is_gone_on_with(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopping(*arguments: object) -> Iterator[Reread]:
        for number, done in enumerate(reextract(*arguments)):  # type: ignore[arg-type]
            if number == 2:
                raise KeyboardInterrupt
            yield done

    monkeypatch.setattr("govcrawl.cli.reextract.reextract", stopping)
    ended = command(output)
    assert ended.exit_code == 3
    assert "run again to go on" in ended.stderr
    monkeypatch.setattr("govcrawl.cli.reextract.reextract", reextract)
    ended = command(output)
    assert ended.exit_code == 0
    assert "2 documents read again" in ended.output
    assert "5 documents read again" in command(output).output
    with Store.open(output / "govcrawl.db") as store:
        runs = store.runs()
        assert [json.loads(run["arguments"]).get("since") for run in runs[:3]] == [None, "2", None]
    assert rereading.INTERRUPTED in runs[2]["verdict"]
