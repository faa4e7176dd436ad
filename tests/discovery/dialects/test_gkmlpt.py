"""gkmlpt: the tree in the script, the API's answers."""

import json
from dataclasses import replace

import pytest

from govcrawl.discovery.dialects import dialect_of, looks_like_article
from govcrawl.discovery.page import Page
from tests.discovery.dialects.whole import check, spec_for

ROOT = "http://www.yunbei.gov.cn/ybjyj/gkmlpt"
TREE = [
    {"id": 20, "name": "政策文件", "children": [{"id": 21, "name": "教育局", "children": []}]},
    {"id": 30, "name": "政府信息公开年报", "children": [
        {"id": 31, "name": "2021年", "jump_url": ""},
        {"id": 32, "name": "乡镇街道", "children": [{"id": 33, "name": "石桥镇"}]},
        {"id": 34, "name": "历年年报", "jump_url": "/zwgk/nb/"},
    ]},
]  # fmt: skip
SHELL = (
    "<html><script>window._CONFIG = {{ SID: '755041', TREE: {}, THEME: [] }};</script><div id='app'></div>"
)


def shell(tree: str) -> Page:
    return Page.parse(f"{ROOT}/index", SHELL.format(tree).encode())


def test_columns_of_the_tree() -> None:
    page = shell(json.dumps(TREE, ensure_ascii=False))
    dialect = dialect_of(page)
    assert dialect.name == "gkmlpt"
    api = f"{ROOT}/api/all/{{}}?page=1&sid=755041"
    above = "政府信息公开年报"
    assert [(link.label, link.url, link.under) for link in dialect.rows(page, page.url)] == [
        (above, api.format(30), ""),
        ("2021年", api.format(31), above),
        ("乡镇街道", api.format(32), above),
        ("石桥镇", api.format(33), above),
        ("历年年报", "http://www.yunbei.gov.cn/zwgk/nb/", above),
    ]
    assert dialect.following(page, page.url)[0].url == api.format(30)


@pytest.mark.parametrize("tree", ["[]", "[{", "null", "[[1, 2], 3]"])
def test_trees_that_say_nothing(tree: str) -> None:
    page = shell(tree)
    assert dialect_of(page).rows(page, page.url) == []
    assert dialect_of(page).following(page, page.url) == []


def answer(page: int, shown: int, count: int) -> Page:
    url = f"{ROOT}/content/3/3255/post_{{}}.html"
    articles = [
        {"title": f"甲镇{n}", "url": url.format(n), "date": 1611878400, "is_expired": 0} for n in range(shown)
    ]
    text = json.dumps({"classify": {"id": 30, "post_count": count}, "articles": articles})
    return Page.parse(f"{ROOT}/api/all/30?page={page}&sid=755041", text.replace("/", r"\/").encode())


def test_rows_of_an_answer() -> None:
    page = answer(1, 3, 3)
    row = dialect_of(page).rows(page, page.url)[2]
    assert (row.url, row.label, row.date) == (f"{ROOT}/content/3/3255/post_2.html", "甲镇2", "2021-01-29")
    dated = {
        "articles": [{"title": "年报", "post_url": "/a/content/post_1.html", "date": "2021-01-29 08:00"}]
    }
    page = Page.parse(page.url, json.dumps(dated).encode())
    assert [(r.url, r.date) for r in dialect_of(page).rows(page, page.url)] == [
        ("http://www.yunbei.gov.cn/a/content/post_1.html", "2021-01-29")
    ]


@pytest.mark.parametrize(
    ("page", "shown", "count", "number"),
    [
        (1, 100, 226, 2),
        (0, 100, 226, 2),  # page 0 is page 1
        (2, 100, 226, 3),
        (3, 26, 226, None),
        (2, 63, 300, None),  # the count includes what is never listed
        (1, 100, 100, None),
        (3, 0, 300, None),
    ],
)
def test_answers_lead_to_the_next(page: int, shown: int, count: int, number: int | None) -> None:
    got = answer(page, shown, count)
    targets = dialect_of(answer(1, 1, 1)).following(got, got.url)
    assert [t.url for t in targets] == ([f"{ROOT}/api/all/30?page={number}&sid=755041"] if number else [])
    assert all(t.fallback and f"page={(number or 0) + 1}&" in t.fallback.url for t in targets)


@pytest.mark.parametrize(
    ("path", "article"),
    [
        ("/gzyxbyj/gkmlpt/content/8/8766/post_8766914.html", True),
        ("/gkmlpt/content/8/8766/mpost_8766914.html", True),
        ("/gkmlpt/index", False),
        ("/gkmlpt/annualReport", False),
        ("/gkmlpt/api/all/2629?page=1&sid=175", False),
    ],
)
def test_addresses(path: str, article: bool) -> None:
    assert looks_like_article(f"http://www.yunbei.gov.cn{path}") is article


@pytest.mark.parametrize(("shape", "seed"), [("flat", 6), ("body", 5)])
def test_every_report(shape: str, seed: int) -> None:
    check(replace(spec_for("gkmlpt", shape, seed), departments=14, towns=10))
