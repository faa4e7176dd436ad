"""What strangers wrote steers no terminal, whichever command shows it."""

from __future__ import annotations

import dataclasses
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from govcrawl.cli import main
from govcrawl.model import EntryState, Fact, Finding, Portal, Section, Statement, Status
from govcrawl.store import Store
from tests.store.make import URL, entry, report, source

EVIL = "石坞\x1b]0;pwned\x07\x9b2J\u202e县"
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(autouse=True)
def _record_factory() -> Iterator[None]:
    kept = logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(kept)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    made = report(
        title=f"{EVIL}2021年政府信息公开工作年度报告", agency=EVIL, agency_norm=EVIL, text=f"{EVIL}公开35条。",
        sections=(Section(0, EVIL, f"{EVIL}公开35条。"),),
        facts=(Fact("application.received_new:total", None, EVIL, Status.TEXT, note=EVIL),),
        statements=(Statement("application.received_new:total", 3, f"{EVIL}收到3件。"),),
        findings=(Finding("title_missing", EVIL, EVIL),),
    )  # fmt: skip
    with Store.open(folder / "govcrawl.db") as store:
        store.start_run("crawl", {"portals": EVIL})
        store.note_entries([dataclasses.replace(entry(), title=EVIL), entry(f"{URL}?{EVIL}")], 1)
        store.save_report(made, source(), entry=entry(), run_id=1)
        later = dataclasses.replace(made, title=f"{EVIL}更正", text=f"{EVIL}公开36条。")
        store.save_report(later, source(content=b"second"), entry=entry(), run_id=1)
        store.close_entry(f"{URL}?{EVIL}", EntryState.FAILED, EVIL, run_id=1)
        portal = Portal("shiwu", EVIL, "http://www.shiwu.gov.cn/", "990101")
        store.note_portal_run(1, portal, outcome="incomplete", reason=EVIL, counts={"requests": 9})
        store.finish_run(1, verdict="incomplete", exit_status=3, counts={"requests": 9}, detail={})
    (folder / f"{EVIL}.html").write_text(f"<p>{EVIL}")
    return folder


@pytest.mark.parametrize(
    "command",
    [
        "status --all", "status --format csv", "status --all --format json", "checks",
        "checks --format json", "coverage --bodies", "search 公开",
        "search 公开 --format json", f"explain {URL}", f"diff {URL}",
        f"diff {URL} --json", "verify", "reextract", "ingest OUT", f"explain http://x/{EVIL}", f"{EVIL}",
    ],
)  # fmt: skip
def test_no_command_prints_what_steers_a_terminal(command: str, output: Path) -> None:
    name, *more = command.split(" ")
    words = [str(output) if word == "OUT" else word for word in more]
    told = CliRunner().invoke(main, [name, *words, *(() if name == EVIL else ("--output", str(output)))])
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    assert "石坞" in told.output + told.stderr or name in ("verify", "reextract", "checks", "status")
    assert not STEERS.findall(told.stdout + told.stderr)


def test_json_loses_nothing_of_the_data(output: Path) -> None:
    told = CliRunner().invoke(main, ["diff", URL, "--json", "--output", str(output)])
    assert json.loads(told.stdout)["title"] == f"{EVIL}更正"


def test_commands_print_by_one_way() -> None:
    folder = Path(__file__).resolve().parents[2] / "govcrawl" / "cli"
    others = [path.name for path in folder.glob("*.py") if "click.echo(" in path.read_text()]
    assert others == ["probe.py"]  # a table whose cells are made harmless one by one, with its styles


def test_a_traceback_in_the_log() -> None:
    CliRunner().invoke(main, ["--version"])
    record = logging.getLogRecordFactory()("x", logging.ERROR, "x.py", 1, "of %s", (EVIL,), None)
    record.exc_text = f"Traceback\n{EVIL}"
    assert not STEERS.findall(logging.Formatter().format(record))
