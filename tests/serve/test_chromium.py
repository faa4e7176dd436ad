"""The page in a real browser: nothing of a report acts, nobody outside is asked, everybody can read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytest.importorskip("datasette", reason="the extra serve is not installed")

from tests.serve.chromium import chromium, served
from tests.serve.test_pages import PAGES
from tests.serve.world import EVIL, fill

pytestmark = pytest.mark.soak

OURS = [path for path in PAGES if not path.startswith("/govcrawl")]
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
WIDTHS = {"desktop": (1200, 900), "phone": (390, 844)}


class Walk:
    """A tab, with everything that it complained of and every address that it asked for."""

    def __init__(self, browser: Any, address: str, width: str = "desktop", language: str = "zh-CN") -> None:
        x, y = WIDTHS[width]
        self.context = browser.new_context(viewport={"width": x, "height": y}, locale=language)
        self.page = self.context.new_page()
        self.address, self.said, self.asked = address, list[str](), list[str]()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: str) -> Any:
        answer = self.page.goto(f"{self.address}{path}", wait_until="load")
        assert answer.status == 200
        return self.page

    def require_quiet(self) -> None:
        assert self.said == []
        assert {urlsplit(url).netloc for url in self.asked} == {urlsplit(self.address).netloc}
        assert self.page.title() != "owned"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    output = tmp_path_factory.mktemp("output")
    fill(output)
    with served(output) as known:
        yield known


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.mark.parametrize(("width", "language"), [("desktop", "zh-CN"), ("phone", "en")])
def test_every_page_opens_quietly_and_is_accessible(
    browser: Any, address: str, width: str, language: str
) -> None:
    walk = Walk(browser, address, width, language)
    faults = {}
    for path in OURS:
        page = walk.open(path)
        if found := page.evaluate(AUDIT):
            faults[path] = found
        walk.require_quiet()
    assert faults == {}
    walk.context.close()


def test_the_audit_sees_faults(browser: Any) -> None:
    page = browser.new_page()
    page.set_content(
        "<h1>a</h1><h3>b</h3><input><img><table><tr><th>c</table><p style='color:#999'>pale</p><a href='#x'></a>"
        "<div style='width:9999px'>wide</div>"
    )
    told = " ".join(page.evaluate(AUDIT))
    for fault in (
        "no lang",
        "wider",
        "h3 below h1",
        "no label",
        "no alt",
        "no caption",
        "without scope",
        "contrast 2.85",
        "leads nowhere",
        "no name",
    ):
        assert fault in told
    page.close()


def test_tables_sql_and_facets_of_datasette_work_under_the_policy(browser: Any, address: str) -> None:
    walk = Walk(browser, address, language="en")
    for path in (
        "/govcrawl",
        "/govcrawl/reports",
        "/govcrawl/facts?_facet=status",
        "/govcrawl?sql=select+title+from+reports",
    ):
        page = walk.open(path)
        walk.require_quiet()
    assert page.locator(".CodeMirror").count() == 1
    assert EVIL in page.locator("table.rows-and-columns").inner_text()
    page.goto(f"{address}/")
    walk.context.close()


def test_from_the_heatmap_to_the_original(browser: Any, address: str) -> None:
    walk = Walk(browser, address)
    page = walk.open("/")
    page.click("header nav a[href='/coverage']")
    page.click("table.heat a:has-text('石坞县')")
    page.click("table.heat tr:has-text('民政局') td.found a >> nth=0")
    assert page.url.endswith("/report/5")
    page.click("section.finding a[href='#cell:application.carried_out:total']")
    marked = page.locator("td.marked:target")
    assert marked.get_attribute("id") == "cell:application.carried_out:total"
    assert marked.is_visible()
    marked.locator("sup a").click()
    assert page.locator("li:target").is_visible()
    page.click("a[href$='/original']")
    page.wait_for_load_state("networkidle")
    frame = page.frame_locator("iframe")
    assert "本局全年主动公开信息35条。" in frame.locator("body").inner_text()
    assert frame.locator("td[colspan='2']").inner_text() == "行政许可"
    assert frame.locator("script, img, iframe, a, [onclick], [onload]").count() == 0
    walk.require_quiet()
    walk.context.close()


def test_what_is_hostile_stays_text(browser: Any, address: str) -> None:
    walk = Walk(browser, address)
    page = walk.open("/report/6")
    assert EVIL in page.locator("h1").inner_text()
    assert EVIL in page.locator("article.text").inner_text()
    assert EVIL in page.locator("table.form").first.inner_text()
    assert page.locator("a[href^='javascript:'], a[href^='data:'], main script").count() == 0
    for link in page.locator("a.outward").all():
        assert link.get_attribute("href").startswith(("http://", "https://"))
        assert "noreferrer" in link.get_attribute("rel")
    with page.expect_download() as kept:
        page.evaluate("path => { location.href = path }", page.get_attribute("a[href$='original']", "href"))
        page.wait_for_load_state("load")
        page.click("a[href$='/download']")
    assert kept.value.suggested_filename.endswith(".html")
    walk.require_quiet()
    walk.context.close()


def test_the_keyboard_is_enough(browser: Any, address: str) -> None:
    walk = Walk(browser, address)
    page = walk.open("/coverage")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "石坞县":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/place/shiwu")
    page.click("header a.language")
    assert page.locator("html").get_attribute("lang") == "en"
    walk.require_quiet()
    walk.context.close()


def test_on_paper_no_table_is_cut(browser: Any, address: str) -> None:
    walk = Walk(browser, address)
    walk.page.set_viewport_size({"width": 702, "height": 1000})  # what A4 has within its margins
    walk.page.emulate_media(media="print")
    for path in ("/report/5", "/report/3", "/report/1", "/place/shiwu", "/coverage"):
        page = walk.open(path)
        assert page.locator(".scroll").count()
        assert page.evaluate(_CUT) == [], path
    walk.context.close()


_CUT = """() => [...document.querySelectorAll(".scroll")].filter((area) => getComputedStyle(area).overflow !== "visible"
    || area.scrollWidth > area.clientWidth + 1 || area.scrollHeight > area.clientHeight + 1)
    .map((area) => area.outerHTML.slice(0, 100))"""
