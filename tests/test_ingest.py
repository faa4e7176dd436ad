from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govcrawl.archive import Archive
from govcrawl.cli import main
from govcrawl.errors import UsageError
from govcrawl.ingest import exit_status, find_documents
from govcrawl.store import Store

SECTIONS = {
    "一、总体情况": "全年主动公开信息{made}条，均通过门户网站发布，群众查阅方便。",
    "二、主动公开政府信息情况": "",
    "三、收到和处理政府信息公开申请情况": "",
    "四、政府信息公开行政复议、行政诉讼情况": "",
    "五、存在的主要问题及改进情况": "存在公开内容不够细致的问题，下一步将加强培训，完善审核流程。",
    "六、其他需要报告的事项": "本年度未收取信息处理费。",
}
CHALLENGE = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def page(*, made: int = 35, agency: str = "石坞县水利局", year: int = 2022) -> bytes:
    title = f"{agency}{year}年政府信息公开工作年度报告"
    body = "".join(f"<p>{head}</p><p>{prose.format(made=made)}</p>" for head, prose in SECTIONS.items())
    heads = "".join(f"<td>{name}</td>" for name in CHALLENGE * 3)
    table = (
        "<table><tr><td colspan=5 rowspan=2>行政复议</td><td colspan=10>行政诉讼</td></tr>"
        "<tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>"
        f"<tr>{heads}</tr><tr>{'<td>0</td>' * 15}</tr></table>"
    )
    body = body.replace("<p>五、", f"{table}<p>五、")
    html = f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    return html.encode()


NEWS = "<html><title>全县召开防汛会议</title><body><h1>全县召开防汛会议</h1><p>会议强调安全。</p></body></html>".encode()


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["ingest", *map(str, arguments)])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    (made / "deep" / "er").mkdir(parents=True)
    return made


def entries(out: Path) -> dict[str, tuple[str, str | None]]:
    with Store.open(out / "govcrawl.db", create=False) as store:
        found = store.db.query("SELECT * FROM entries")
        return {row["url"].rpartition("/")[2]: (row["state"], row["last_error"]) for row in found}


def test_a_folder_of_reports(folder: Path, out: Path) -> None:
    (folder / "a.html").write_bytes(page())
    (folder / "deep" / "er" / "年报.HTM").write_bytes(page(agency="石坞县民政局"))
    (folder / ".hidden.html").write_bytes(page())
    (folder / "style.css").write_text("p { }")
    result = run(folder, folder / "a.html", "--output", out)
    assert result.exit_code == 0, result.stderr
    assert "2 documents: 2 stored (2 new, 0 changed, 0 unchanged)\n" in result.stdout
    assert "passed over 1 file of other kinds (1 .css): style.css\n" in result.stdout
    assert str(out / "govcrawl.db") in result.stdout
    with Store.open(out / "govcrawl.db") as store:
        rows = list(store.reports())
        assert [(row["portal"], row["agency"], row["year"]) for row in rows] == [
            ("file", "石坞县水利局", 2022),
            ("file", "石坞县民政局", 2022),
        ]
        assert rows[0]["url"] == (folder / "a.html").resolve().as_uri()
        record = store.record(rows[0]["sha256"])
        assert record is not None
        assert Archive(out / "archive").read(record) == page()
        zeros = [row for row in store.facts(rows[0]["id"]) if row["fact"].startswith("challenge.")]
        assert [(row["value"], row["status"]) for row in zeros] == [(0, "number")] * 15


def test_again_is_unchanged_and_a_correction_is_changed(folder: Path, out: Path) -> None:
    (folder / "a.html").write_bytes(page())
    run(folder, "--output", out)
    again = run(folder, "--output", out)
    assert again.exit_code == 0
    assert "(0 new, 0 changed, 1 unchanged)" in again.stdout
    assert len(list((out / "archive").iterdir())) == 1
    (folder / "a.html").write_bytes(page(made=36))
    assert "(0 new, 1 changed, 0 unchanged)" in run(folder, "--output", out).stdout
    with Store.open(out / "govcrawl.db") as store:
        [old] = store.db.query("SELECT text FROM versions")
        assert "35条" in old["text"]
        verdicts = [(row["verdict"], row["exit_status"]) for row in store.runs()]
        assert verdicts == [("complete", 0)] * 3


