"""NFCMS: the second page is index_2.html, the pager shows the near pages and the last."""

from dataclasses import replace

import pytest

from govcrawl.discovery.dialects import dialect_of, looks_like_article
from govcrawl.discovery.page import Page
from tests.discovery.dialects.whole import check, spec_for

LIST = "http://www.yunbei.gov.cn/zwgk/zfxxgknb/jd/"
MARK = "<script>window.NFCMS_SITE_ID='750005';</script>"


def paths(url: str, *pages: str) -> list[str]:
    links = "".join(f"<a href='{page}'>{page[-6:-5]}</a>" for page in pages)
    page = Page.parse(url, f"<html><body>{MARK}{links}</body></html>".encode())
    assert dialect_of(page).name == "nfcms"
    return [t.url.removeprefix(LIST) for t in dialect_of(page).following(page, LIST)]


def test_pages_up_to_the_last_one_linked() -> None:
    assert paths(f"{LIST}index.html", f"{LIST}index_2.html", f"{LIST}index_5.html") == [
        f"index_{n}.html" for n in (2, 3, 4, 5)
    ]
    assert paths(f"{LIST}index_2.html", "index.html", "index_3.html") == ["index_3.html"]
    assert paths(f"{LIST}index_3.html", "index.html", "index_2.html") == []
    assert paths(LIST, "http://yunbei.gov.cn/zwgk/zfxxgknb/jd/index_2.html") == ["index_2.html"]
    assert paths(LIST, "http://www.yunbei.gov.cn/zwgk/zfxxgknb/xz/index_2.html") == []


def test_sites_that_call_the_second_page_1() -> None:
    links = "<a href='index_1.html'>下一页</a><a href='index_2.html'>尾页</a>"
    page = Page.parse(LIST, f"<html><body>{MARK}{links}</body></html>".encode())
    assert [t.url for t in dialect_of(page).following(page, LIST)] == [
        f"{LIST}index_{n}.html" for n in (1, 2)
    ]


@pytest.mark.parametrize(
    ("path", "article"),
    [
        ("/zwgk/zfxxgk/zfxxgknb/zj/mb2021/content/post_8040430.html", True),
        ("/zwgk/zfxxgknb/jd/content/mpost_9472698.html", True),
        ("/zwgk/zfxxgknb/jd/", False),
        ("/zwgk/zfxxgknb/jd/index_2.html", False),
    ],
)
def test_addresses(path: str, article: bool) -> None:
    assert looks_like_article(f"http://www.yunbei.gov.cn{path}") is article


@pytest.mark.parametrize("shape", ["flat", "body"])
def test_every_report(shape: str) -> None:
    check(replace(spec_for("nfcms", shape), departments=14, towns=10))
