from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from govcrawl import __version__
from govcrawl.cli import main
from govcrawl.cli.program import Program
from govcrawl.counting import counted
from govcrawl.errors import GovcrawlError, UnreadableDocument
from govcrawl.model import EntryState, HostException, Portal
from govcrawl.store import Store, sqlite
from tests.store.make import URL, entry, report, source

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def one_error_line(result: Result) -> str:
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("Error: ")
    assert result.stdout == ""
    return lines[0]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    with Store.open(folder / "govcrawl.db") as store:
        store.start_run("crawl", {"portals": "shiwu"})
        store.note_entries([entry(), entry(f"{URL}?2")], 1)
        store.save_report(report(), source(), entry=entry(), run_id=1)
        store.close_entry(f"{URL}?2", EntryState.FAILED, "no answer within 60 s", run_id=1)
        portal = Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/", "990101")
        counts = {"requests": 9, "reports_new": 1, "failed": 1}
        store.note_portal_run(1, portal, outcome="incomplete", reason="1 link failed", counts=counts)
        store.finish_run(1, verdict="incomplete", exit_status=3, counts={"requests": 9}, detail={})
        store.start_run("crawl", {})
    return folder


def change(output: Path, sql: str) -> None:
    with Store.open(output / "govcrawl.db") as store, store.db.conn:
        store.db.conn.execute(sql)


def test_version_and_help() -> None:
    assert run("--version").stdout.strip() == f"govcrawl, version {__version__}"
    told = run("--help").stdout
    for name in ("portals", "ingest", "export", "status", "checks"):
        assert name in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--foo"], "No such option"),
        (["nothing"], "No such command"),
        (["export"], "--format"),
        (["export", "--format", "spss", "--to", "x"], "spss"),
        (["export", "--format", "csv", "--to", "x", "--year", "20x9"], "20x9"),
        (["export", "--format", "csv", "--to", "x", "--year", "2025-2019"], "ends before"),
        (["export", "--format", "csv", "--to", "x", "--region", "north"], "north"),
        (["checks", "--outcome", "odd"], "odd"),
        (["portals", "--region", "x1"], "x1"),
        (["portals", "--registry", "no-such.csv"], "no-such.csv"),
        (["status", "--output", "no-such-folder"], "no such database"),
        (["ingest"], "PATHS"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in one_error_line(result)


@pytest.mark.parametrize(
    ("error", "status"),
    [(GovcrawlError("a\nb"), 1), (UnreadableDocument("empty"), 1), (KeyboardInterrupt(), 130)],
)
def test_exit_status_of_errors(error: BaseException, status: int) -> None:
    @click.group(cls=Program)
    def program() -> None: ...

    def fail() -> None:
        raise error

    program.get_command = lambda ctx, name: click.Command(name, callback=fail)  # type: ignore[method-assign]
    result = CliRunner().invoke(program, ["fail"])
    assert result.exit_code == status
    assert len(result.stderr.splitlines()) == 1


def test_an_unexpected_exception_keeps_its_traceback(output: Path) -> None:
    code = "import govcrawl.cli.status as s; s.opened = lambda o: 1 / 0; from govcrawl.cli import main; main(['status'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=output, capture_output=True, text=True)
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
    assert "Traceback" in done.stderr


def test_portals_by_region_and_words() -> None:
    found = json.loads(run("portals", "--region", "4507", "--search", "钦北", "--format", "json").stdout)
    assert [(row["key"], row["division_code"], row["name"]) for row in found] == [
        ("qinbei", "450703", "钦北区")
    ]
    table = run("portals", "--region", "4507").stdout
    assert "钦北区" in table
    assert "http://www.qinbei.gov.cn/" in table
    assert run("portals", "--search", "没有这个地方").exit_code == 0


def test_a_town_leads_to_the_portal_of_its_county() -> None:
    found = run("portals", "--search", "钦北 长滩镇")
    assert (found.exit_code, found.stdout) == (0, "")
    town = "长滩镇: a township of 钦北区 (450703, 钦州市); crawl portal qinbei and filter by agency"
    assert found.stderr.splitlines()[1:] == [town]
    everywhere = run("portals", "--search", "长滩镇").stderr
    assert town in everywhere
    assert "crawl portal zhongxiang" in everywhere
    assert town in run("portals", "--search", "长滩镇", "--region", "45").stderr
    assert "... and " in run("portals", "--search", "城关镇").stderr
    assert "No portal in the registry matches" in run("portals", "--search", "没有这个镇").stderr


def test_one_is_singular() -> None:
    assert "1 portal. To crawl" in run("portals", "--region", "450703").stdout
    assert "-a region=4507\n" in run("portals", "--region", "4507").stdout
    assert [counted(n, "new entry") for n in (0, 1, 2)] == ["0 new entries", "1 new entry", "2 new entries"]
    assert counted(2, "day") == "2 days"


def test_chinese_output_through_a_pipe_in_the_c_locale() -> None:
    plain = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "govcrawl.cli", "portals", "--region", "450703", "--format", "csv"]
    done = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert "钦北区" in done.stdout.decode("utf-8")


