"""Very long pages and answers: what leads to reports is read first, what is left out is said."""

from __future__ import annotations

import json

from govcrawl.crawl.watch import SECONDS, Watch
from govcrawl.discovery import Discovery, Kind, Page, Step, Target
from govcrawl.discovery.bounds import MOST_DATA, MOST_LINKS, within_bytes
from govcrawl.discovery.islands import island_links
from govcrawl.model import Portal

HOME = "http://www.qipi.gov.cn/"


def site_map(columns: int, annual: int = 1) -> Page:
    news = "".join(f"<a href='/xw/{n}/'>动态</a>" for n in range(columns))
    return Page.parse(HOME, f"<body>{news}{'<a href=/nb/>政府信息公开年报</a>' * annual}</body>".encode())


def gaps(page: Page, *, annual: bool) -> tuple[list[str], list[str]]:
    discovery = Discovery(Portal("qipi", "栖陂县", HOME))
    discovery.received(Step(Target(HOME), Kind.SECTION, 1.0, "", annual), page)
    return discovery.gaps.shortfalls(found=True), discovery.gaps.notes()


def test_the_column_behind_thousands_of_other_links_is_found() -> None:
    page = site_map(MOST_LINKS + 100)
    assert page.links[-1].label == "政府信息公开年报"
    assert len(page.links) == MOST_LINKS
    missing, said = gaps(page, annual=False)
    assert missing == []
    assert said == [f"{HOME} has more than 3,000 links, of which the others were not looked at"]
    missing, said = gaps(page, annual=True)  # in the column a link may be a report's whatever it is called
    assert (len(missing), said) == (1, [])


def test_promising_links_that_are_left_out_are_missing() -> None:
    page = site_map(10, MOST_LINKS + 1)
    assert len(gaps(page, annual=False)[0]) == 1


def answer(rows: int, reports: int) -> bytes:
    titles = [f"民政局{2000 + n}年政府信息公开工作年度报告" for n in range(reports)]
    titles += ["关于召开会议的通知"] * (rows - reports)
    data = [
        {"title": title, "url": f"/nb/2024/0102/{n}.html", "text": "内容" * 20}
        for n, title in enumerate(titles)
    ]
    return json.dumps({"total": rows, "data": data}, ensure_ascii=False).encode()


def test_an_answer_of_all_rows_of_a_platform() -> None:
    content = answer(30_000, 20)
    assert len(content) > 4 * 2**20
    assert within_bytes(content) == (content, "")
    assert len(island_links(Page.parse(HOME, content))) == 20
    assert Watch.of(content).seconds > SECONDS + 4
    assert Watch.of(b"<html>" + content).seconds == SECONDS
    assert within_bytes(b"[" * (MOST_DATA + 1))[1]


def test_an_answer_that_names_all_its_rows_is_whole_though_few_are_reports() -> None:
    script = (
        "$.get('/api/list',{cid:'81'},function(r){$('#box').append('<a href=\"'+r.data[0].url+'\">')},'json')"
    )
    pages = {
        HOME: "<html><title>栖陂县人民政府</title><a href='/nb/'>政府信息公开年报</a>".encode(),
        f"{HOME}nb/": f"<html><title>栖陂县</title><ul id='box'></ul><script>{script}</script>".encode(),
        f"{HOME}api/list?cid=81": answer(60, 4),
    }
    discovery = Discovery(Portal("qipi", "栖陂县", HOME))
    while (step := discovery.next()) is not None:
        body = pages.get(step.target.url)
        if body is None:
            discovery.failed(step)
        else:
            discovery.received(step, Page.parse(step.target.url, body))
    assert (len(discovery.finds.entries), discovery.shortfalls()) == (4, [])
