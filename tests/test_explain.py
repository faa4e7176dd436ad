"""govcrawl explain: what is known of an address, in any spelling, and what to run when nothing is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govcrawl.cli import main
from govcrawl.errors import UsageError
from govcrawl.explain import explain
from govcrawl.model import EntryState, Portal, Visit
from govcrawl.registry import Registry
from govcrawl.store import Store
from tests.store.make import URL, entry, report, source
from tests.store.test_bodies import made

HOME = "http://www.shiwu.gov.cn/"
COLUMN = "http://www.shiwu.gov.cn/zfxxgk/nb/"
REGISTRY = Registry(
    [Portal("shiwu", "石坞县", HOME, "990101"), Portal("anlin", "安林县", "http://www.anlin.gov.cn/")]
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "govcrawl.db") as opened:
        opened.start_run("crawl", {})
        opened.note_portal(REGISTRY.portals[0], 1)
        opened.note_visit(Visit(HOME, "shiwu", None, "", "start", "start page"), 1)
        opened.note_visit(
            Visit(COLUMN, "shiwu", HOME, "公开年报", "column", f"«公开年报» on {HOME}", dialect="trs"), 1
        )
        opened.note_entries([entry(), entry(f"{URL}?2"), entry(f"{URL}?3"), entry(f"{URL}?4")], 1)
        opened.save_report(report(), source(), entry=entry(), run_id=1)
        opened.close_entry(f"{URL}?2", EntryState.FAILED, "no answer within 60 s", run_id=1)
        opened.reject(entry(f"{URL}?3"), "shiwu", "no annual report but a guide", run_id=1)
        opened.note_portal_run(
            1, REGISTRY.portals[0], outcome="incomplete", reason="1 link failed", counts={}
        )
        yield opened


def run(store: Store, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments, "--output", str(store.path.parent)])


@pytest.mark.parametrize(
    "spelt",
    [
        URL,
        URL.replace("http:", "https:"),
        URL.replace("www.", ""),
        URL.removeprefix("http://www."),
        URL.replace(".html", "_wap.html"),
        URL.replace("www.shiwu", "WWW.Shiwu") + "#top",
        URL + ";jsessionid=8A",
    ],
)
def test_a_report_in_any_spelling(store: Store, spelt: str) -> None:
    told = explain(store, spelt, REGISTRY)
    assert (told["known"], told["url"], told["state"]) == (True, URL, "stored")


@pytest.mark.parametrize(
    "spelt", [COLUMN, COLUMN.rstrip("/"), COLUMN + "index.html", "https://shiwu.gov.cn/zfxxgk/nb"]
)
def test_a_page_of_the_way(store: Store, spelt: str) -> None:
    told = explain(store, spelt, REGISTRY)
    assert (told["url"], told["state"]) == (COLUMN, "page")
    assert told["judgement"]["why"] == "a page on the way to reports; 4 report links stand on it"


def test_a_report_with_all_that_led_to_it(store: Store) -> None:
    told = explain(store, URL, REGISTRY)
    assert [(page["label"], page["url"]) for page in told["path"]] == [("", HOME), ("公开年报", COLUMN)]
    assert told["portal"] | {"key": "shiwu", "name": "石坞县", "outcome": "incomplete"} == told["portal"]
    assert (told["report"]["agency"], told["report"]["year"]) == ("石坞县民政局", 2021)
    assert told["judgement"]["evidence"]["year"] == "title"
    assert told["next"] is None


def test_links_that_gave_no_report(store: Store) -> None:
    failed, rejected, waiting = (explain(store, f"{URL}?{n}", REGISTRY) for n in (2, 3, 4))
    assert [told["state"] for told in (failed, rejected, waiting)] == ["failed", "rejected", "pending"]
    assert failed["judgement"]["why"] == "no answer within 60 s"
    assert failed["next"] == "the next run tries again: govcrawl crawl -a portals=shiwu"
    assert rejected["judgement"]["why"] == "no annual report but a guide"
    assert rejected["next"] is None
    assert waiting["judgement"]["why"] == "it has not been read"


def test_a_second_address_of_a_report(store: Store) -> None:
    first, other = "http://www.shiwu.gov.cn/new/1.html", "http://www.shiwu.gov.cn/old/1.html"
    for url in (first, other):
        store.save_report(made(), source(url), entry=entry(url), run_id=1)
    told = explain(store, other, REGISTRY)
    assert told["state"] == "stored"
    assert f"the same report as {first}" in told["judgement"]["why"]


def test_an_earlier_version_is_told(store: Store) -> None:
    changed = report(title="石坞县民政局2021年政府信息公开工作年度报告（更正）")
    store.save_report(changed, source(content=b"second"), entry=entry(), run_id=1)
    told = explain(store, URL, REGISTRY)
    (version,) = told["history"]["versions"]
    assert version["title"] == report().title
    assert f"before that: {report().title}" in run(store, URL).stdout


@pytest.mark.parametrize(
    ("url", "why", "todo"),
    [
        ("http://www.shiwu.gov.cn/none.html", "was crawled", f"govcrawl probe {HOME}"),
        ("http://zfxxgk.anlin.gov.cn/a.html", "has not been crawled", "-a portals=anlin"),
        ("http://www.nowhere.gov.cn/a.html", "no portal", "-a url=http://www.nowhere.gov.cn/"),
    ],
)
def test_an_unknown_address(store: Store, url: str, why: str, todo: str) -> None:
    told = explain(store, url, REGISTRY)
    assert not told["known"]
    assert why in told["judgement"]["why"]
    assert todo in told["next"]


@pytest.mark.parametrize("wrong", ["htp:/x", "", "年报", "ftp://a.gov.cn/"])
def test_what_is_no_address(store: Store, wrong: str) -> None:
    with pytest.raises(UsageError, match="no web address"):
        explain(store, wrong, REGISTRY)


def test_an_ingested_file(store: Store) -> None:
    made = source("file:///reports/a.html")
    store.save_report(
        report(text="另一份"), made, entry=entry(made.url, portal="file", listing=None), run_id=1
    )
    told = explain(store, made.url, REGISTRY)
    assert (told["state"], told["path"]) == ("stored", [])


def test_an_ingested_file_by_its_path(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a b.zip").write_bytes(b"x")
    (tmp_path / "link.zip").symlink_to(tmp_path / "a b.zip")
    made = source(f"{(tmp_path / 'a b.zip').as_uri()}#%E5%B9%B4.html")
    store.save_report(report(text="另一份"), made, entry=entry(made.url, portal="file"), run_id=1)
    assert explain(store, f"{tmp_path}/link.zip#年.html", REGISTRY)["url"] == made.url


def test_diff_takes_the_path_of_an_ingested_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"x")
    made = source((tmp_path / "a.html").as_uri())
    store.save_report(report(text="另一份"), made, entry=entry(made.url, portal="file"), run_id=1)
    told = CliRunner().invoke(main, ["diff", str(tmp_path / "a.html"), "--output", str(store.path.parent)])
    assert "has said the same since it was first stored" in told.stdout


def test_a_file_that_was_not_ingested(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"x")
    told = explain(store, str(tmp_path / "a.html"), REGISTRY)
    assert not told["known"]
    assert told["next"] == "to read it: govcrawl ingest FILE"


def test_why_a_link_is_gone(store: Store) -> None:
    with store.db.conn:
        store.db.conn.execute(
            "UPDATE entries SET state='gone', last_error='the server answers 404' WHERE url = ?", (URL,)
        )
    shown = run(store, URL).stdout
    assert "gone: the server answers 404; what is kept was a report by" in shown
    assert "1 link failed" not in shown


def test_why_a_report_is_in_doubt_and_a_failed_link_without_those_of_others(store: Store) -> None:
    store.close_entry(URL, EntryState.GONE, "the server answers 404", run_id=1)
    shown = run(store, URL).stdout
    assert "    stored after 2 attempts (run 1)" in shown
    assert re.search(
        r"in doubt since \S+: the server answers 404; gone if a look a day later agrees; what", shown
    )
    told = CliRunner().invoke(main, ["status", "--output", str(store.path.parent)]).stdout
    assert "\nStored reports whose pages were without them at the last look\n" in told
    shown = run(store, f"{URL}?2").stdout
    assert "no answer within 60 s" in shown
    assert "1 link failed" not in shown


def test_the_command_tells_it_to_people_and_programs(store: Store) -> None:
    shown = run(store, URL)
    assert shown.exit_code == 0
    for words in (
        "stored after 1 attempt (run 1)",
        "«公开年报»  (trs, 4 report links)",
        COLUMN,
        "fiscal year 2021",
    ):
        assert words in shown.stdout
    told = json.loads(run(store, URL, "--format", "json").stdout)
    assert told["link"]["reason"] == "title"
    unknown = run(store, "http://www.nowhere.gov.cn/a.html")
    assert unknown.exit_code == 3
    assert "Next: " in unknown.stdout
    assert run(store, "htp:/x").exit_code == 2