def test_a_closed_pipe_ends_it_quietly_as_sigpipe_would() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "govcrawl.cli", "portals", "--region", "4507", "--format", "csv"]
    done = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


def test_status_shows_runs_portals_and_failures(output: Path) -> None:
    result = run("status", "--output", output)
    assert result.exit_code == 0
    for words in (
        "incomplete",
        "  died\n",
        "9 requests\n",
        "石坞县",
        "no answer within 60 s",
        f"{URL}?2",
        "links without a report: 1 failed\n",
    ):
        assert words in result.stdout
    assert "1 report, 6 facts, 0 earlier versions" in result.stdout
    for nothing in ("blocked", "gone", "pending", "rejected", "changed"):
        assert nothing not in result.stdout


def test_status_compares_a_portal_with_the_run_before(output: Path) -> None:
    with Store.open(output / "govcrawl.db") as store:
        portal = Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/", "990101")
        store.note_portal_run(2, portal, outcome="complete", counts={"requests": 4, "listed": 2})
        store.note_exception(HostException("www.shiwu.gov.cn", "tls", "legacy", "handshake", "2026-01-02"), 2)
    change(output, "UPDATE portal_runs SET listed = 3 WHERE run_id = 1")
    told = run("status", "--output", output).stdout
    assert "run 2 against run 1: 0 new (-1), 0 failed (-1), 4 requests (-5); it was incomplete" in told
    change(output, "UPDATE portal_runs SET whole = 1")
    assert "run 2 against run 1: 2 listed (-1), 0 new" in run("status", "--output", output).stdout
    assert re.search(r"www.shiwu.gov.cn +tls +legacy +2026-01-02 +handshake", told)
    whole = json.loads(run("status", "--output", output, "--format", "json").stdout)
    (portal_,) = whole["portals"]
    assert (portal_["last"]["run_id"], portal_["previous"]["run_id"]) == (2, 1)
    assert portal_["difference"]["requests"] == -5
    assert [link["url"] for link in whole["links"]] == [f"{URL}?2"]
    assert whole["exceptions"][0]["value"] == "legacy"
    header, row = run("status", "--output", output, "--format", "csv").stdout.splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    assert (cells["last_requests"], cells["previous_requests"]) == ("4", "9")


def test_status_all_shows_rejected_links_with_their_reasons(output: Path) -> None:
    with Store.open(output / "govcrawl.db") as store:
        store.reject(entry(f"{URL}?3"), "shiwu", "no annual report but a guide", run_id=2)
    short, whole = run("status", "--output", output), run("status", "--output", output, "--all")
    assert "links without a report: 1 rejected, 1 failed\n" in short.stdout
    assert f"{URL}?3" not in short.stdout
    assert f"{URL}?3" in whole.stdout
    assert "no annual report but a guide" in whole.stdout


