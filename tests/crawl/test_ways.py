"""Reports that are files only: every way to the file, every format, and what is said of files that are none."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.crawl.network import Network
from tests.crawl.test_crawl import crawl
from tests.crawl.ways import HOST, County, bad, good, report, whole
from tests.formats.makers import as_docx, as_xlsx
from tests.formats.office import converted
from tests.formats.parts import bare


def office() -> dict[str, bytes]:
    if shutil.which("soffice") is None:
        return {}
    words = {f"{place}.docx": as_docx(whole(place)) for place in (12, 13)}
    return converted(words, "doc", "MS Word 97") | converted(
        {"14.xlsx": as_xlsx(whole(14))}, "xls", "MS Excel 97"
    )


@pytest.mark.soak
def test_every_way_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVCRAWL_OCR", "off")
    cases = [*good(office()), *bad()]
    county = County(cases)
    with Network({HOST: county.answer}) as network:
        ended = crawl(tmp_path, "-a", f"url=http://{HOST}/", proxy=network.proxy_url)
        asked = [f"{one.path}?{one.query}".rstrip("?") for one in network.log]
    assert "Traceback" not in ended.errors
    wrong = []
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
        for place, case in enumerate(cases):
            wrong += [f"{case.name}: {fault}" for fault in faults_of(db, county, place)]
    assert wrong == []
    assert ended.status == 3
    own = {case.path for case in cases}
    assert all(
        asked.count(path) <= (1 if case.state == "stored" else 2) for case in cases for path in [case.path]
    )
    assert len([path for path in asked if path not in own]) <= len(cases) + 8


def faults_of(db: sqlite3.Connection, county: County, place: int) -> list[str]:
    """What came of a case otherwise than it must."""
    case, truth, url = county.cases[place], report(place), county.url(place)
    entry = db.execute("SELECT state, last_error FROM entries WHERE url = ?", (url,)).fetchone()
    if entry is None or entry[0] != case.state or case.words not in (entry[1] or ""):
        return [f"{entry} for {case.state} {case.words}"]
    row = db.execute("SELECT id, source_type, title, text FROM reports WHERE url = ?", (url,)).fetchone()
    if not case.kind:
        return [] if row is None else [f"a report is stored: {row[:3]}"]
    if row is None or row[1:3] != (case.kind, truth.title):
        return [f"{row and row[1:3]} for {case.kind} {truth.title}"]
    told = [f"boilerplate {words}" for words in ("备案号", "主办：", "发布时间", "附件：") if words in row[3]]
    told += [f"lost {line[:20]}" for line in truth.paragraphs if bare(line) not in bare(row[3])]
    values = dict(db.execute("SELECT fact, value FROM facts WHERE report_id = ?", (row[0],)))
    told += [
        f"{name} {values.get(name)}" for name, cell in truth.facts.items() if values.get(name) != cell.value
    ]
    files = db.execute(
        "SELECT role, sha256 NOTNULL, filename FROM attachments WHERE report_id = ?", (row[0],)
    ).fetchall()
    if [one[:2] for one in files] != [("only_source", 1)]:
        told.append(f"attachments {files}")
    if case.filename and files and files[0][2] != case.filename:
        told.append(f"named {files[0][2]} for {case.filename}")
    return told
