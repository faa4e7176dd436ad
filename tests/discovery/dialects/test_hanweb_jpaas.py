"""jpaas: units of a page, their JSON, two ways of asking for further pages."""

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from govcrawl.discovery.dialects import dialect_of, looks_like_article
from govcrawl.discovery.page import Page
from tests.discovery.dialects.whole import check, spec_for

LIST = "http://www.yunbei.gov.cn/col/col1229123351/index.html"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
ELEMENT = (
    """<script src="/unitbuild.js" url="{}" queryData="{{'webId':'3630','pageId':'12','parseType':'bulidstatic',"""
    """'pageType':'column','tagId':'{}','tplSetId':'5HrZ'}}"></script>"""
)


def page_of(*tags: str, more: str = "") -> Page:
    units = "".join(ELEMENT.format(UNIT, tag) for tag in tags)
    return Page.parse(LIST, f"<html><body>{units}{more}</body></html>".encode())


def asked(url: str) -> dict[str, str]:
    assert urlsplit(url).path == UNIT
    return {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}


@pytest.mark.parametrize(
    ("tags", "chosen"),
    [
        (("导航栏目列表", "当前位置", "分页列表"), "分页列表"),
        (("当前位置", "zw"), "zw"),
        (("右侧内容",), "右侧内容"),
        (("zw", "当前栏目list"), "当前栏目list"),
    ],
)
def test_the_list_among_the_units(tags: tuple[str, ...], chosen: str) -> None:
    page = page_of(*tags)
    assert dialect_of(page).name == "hanweb_jpaas"
    (target,) = dialect_of(page).following(page, LIST)
    assert asked(target.url) == {
        "webId": "3630", "pageId": "12", "parseType": "bulidstatic", "pageType": "column", "tagId": chosen,
        "tplSetId": "5HrZ",
    }  # fmt: skip


def test_pages_after_rows_inside_the_page() -> None:
    pager = '<ul><li><a href="art/2021/art_1.html">年报</a></li></ul><div class="pagination" rows="15" count="31"></div>'
    page = page_of("分页列表", more=pager)
    targets = dialect_of(page).following(page, LIST)
    assert [json.loads(asked(t.url)["paramJson"]) for t in targets] == [
        {"pageNo": 2, "pageSize": 15},
        {"pageNo": 3, "pageSize": 15},
    ]
    assert dialect_of(page).promised(page) == 31
    fallback = targets[1].fallback
    assert fallback is not None
    assert {key: asked(fallback.url)[key] for key in ("pageNo", "rows")} == {"pageNo": "3", "rows": "15"}
    assert "paramJson" not in asked(fallback.url)


def answer(query: str, count: int) -> Page:
    row = '<li><a href="/col/col1/art/2021/art_{0:032x}.html" title="甲镇年报">甲镇</a><span>2021-01-29</span></li>'
    rows = "".join(row.format(n) for n in range(15))
    markup = f"<ul>{rows}</ul><div class='pagination' count='{count}' rows='15'></div>"
    return Page.parse(
        f"http://www.yunbei.gov.cn{UNIT}?webId=3630&tagId=zw{query}",
        json.dumps({"success": True, "data": {"html": markup}}).encode(),
    )


def test_rows_and_pages_of_an_answer() -> None:
    dialect = dialect_of(page_of("zw"))
    rows = dialect.rows(answer("", 20), LIST)
    assert len(rows) == 15
    assert (rows[9].url[-20:], rows[9].title, rows[9].date) == (
        "000000000000009.html",
        "甲镇年报",
        "2021-01-29",
    )
    (target,) = dialect.following(answer("", 20), LIST)
    assert json.loads(asked(target.url)["paramJson"])["pageNo"] == 2
    second = "&paramJson=%7B%22pageNo%22%3A2%2C%22pageSize%22%3A15%7D"
    assert [
        json.loads(asked(t.url)["paramJson"])["pageNo"] for t in dialect.following(answer(second, 50), LIST)
    ] == [3, 4]
    assert dialect.following(answer("&pageNo=2&rows=15", 30), LIST) == []


def test_answers_without_a_pager_lead_on_while_they_are_full() -> None:
    dialect, url = dialect_of(page_of("zw")), f"http://www.yunbei.gov.cn{UNIT}?webId=3630&tagId=zw&pageNo=2"
    rows = "<li><a href='/art/2021/art_1.html'>年报</a></li>"
    for shown, numbers in ((12, [3]), (4, [])):
        page = Page.parse(url, json.dumps({"data": {"html": rows * shown}}).encode())
        targets = dialect.following(page, LIST)
        assert [json.loads(asked(t.url)["paramJson"])["pageNo"] for t in targets] == numbers


@pytest.mark.parametrize(
    "unit",
    [
        "<div queryData='{&quot;webId&quot;:&quot;3&quot;,pageId:12}'></div>",
        f"<script>ajax('{UNIT}?webId=3&amp;pageId=12')</script>",
    ],
)
def test_units_written_otherwise(unit: str) -> None:
    page = Page.parse(LIST, f"<html><body>{unit}<i>jpaas-publish-server</i></body></html>".encode())
    assert [asked(t.url) for t in dialect_of(page).following(page, LIST)] == [{"webId": "3", "pageId": "12"}]


@pytest.mark.parametrize(
    "text", ['{"success":false,"data":null}', '{"data":{"html":null}}', '{"data":', "{}"]
)
def test_answers_without_rows(text: str) -> None:
    dialect, page = (
        dialect_of(page_of("zw")),
        Page.parse(f"http://www.yunbei.gov.cn{UNIT}?webId=1", text.encode()),
    )
    assert dialect.rows(page, LIST) == []
    assert dialect.following(page, LIST) == []


@pytest.mark.parametrize(
    ("path", "article"),
    [
        ("/zfxxgk/yjjd/zfxxgknb/art/2026/art_f793c650c732461fb343a36ddbaae76d.html", True),
        ("/col/col1229123351/art/2025/art_f793c650c732461fb343a36ddbaae76d.html", True),
        ("/zfxxgk/yjjd/zfxxgknb/index.html", False),
        ("/col/col1229123351/index.html", False),
    ],
)
def test_addresses(path: str, article: bool) -> None:
    assert looks_like_article(f"http://www.yunbei.gov.cn{path}") is article


@pytest.mark.parametrize(("shape", "seed"), [("flat", 5), ("year", 6)])
def test_every_report(shape: str, seed: int) -> None:
    check(replace(spec_for("hanweb_jpaas", shape, seed), departments=14, towns=10))


def test_tabs_beside_the_list_are_parts_of_the_column() -> None:
    page = page_of("当前位置", "县政府", "县直部门", "2023年", "友情链接")
    assert asked(dialect_of(page).following(page, LIST)[0].url)["tagId"] == "县政府"
    links = dialect_of(page).rows(page, LIST)
    assert [(link.label, asked(link.url)["tagId"]) for link in links] == [("县直部门",) * 2, ("2023年",) * 2]
    assert dialect_of(Page.parse(links[0].url, b"{}")).name == "hanweb_jpaas"
