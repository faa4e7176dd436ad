"""Faults of an output folder, each told with what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govcrawl.archive import Archive
from govcrawl.cli import main
from govcrawl.model import EntryState
from govcrawl.store import Store
from govcrawl.verify import CONTRACT
from tests.store.make import URL, entry, report, source

_PAGE = b"first"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "govcrawl.db") as store, Archive(tmp_path / "archive") as archive:
        store.start_run("crawl", {})
        store.note_record(archive.add(URL, _PAGE))
        store.note_record(archive.add("http://www.shiwu.gov.cn/", b"home"))
        store.save_report(report(facts=report().facts[:2]), source(), entry=entry(), run_id=1)
        store.note_entries([entry(f"{URL}?2"), entry(f"{URL}?3")], 1)
        store.close_entry(f"{URL}?2", EntryState.FAILED, "no answer within 60 s", run_id=1)
    return tmp_path


def verified(output: Path) -> Result:
    return CliRunner().invoke(main, ["verify", "--output", str(output)])


def change(output: Path, sql: str) -> None:
    with Store.open(output / "govcrawl.db") as store:
        store.db.conn.execute("PRAGMA foreign_keys=OFF")
        store.db.conn.execute(sql)
        store.db.conn.commit()


def test_a_whole_folder(output: Path) -> None:
    told = verified(output)
    assert (told.exit_code, told.output) == (0, "1 report, 2 archived records: no fault\n")


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("DELETE FROM records WHERE url LIKE '%.html'", "bytes are not in the archive; crawl its portal"),
        ("DELETE FROM fact_lists", "has tables and no facts; run govcrawl reextract"),
        ("DELETE FROM statements", "not what was read from it; run govcrawl reextract"),
        ("UPDATE reports SET text=''", "not what was read from it; run govcrawl reextract"),
        ("UPDATE fact_lists SET list=replace(list, '12', '13')", "not what was read from it"),
        ("DELETE FROM readings", "not known what the report was read from"),
        ("UPDATE entries SET state='lost' WHERE url LIKE '%?2'", "its state is none that there is"),
        ("UPDATE entries SET report_id=NULL WHERE state='stored'", "stored without a report"),
        ("UPDATE entries SET last_error=NULL WHERE state='failed'", "nobody knows why"),
        ("UPDATE reports SET gone_since='2026-01-01T00:00:00Z'", "counts as gone although"),
        ("UPDATE section_places SET report_id=99", "of section_places points to no row of reports"),
        ("DROP VIEW facts", "facts cannot be asked"),
        ("DELETE FROM sources", "no row in sources"),
    ],
)
def test_what_the_database_says_is_checked(output: Path, sql: str, fault: str) -> None:
    change(output, sql)
    told = verified(output)
    assert told.exit_code == 3
    assert fault in told.stdout


def test_damaged_records_are_named_with_what_hangs_on_them(output: Path) -> None:
    [path] = (output / "archive").glob("*.warc.gz")
    path.write_bytes(path.read_bytes()[:300])
    told = verified(output)
    assert told.exit_code == 3
    lines = {line.partition(": ")[0]: line for line in told.stdout.splitlines()}
    assert "RECHECK_DAYS=0" in lines[URL]
    assert list(lines) == [URL]
    lost = "(1 lost record that no report was read from)"
    assert told.stderr == f"1 report, 2 archived records: 1 fault {lost}\n"


def test_after_the_repair_that_it_advises_nothing_is_left(output: Path) -> None:
    [path] = (output / "archive").glob("*.warc.gz")
    path.unlink()
    told = verified(output)
    assert told.exit_code == 3
    [line] = told.stdout.splitlines()
    assert line.startswith(f"{path}: the file is not there, and 1 record in it that reports need; restore it")
    assert line.endswith("RECHECK_DAYS=0 to fetch it again")
    with Store.open(output / "govcrawl.db") as store, Archive(output / "archive") as archive:
        store.note_record(archive.add(URL, _PAGE, known=store.record))
    told = verified(output)
    assert (told.exit_code, told.stderr) == (0, "")
    assert "no fault (1 lost record that no report was read from)" in told.stdout


def test_bytes_that_were_archived_again_are_no_fault(output: Path) -> None:
    [path] = (output / "archive").glob("*.warc.gz")
    path.write_bytes(path.read_bytes()[:300])
    with Store.open(output / "govcrawl.db") as store, Archive(output / "archive") as archive:
        store.note_record(archive.add(URL, _PAGE, known=store.record))
        store.note_record(archive.add("http://www.shiwu.gov.cn/", b"home", known=store.record))
    assert verified(output).exit_code == 0


def test_a_database_that_rots_is_told(output: Path) -> None:
    with Store.open(output / "govcrawl.db") as store:
        store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = output / "govcrawl.db"
    content = bytearray(path.read_bytes())
    for place in range(8192, len(content) - 200, 4096):
        content[place : place + 200] = b"\xff" * 200
    path.write_bytes(content)
    told = verified(output)
    assert told.exit_code in (2, 3)
    assert "Traceback" not in told.output


def test_the_contract_is_that_of_the_database() -> None:
    with Store.in_memory() as store:
        for name, columns in CONTRACT.items():
            store.db.conn.execute(f"SELECT {columns} FROM [{name}]")
