"""Every page, asked for in this process."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

pytest.importorskip("datasette", reason="the extra serve is not installed")

from govcrawl.store import Store
from tests.serve.browsing import Browser
from tests.serve.world import EVIL
from tests.store.make import report, source

PAGES = (
    "/", "/coverage", "/coverage/99", "/coverage/9901", "/place/shiwu", "/body/shiwu/民政局",
    "/reports", "/reports?q=石坞&year=2020&region=99&agency=民政&in=title", "/reports?q=<script>", "/findings",
    "/findings?rule=A1&year=2021&region=9901", "/findings?rule=blank_cells", "/runs", "/runs/2",
    *(f"/trends?measure={name}&region=99" for name in ("applications", "outcomes", "reviews", "lawsuits")),
    *(f"/report/{key}" for key in range(1, 7)), "/report/1/original", "/report/6/original",
    "/report/1/versions",
    "/govcrawl", "/govcrawl/reports", "/govcrawl/facts", "/govcrawl?sql=select+title+from+reports",
)  # fmt: skip


@pytest.mark.parametrize(("number", "path"), list(enumerate(PAGES)))
def test_every_page_opens_and_leaves_scripts_as_text(browser: Browser, number: int, path: str) -> None:
    language = ("zh", "en")[number % 2]
    answer = browser.get(path, **{"accept-language": language})
    assert answer.status_code == 200, answer.text
    assert EVIL not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in re.sub(r"style-src [^;]*", "", policy)
    assert answer.headers["x-content-type-options"] == "nosniff"
    if not path.startswith("/govcrawl"):
        assert "<script" not in answer.text
        assert " style=" not in answer.text
        assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in answer.text


def test_reports_are_found_by_words_and_form(browser: Browser) -> None:
    for words in ("", "&q=民政"):
        every = re.findall(r'href="/report/(\d+)"', browser.get(f"/reports?template={words}").text)
        by_form = {
            form: re.findall(r'href="/report/(\d+)"', browser.get(f"/reports?template={form}{words}").text)
            for form in ("2014", "2019", "2021", "free")
        }
        assert sorted(every) == sorted(key for keys in by_form.values() for key in keys)
        assert sum(map(bool, by_form.values())) > 1
    answer = browser.get("/reports?template=2021&q=民政", **{"accept-language": "en"})
    assert '<option value="2021" selected>Form of 2021</option>' in answer.text
    assert "<mark>民政</mark>" in answer.text


def test_tables_say_their_language_and_are_short(browser: Browser) -> None:
    answer = browser.get("/govcrawl/facts")
    assert '<html lang="en">' in answer.text
    assert answer.text.count('<td class="col-fact') == 50


def test_the_newest_year_of_a_place_comes_first(browser: Browser) -> None:
    heads = re.findall(r'<th scope="col">(\d{4})</th>', browser.get("/place/shiwu").text)
    assert heads == sorted(heads, reverse=True)
    assert len(heads) > 5


def test_scripts_of_datasette_run_by_their_number_alone(browser: Browser) -> None:
    answer = browser.get("/govcrawl/reports")
    (number,) = re.findall(r"'nonce-([^']+)'", answer.headers["content-security-policy"])
    assert "<script>" not in answer.text
    assert f'<script nonce="{number}">' in answer.text


def test_the_page_only_reads(browser: Browser) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert browser.get("/govcrawl", method).status_code == 405
    refused = browser.get("/govcrawl.json?sql=delete+from+reports")
    assert refused.status_code == 400


def test_the_language_is_the_readers(browser: Browser) -> None:
    for accepted, asked, language in (
        ("zh-CN,zh;q=0.9,en;q=0.8", "", "zh-CN"),
        ("fr;q=0.9, en;q=0.5, zh;q=0.2", "", "en"),
        ("de", "", "en"),
        ("zh", "?lang=en", "en"),
        ("en", "?lang=zh", "zh-CN"),
        ("zh", "?lang=xx", "zh-CN"),
    ):
        answer = browser.get(f"/runs{asked}", **{"accept-language": accepted})
        assert f'<html lang="{language}">' in answer.text
        assert ("set-cookie" in answer.headers) == (asked in ("?lang=en", "?lang=zh"))
    assert '<html lang="zh-CN">' in browser.get("/runs", cookie="lang=zh", **{"accept-language": "en"}).text


@pytest.mark.parametrize(
    "path",
    ["/report/99", "/coverage/45", "/place/x", "/body/shiwu/x", "/runs/99", "/report/1/original?document=x",
     f"/archive/{'0' * 64}/download", f"/archive/{'0' * 64}/page"],
)  # fmt: skip
def test_what_is_not_there(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_files_of_no_place_and_without_a_title_are_found_and_told(tmp_path: Path) -> None:
    with Store.open(tmp_path / "govcrawl.db") as store:
        run = store.start_run("ingest", {})
        untitled = dataclasses.replace(report(title="", agency=None), agency_norm=None)
        kept = source("file:///home/a/%E5%B9%B4%E6%8A%A5.xls", division=None)
        store.save_report(untitled, dataclasses.replace(kept, portal="file"), run_id=run)
    browser = Browser(tmp_path)
    try:
        listed = browser.get("/reports", **{"accept-language": "en"}).text
        assert '<a href="/report/1">年报.xls</a>' in listed
        assert '<h1 lang="zh-CN">年报.xls</h1>' in browser.get("/report/1").text
        told = browser.get("/coverage", **{"accept-language": "en"}).text
        assert "None of the reports belongs to a place" in told
        assert "There are no reports yet" not in told
        assert "Places" not in browser.get("/", **{"accept-language": "en"}).text
    finally:
        browser.close()


def test_tables_of_the_inside_stand_behind_those_that_people_ask_for(browser: Browser) -> None:
    answer = browser.get("/govcrawl.json?_show_hidden=0").json()
    shown = {table["name"] for table in answer["tables"] if not table["hidden"]}
    assert {"reports", "entries", "runs", "findings", "statements"} <= shown
    assert not {name for name in shown if name.startswith(("fact_", "check_", "search_"))}
    assert {view["name"] for view in answer["views"]} >= {"facts", "checks", "tables", "sections"}
    assert browser.get("/govcrawl/fact_lists").status_code == 200
