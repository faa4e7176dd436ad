"""Lists from site/label: what the column's script says, what the first answer adds, what stands in the page."""

from urllib.parse import parse_qs, urlsplit

import pytest

from govcrawl.discovery.dialects.lonsun import DIALECT
from govcrawl.discovery.steps import Target
from tests.discovery.dialects.pages import following, page, paths, recognised
from tests.discovery.dialects.whole import check, spec_for

COLUMN = "/public/column/6615904?type=4&catId=6718758&action=list"
META = '<meta name="SiteId" content="6793339">'
SCRIPT = (
    "<script>$.get('/c2/zwgk/site/label/8888',{labelName:'publicInfoList',siteId:'1',pageSize:20,organId:'9',"
    "type:4,catId:'',isDate:true,dateFormat:'yyyy-MM-dd',length:200,file:'/c2/hsxxgk/publicInfoList_newest_hs'});%s</script>"
)
ROWS = (
    "<ul>"
    + "".join(f"<li><a href='/public/6615904/{n}.html'>甲镇20{n}年年报</a></li>" for n in (19, 20))
    + "</ul>"
)


def after(answer: str, body: str) -> list[Target]:
    return DIALECT.following(page(answer, body), COLUMN)


def asked(target: Target) -> dict[str, str]:
    return {key: value[0] for key, value in parse_qs(urlsplit(target.url).query).items()}


def test_a_list_that_only_the_script_fills() -> None:
    assert recognised(COLUMN, META + SCRIPT) == "lonsun"
    (first,) = following(COLUMN, f"<div>{META}{SCRIPT % ''}</div>")
    assert first.url.startswith("http://www.xiuyan.gov.cn/c2/zwgk/site/label/8888?")
    query = asked(first)
    assert query["labelName"] == "publicInfoList"
    assert query["file"] == "/c2/hsxxgk/publicInfoList_newest_hs"
    assert (query["siteId"], query["organId"], query["catId"]) == ("6793339", "6615904", "6718758")
    assert (query["pageIndex"], query["pageSize"], query["dateFormat"]) == ("1", "20", "yyyy-MM-dd")
    assert first.referer == f"http://www.xiuyan.gov.cn{COLUMN}"


def test_the_answer_says_how_many_pages_there_are() -> None:
    answer = "/site/label/8888?labelName=publicInfoList&siteId=1&organId=2&catId=3&file=%2Fa&pageSize=2&pageIndex=1"
    targets = after(answer, f"{ROWS}<script>var o={{pageCount: 3 || 0}}</script>")
    assert [asked(target)["pageIndex"] for target in targets] == ["2", "3"]
    assert {asked(target)["file"] for target in targets} == {"/a"}


def test_an_answer_without_a_count_goes_on_while_it_is_full() -> None:
    answer = "/site/label/8888?labelName=publicInfoList&siteId=1&organId=2&catId=3&pageSize=%d&pageIndex=4"
    assert [asked(t)["pageIndex"] for t in after(answer % 2, ROWS)] == ["5"]
    assert after(answer % 3, ROWS) == []


def test_rows_in_the_page_and_a_dead_label() -> None:
    body = f"<div>{META}{ROWS}{SCRIPT % 'page({pageCount:3})'}</div>"
    targets = following(COLUMN, body)
    assert [asked(target)["pageIndex"] for target in targets] == ["2", "3"]
    fallbacks = [target.fallback for target in targets if target.fallback]
    assert paths(fallbacks) == [f"{COLUMN}&pageIndex=2", f"{COLUMN}&pageIndex=3"]


def test_the_column_goes_on_where_it_answered_for_the_label() -> None:
    body = f"<div>{META}{ROWS}{SCRIPT % 'page({pageCount:4})'}</div>"
    targets = following(f"{COLUMN}&pageIndex=2", body, COLUMN)
    assert paths(targets) == [f"{COLUMN}&pageIndex=3", f"{COLUMN}&pageIndex=4"]


def test_nothing_to_ask_for() -> None:
    assert following(COLUMN, f"<div>{META}{ROWS}{SCRIPT % ''}</div>") == []
    assert following(COLUMN, f"<div>{ROWS}</div>") == []


@pytest.mark.parametrize("shape", ["flat", "body_type", "year"])
def test_every_report(shape: str) -> None:
    check(spec_for("lonsun", shape))


@pytest.mark.parametrize("shape", ["flat", "body_type"])
def test_a_portal_whose_label_is_dead(shape: str) -> None:
    check(spec_for("lonsun", shape, seed=8))


def test_a_column_for_each_body_costs_up_to_two_requests() -> None:
    check(spec_for("lonsun", "body"), limit=1.35)
