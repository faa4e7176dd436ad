"""Hanweb's disclosure module: the call for rows, areas and years, the tree in a frame."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from govcrawl.discovery.dialects import dialect_of, looks_like_article
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target
from tests.discovery.dialects.whole import check, spec_for

COLUMN = "http://www.yunbei.gov.cn/col/col11565/index.html"
SEARCH = "http://www.yunbei.gov.cn/module/xxgk/search.jsp"
PLAIN = (
    "<script>loadDynamic('/module/xxgk/search.jsp?standardXxgk=1&infotypeId=&vc_title=&vc_number=&area=113708260043292687',"
    "'div11565','A0212','','','3096');</script>"
)
JOINED = (
    "<script>function go(a,b){loadDynamic('/module/xxgk/search.jsp?infotypeId=Z2401'+a+'&vc_title='+encodeURI(b)"
    "+'&vc_number=&area=002482429','div4','0','','','1756');}</script>"
)


def page_of(body: str, url: str = COLUMN) -> Page:
    page = Page.parse(url, f"<html><body>{body}</body></html>".encode())
    assert dialect_of(page).name == "hanweb_xxgk"
    return page


def form(target: Target) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(target.body).items()}


def test_the_call_for_rows() -> None:
    page = page_of(PLAIN)
    (target,) = dialect_of(page).following(page, COLUMN)
    assert (target.method, target.url.partition("?")[0], target.referer) == ("POST", SEARCH, COLUMN)
    assert form(target) == {
        "infotypeId": "A0212", "jdid": "3096", "area": "113708260043292687", "divid": "div11565", "currpage": "1",
    }  # fmt: skip
    assert "vc_title=&" in target.body
    assert target.fallback is not None
    assert target.fallback.method == "GET"


def test_the_call_put_together_by_a_script() -> None:
    page = page_of(JOINED)
    (target,) = dialect_of(page).following(page, COLUMN)
    assert form(target) == {
        "infotypeId": "Z2401", "jdid": "1756", "area": "002482429", "divid": "div4", "currpage": "1",
    }  # fmt: skip
    numbered = page_of(JOINED, f"{COLUMN}?number=B001G001&vc_xxgkarea=1")
    assert form(dialect_of(numbered).following(numbered, COLUMN)[0])["infotypeId"] == "B001G001"


def test_the_pages_after_an_answer() -> None:
    query = "infotypeId=A0212&jdid=3096&area=&divid=div11565&currpage={}"
    table = "<table></table>&nbsp;&nbsp;共<b>3</b>页&nbsp;"
    page = page_of(table, f"{SEARCH}?{query.format(1)}")
    targets = dialect_of(page).following(page, COLUMN)
    assert [(t.method, form(t)["currpage"]) for t in targets] == [("POST", "2"), ("POST", "3")]
    assert all(t.url == f"{SEARCH}?{query.format(n)}" for n, t in enumerate(targets, 2))
    last = page_of(table, f"{SEARCH}?{query.format(3)}")
    assert dialect_of(last).following(last, COLUMN) == []


AREAS = (
    "<script>d.add(0,-1,'机构');d.add(1,0,'教育局',\"javascript:funclick('11370826004329301X','教育局');\");\n"
    "d.add(2,0,'石桥镇','javascript:funclick(\\'113708260043292687\\',\\'石桥镇\\')');\n"
    "d.add(3,0,'人事任免','javascript:funclick(\\'rsglrsrm\\',\\'\\')');</script>"
)
YEARS = "<select name='fbtime'><option value=''>年份</option><option value='2020'>2020年</option><option value='2021'>2021年</option></select>"
SCRIPT = "<script>x='/module/xxgk/xxgkAnnualReport.jsp?area='+a+'&fbtime='+y</script>"


def test_areas_and_years() -> None:
    page = page_of(AREAS + YEARS + SCRIPT)
    rows = dialect_of(page).rows(page, COLUMN)
    address = "http://www.yunbei.gov.cn/module/xxgk/xxgkAnnualReport.jsp?area={}&fbtime={}"
    assert [(row.url, row.label[:7]) for row in rows] == [
        (address.format("11370826004329301X", 2021), "教育局2021"),
        (address.format("11370826004329301X", 2020), "教育局2020"),
        (address.format("113708260043292687", 2021), "石桥镇2021"),
        (address.format("113708260043292687", 2020), "石桥镇2020"),
    ]
    choice = "<select id='area'><option value='113708260043292687'>石桥镇</option><option value='0'>全部</option></select>"
    chosen = page_of(choice + YEARS + SCRIPT)
    assert len(dialect_of(chosen).rows(chosen, COLUMN)) == 2


def test_links_to_reports_make_guesses_needless() -> None:
    link = "<a href='/module/xxgk/xxgkAnnualReport.jsp?area=113708260043292687&fbtime=2020'>2020年</a>"
    page = page_of(AREAS + YEARS + SCRIPT + link)
    assert dialect_of(page).rows(page, COLUMN) == []


def test_the_tree_in_a_frame() -> None:
    page = page_of("<iframe src='/module/xxgk/tree.jsp?divid=div4&amp;infotypeId=A0212&amp;area='></iframe>")
    (target,) = dialect_of(page).following(page, COLUMN)
    assert target.url == "http://www.yunbei.gov.cn/module/xxgk/tree.jsp?divid=div4&infotypeId=A0212&area="
    tree = page_of(AREAS, target.url)
    query = "infotypeId=A0212&divid=div4&area=113708260043292687&currpage=1"
    assert [(row.label, row.url) for row in dialect_of(tree).rows(tree, COLUMN)][1] == (
        "石桥镇",
        f"{SEARCH}?{query}",
    )


def test_one_call_for_all_bodies_needs_no_tree() -> None:
    page = page_of(PLAIN.replace("113708260043292687", "") + AREAS)
    assert dialect_of(page).rows(page, COLUMN) == []


@pytest.mark.parametrize(
    ("path", "article"),
    [
        ("/module/xxgk/xxgkAnnualReport.jsp?area=113708260043292687&fbtime=2020", True),
        ("/module/xxgk/xxgkAnnualReport.jsp?fbtime=2021&area=113708830043262784", True),
        ("/module/xxgk/search.jsp?infotypeId=A0212&area=1137&currpage=2", False),
        ("/module/xxgk/tree.jsp?divid=div4&area=", False),
    ],
)
def test_addresses(path: str, article: bool) -> None:
    assert looks_like_article(f"http://www.yunbei.gov.cn{path}") is article


@pytest.mark.parametrize(("shape", "seed"), [("flat", 5), ("body", 5)])
def test_every_report(shape: str, seed: int) -> None:
    check(replace(spec_for("hanweb_xxgk", shape, seed), departments=14, towns=10))