def test_of_a_place_a_body_is_one_however_it_writes_its_name(folder: Path, out: Path) -> None:
    (folder / "a.html").write_bytes(page(agency="水利局", year=2021))
    (folder / "b.html").write_bytes(page(agency="钦北区水利局"))
    run(folder / "a.html", "--output", out)
    assert "(1 new, 1 changed, 0 unchanged)" in run(folder, "--division", "450703", "--output", out).stdout
    assert "(0 new, 0 changed, 2 unchanged)" in run(folder, "--division", "450703", "--output", out).stdout
    with Store.open(out / "govcrawl.db") as store:
        rows = [(row["division_code"], row["agency_norm"], row["year"]) for row in store.reports()]
        assert rows == [("450703", "水利局", 2021), ("450703", "水利局", 2022)]
        assert not list(store.db.query("SELECT 1 FROM versions"))


def test_a_code_of_no_place_makes_nothing(folder: Path, out: Path) -> None:
    (folder / "a.html").write_bytes(page())
    result = run(folder, "--division", "450799", "--output", out)
    assert result.exit_code == 2
    assert "'450799' is no code of a province, prefecture or county" in result.stderr
    assert "govcrawl portals --search" in result.stderr
    assert not out.exists()


def test_one_broken_file_never_stops_the_others(folder: Path, out: Path) -> None:
    (folder / "a.html").write_bytes(b"")
    (folder / "b.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    (folder / "c.html").write_bytes(NEWS)
    (folder / "d.html").write_bytes(os.urandom(3000))
    (folder / "e.html").write_bytes(page())
    result = run(folder, "--output", out)
    assert result.exit_code == 3
    assert "1 stored" in result.stdout
    told = entries(out)
    assert {name: state for name, (state, _) in told.items()} == {
        "a.html": "failed",
        "b.pdf": "failed",
        "c.html": "rejected",
        "d.html": "failed",
        "e.html": "stored",
    }
    problems = result.stderr.splitlines()
    assert len(problems) == 4
    for name, (state, reason) in told.items():
        if state != "stored":
            assert reason
            assert [line for line in problems if name in line and reason in line]
    assert "PDF" in str(told["b.pdf"][1])
    advice = CliRunner().invoke(main, ["explain", str(folder / "b.pdf"), "--output", str(out)]).stdout
    assert "read it again: govcrawl ingest FILE" in advice
    assert "next ingest" in CliRunner().invoke(main, ["status", "--output", str(out)]).stdout


def test_a_rejected_file_beside_a_report_is_no_failure(folder: Path, out: Path) -> None:
    (folder / "a.html").write_bytes(NEWS)
    (folder / "b.html").write_bytes(page())
    assert run(folder, "--output", out).exit_code == 0


def test_no_report_at_all_is_incomplete(folder: Path, out: Path) -> None:
    (folder / "a.html").write_bytes(NEWS)
    result = run(folder, "--output", out)
    assert result.exit_code == 3
    assert "1 document: 0 stored (0 new, 0 changed, 0 unchanged), 1 rejected\n" in result.stdout
    with Store.open(out / "govcrawl.db") as store:
        [row] = store.runs()
        assert (row["verdict"], row["exit_status"], row["entries_rejected"]) == ("incomplete", 3, 1)


def test_wrong_usage_makes_nothing(folder: Path, out: Path, tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("x")
    cases = {
        "no such file": (tmp_path / "nowhere", "--output", out),
        "holds no document": (folder, "--output", out),
        "output folder": (tmp_path / "in the way", "--output", tmp_path / "in the way" / "out"),
    }
    for words, arguments in cases.items():
        result = run(*arguments)
        assert result.exit_code == 2, words
        assert words in result.stderr
        assert len(result.stderr.splitlines()) == 1
    assert not out.exists()


def test_a_database_that_is_not_ours_is_left_alone(folder: Path, out: Path) -> None:
    (folder / "a.html").write_bytes(page())
    out.mkdir()
    (out / "govcrawl.db").write_text("somebody's notes, kept under this name")
    result = run(folder, "--output", out)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert [path.name for path in out.iterdir()] == ["govcrawl.db"]


def test_names_that_are_no_utf8(folder: Path, out: Path) -> None:
    name = os.fsdecode("年报.html".encode("gb18030"))
    (folder / name).write_bytes(page())
    (folder / f"z{name}").write_bytes(b"")
    result = run(folder, "--output", out)
    assert result.exit_code == 3, result.stderr
    assert "1 stored" in result.stdout


def test_names_on_the_command_line_that_are_no_utf8_or_no_names(out: Path, tmp_path: Path) -> None:
    named = tmp_path / os.fsdecode(b"\xb1\xa8.html")
    named.write_bytes(page())
    assert run(named, "--output", out).exit_code == 0
    with Store.open(out / "govcrawl.db") as store:
        assert "\\udcb1" in store.runs()[0]["arguments"]
    result = run("x" * 5000, "--output", out)
    assert result.exit_code == 2
    assert "too long" in result.stderr


def test_documents_are_found_in_order_and_once(folder: Path) -> None:
    for name in ("b.txt", "a.html", "deep/c.htm", "deep/er/noending", "x.js", "deep/t.csv", "deep/t.docm"):
        (folder / name).write_text("x")
    (folder / "deep" / ".git").mkdir()
    (folder / "deep" / ".git" / "d.txt").write_text("x")
    (folder / "link.txt").symlink_to(folder / "b.txt")
    found = find_documents([folder, folder / "b.txt", folder / "x.js"])
    names = [str(path.relative_to(folder)) for path in found.files]
    assert names == ["a.html", "b.txt", "deep/c.htm", "deep/er/noending", "deep/t.csv", "deep/t.docm", "x.js"]
    assert [path.name for path in found.passed_over] == ["x.js"]
    with pytest.raises(UsageError, match="no such file"):
        find_documents([folder / "nowhere"])


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ({"new": 1}, 0),
        ({"unchanged": 1, "rejected": 9}, 0),
        ({"changed": 1, "failed": 1}, 3),
        ({"rejected": 2}, 3),
        ({"failed": 1}, 3),
    ],
)
def test_exit_status(outcomes: dict[str, int], status: int) -> None:
    assert exit_status(outcomes) == status


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_a_signal_it_says_how_far_it_came(
    folder: Path, out: Path, sent: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in (2021, 2022, 2023):
        (folder / f"{year}.html").write_bytes(page(year=year))
    save = Store.save_report

    def interrupted(store: Store, *given: object, **named: object) -> object:
        if store.count("reports"):
            signal.raise_signal(sent)
        return save(store, *given, **named)  # type: ignore[arg-type]

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    with monkeypatch.context() as patch:
        patch.setattr(Store, "save_report", interrupted)
        stopped = run(folder, "--output", out)
    signal.signal(signal.SIGINT, before)
    assert stopped.exit_code == 3
    assert "stopped: 2 documents left; run again to go on" in stopped.stderr
    with Store.open(out / "govcrawl.db") as store:
        assert store.runs()[0]["verdict"] == "incomplete: stopped early"
        assert store.count("reports") == 1
    assert run(folder, "--output", out).exit_code == 0
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_a_reader_that_goes_away_stops_it_in_order(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.html").write_bytes(page())
    (folder / "b.html").write_bytes(NEWS)
    (folder / "c.html").write_bytes(NEWS)

    def closed(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("govcrawl.cli.signals.say", closed)
    run(folder, "--output", out, "--processes", 0)
    with Store.open(out / "govcrawl.db") as store:
        (told,) = store.runs()
    assert told["verdict"] == "incomplete: stopped early"