def test_status_fits_a_terminal_and_folds_no_address(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("status", "--output", output, "--all").stdout.splitlines()
    assert f"    {URL}?2" in lines
    assert [line for line in lines if cell_len(line) > 80 and "/" not in line] == []
    assert any(re.search(r"crawl +\d{4}-\d\d-\d\d \d\d:\d\d  ", line) for line in lines)


@pytest.mark.parametrize("command", [["status", "--all"], ["portals", "--region", "4507"], ["checks"]])
def test_piped_output_has_no_blanks_at_the_end_of_a_line(output: Path, command: list[str]) -> None:
    where = [] if command[0] == "portals" else ["--output", str(output)]
    told = run(*command, *where).stdout
    assert "http://" in told
    assert [line for line in told.splitlines() if line != line.rstrip()] == []


def test_commands_that_only_read_say_nothing_of_a_fault_of_writing(
    output: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sqlite._warn_of_wal_fault.cache_clear()
    monkeypatch.setattr(sqlite, "_WAL_FIXED", (999, 0, 0))
    for command in ("status", "checks"):
        assert run(command, "--output", output).exit_code == 0
    assert caplog.messages == []
    with Store.open(output / "govcrawl.db") as store:
        store.start_run("crawl", {})
    sqlite._warn_of_wal_fault.cache_clear()
    assert ["can corrupt" in message for message in caplog.messages] == [True]


def test_checks_name_the_report_and_the_numbers(output: Path) -> None:
    failed, finding = json.loads(run("checks", "--output", output, "--format", "json").stdout)
    assert (finding["kind"], finding["rule"], finding["detail"]) == ("finding", "blank_cells", "1 cell")
    assert (failed["rule"], failed["expected"], failed["actual"], failed["url"]) == ("A1", "4", "3", URL)
    assert URL in run("checks", "--output", output).stdout
    other = run("checks", "--output", output, "--outcome", "not_assessable", "--format", "csv").stdout
    assert len(other.splitlines()) == 2
    none = run("checks", "--output", output, "--rule", "X1")
    assert none.stdout == "0 failed checks, 0 findings.\n"
    for name, value in (("--year", "2020"), ("--agency", "水力局"), ("--region", "45")):
        misspelt = run("checks", "--output", output, name, value)
        assert misspelt.exit_code == 2
        assert "no report matches, so none was checked" in misspelt.stderr
    assert run("checks", "--output", output).stdout.endswith("1 failed check, 1 finding.\n")
    asked = run("checks", "--output", output, "--outcome", "fail").stdout
    assert asked.endswith("1 check with outcome fail.\n")
    assert "blank_cells" in run("checks", "--output", output, "--rule", "blank_cells").stdout
    misspelt = run("checks", "--output", output, "--rule", "ZZ")
    assert misspelt.exit_code == 2
    assert "'ZZ' is none of A1, A2" in one_error_line(misspelt)
    alone = run("checks", "--output", output, "--no-findings", "--agency", "民政局", "--rule", "A1").stdout
    assert alone.endswith("1 check with outcome fail.\n")


def test_export_writes_where_it_says(output: Path, tmp_path: Path) -> None:
    result = run(
        "export", "--format", "csv", "--to", tmp_path / "data", "--output", output, "--year", "2019-2021"
    )
    assert result.exit_code == 0, result.stderr
    assert "1 report, 6 facts in" in result.stdout
    assert (tmp_path / "data" / "facts_wide.csv").exists()
    nothing = run(
        "export", "--format", "csv", "--to", tmp_path / "none", "--output", output, "--region", "11"
    )
    assert nothing.exit_code == 2
    assert "region 11" in one_error_line(nothing)


def test_an_export_needs_a_folder_of_its_own(output: Path) -> None:
    result = run("export", "--format", "csv", "--to", "/", "--output", output)
    assert result.exit_code == 2
    assert "/" in one_error_line(result)


def test_an_interrupted_command_ends_with_130(output: Path) -> None:
    code = (
        "import signal, govcrawl.cli.status as s\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job ignores it
        "s.opened = lambda o: signal.raise_signal(signal.SIGINT)\n"
        "from govcrawl.cli import main; main(['status'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=output, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (128 + signal.SIGINT, "Interrupted.\n")


def test_a_folder_without_a_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text("<p>x</p>", encoding="utf-8")
    result = run("ingest", "page.html", "--output", "")
    assert result.exit_code == 2
    assert "--output" in one_error_line(result)
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_full_disk_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(tmp_path / "govcrawl.db").close()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("govcrawl.cli.export.export", full)
    monkeypatch.setattr("os.pwrite", full)
    exported = run("export", "--format", "csv", "--to", tmp_path / "to", "--output", tmp_path)
    written = run("reextract", "--output", tmp_path)
    assert (exported.exit_code, written.exit_code) == (3, 3)
    assert "the disk is full" in one_error_line(exported)
    assert "the disk is full" in one_error_line(written)


def test_the_help_has_a_whole_line_for_every_command() -> None:
    told = run("--help").stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in told] == main.list_commands(click.Context(main))
    assert not [line for line in told if line.endswith("...")]
