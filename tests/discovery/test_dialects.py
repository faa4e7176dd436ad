"""Paging and article addresses of each system."""

import pytest

from govcrawl.discovery.dialects import dialect_of, looks_like_article
from govcrawl.discovery.page import Page

TRS = "http://www.yunting.gov.cn/zfxxgknb/"


def following(url: str, body: str) -> tuple[str, list[str]]:
    page = Page.parse(url, f"<html><body>{body}</body></html>".encode())
    dialect = dialect_of(page)
    return dialect.name, [t.url.removeprefix(url) for t in dialect.following(page, url)]


@pytest.mark.parametrize(
    "script",
    [
        'createPageHTML(3, 0, "index", "html");',
        "createPageHTML(42, 3, 0, 'index', 'html');",
        'createPage(3, 0, "index", "html")',
        "var countPage = 3; var currentPage = 0;",
    ],
)
def test_trs_pages(script: str) -> None:
    assert following(TRS, f"<script>{script}</script>") == ("trs", ["index_1.html", "index_2.html"])


def test_trs_last_and_only_page() -> None:
    assert following(TRS, '<script>createPageHTML(1, 0, "index", "html")</script>')[1] == []
    assert following(TRS, '<script>createPageHTML(3, 2, "index", "html")</script>')[1] == []


JPAGE = """<div id="303271"><script type="text/xml"><datastore><nextgroup><![CDATA[<a
href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=67&path=/&columnid=77&unitid=303271"></a>]]></nextgroup>
<recordset>{}</recordset></datastore></script></div><script>$('#303271').jpage({{totalRecord:{},proxyUrl:
'/module/web/jpage/dataproxy.jsp',perPage:15,ajaxParam:{{col:1,appid:1,webid:67,path:'/',columnid:77,unitid:303271,
webname:'%E5%8E%BF',permissiontype:0}}}})</script>"""
RECORD = "<record><![CDATA[<li><a href='/art/2021/1/{0}/art_77_{0}.html'>甲镇2020年年报</a></li>]]></record>"
COL = "http://www.liaopu.gov.cn/col/col77/index.html"


def test_hanweb_rows_and_groups() -> None:
    page = Page.parse(COL, JPAGE.format("".join(RECORD.format(n) for n in range(1, 46)), 126).encode())
    dialect = dialect_of(page)
    assert dialect.name == "hanweb"
    rows = dialect.rows(page, COL)
    assert len(rows) == 45
    assert rows[0].url == "http://www.liaopu.gov.cn/art/2021/1/1/art_77_1.html"
    targets = dialect.following(page, COL)
    assert [t.url.partition("?")[2] for t in targets] == [
        "startrecord=46&endrecord=90&perpage=15",
        "startrecord=91&endrecord=126&perpage=15",
    ]
    assert targets[0].method == "POST"
    assert "columnid=77" in targets[0].body
    assert "unitid=303271" in targets[0].body
    assert targets[0].fallback is not None
    assert "page=1" in targets[0].fallback.url


def test_hanweb_with_everything_inside() -> None:
    page = Page.parse(COL, JPAGE.format(RECORD.format(1), 1).encode())
    assert dialect_of(page).following(page, COL) == []


def test_generic_follows_the_next_link() -> None:
    url = "http://www.qipi.gov.cn/xxgk/nb.htm"
    name, pages = following(url, "<a href='nb_2.htm'>下一页</a><a href='nb_9.htm'>尾页</a>")
    assert (name, pages) == ("generic", ["http://www.qipi.gov.cn/xxgk/nb_2.htm"])
    assert following(url, "<a href='nb.htm'>下一页</a>")[1] == []


@pytest.mark.parametrize(
    ("url", "article"),
    [
        ("http://a.gov.cn/zfxxgknb/202101/t20210129_8843764.html", True),
        ("http://a.gov.cn/art/2020/12/25/art_6924_1372393.html", True),
        ("http://a.gov.cn/col/col77278/index.html", False),
        ("http://a.gov.cn/zfxxgk/zfxxgknb/", False),
        ("http://a.gov.cn/zfxxgk/zfxxgknb/index_3.html", False),
        ("http://a.gov.cn/info/1288/114546.htm", True),
        ("http://a.gov.cn/xxgk/jyj.htm", None),
    ],
)
def test_articles_and_listings(url: str, article: bool | None) -> None:
    assert looks_like_article(url) is article
