"""Rows by a JSON POST: the first request, the answer, the further pages."""

import json
from urllib.parse import parse_qs

import pytest

from govcrawl.crawl.failures import Trouble
from govcrawl.crawl.portal import is_list_lost
from govcrawl.discovery import Discovery, Page
from govcrawl.discovery.dialects.data import DIALECT as DATA
from govcrawl.discovery.dialects.epoint import DIALECT
from govcrawl.discovery.steps import Step, Target
from govcrawl.model import EntryState, Portal
from tests.discovery.dialects.pages import following, page, paths, recognised
from tests.discovery.dialects.whole import check, spec_for, url

COLUMN = "/dynamic/zwgk/govInfoPub.html?categorynum=003001003&deptcode=A7"
ACTION = "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"
LIST = "<div><script src='/js/webBuilderCommon.js'></script><ul class='ewb-info-items'></ul></div>"


def answer(total: int, rows: int, *, packed: bool = False) -> str:
    data = [
        {"title": f"石桥镇20{n}…", "realtitle": f"石桥镇20{n}年年报", "infourl": f"/zwgk/003001003/20210120/{n}.html",
         "infodate": "2021-01-20 00:00:00"}
        for n in range(10, 10 + rows)
    ]  # fmt: skip
    custom = {"total": f"{total}", "data": data}
    return json.dumps({"custom": json.dumps(custom) if packed else custom, "status": {"code": "200"}})


def asked(target: Target) -> dict[str, object]:
    return dict(json.loads(target.body))


def test_the_first_request() -> None:
    assert recognised(COLUMN, LIST) == "epoint"
    (first,) = following(COLUMN, LIST)
    assert (first.method, paths([first])) == ("POST", [ACTION])
    fields = asked(first)
    assert (fields["categorynum"], fields["deptcode"], fields["pageIndex"]) == ("003001003", "A7", 0)
    assert first.referer == url(COLUMN)
    assert first.fallback is not None
    assert asked(first.fallback) == {"params": fields}


def test_a_site_with_a_guid_and_a_project_of_its_own() -> None:
    guid = "0b1f7a34-1111-4222-8333-9c7f5a1d2e3f"
    script = (
        f'<script>var siteInfo={{"projectName":"/EWB_YK_Mid","siteGuid":"{guid}"}};var pageSize=15;</script>'
    )
    targets = following(COLUMN, LIST + script)
    assert len(targets) > 5  # the answer does not tell what was asked: pages go on until two are empty
    assert paths(targets[:1]) == ["/EWB_YK_Mid/rest/lightfrontaction/getgovinfolist"]
    assert [asked(t)["pageIndex"] for t in targets[:3]] == [0, 1, 2]
    assert {asked(t)["siteGuid"] for t in targets} == {guid}
    assert asked(targets[0])["pageSize"] == 15


@pytest.mark.parametrize("packed", [False, True])
def test_rows_of_an_answer(packed: bool) -> None:
    links = DIALECT.rows(page(ACTION, answer(2, 2, packed=packed)), url(COLUMN))
    assert paths(links) == ["/zwgk/003001003/20210120/10.html", "/zwgk/003001003/20210120/11.html"]
    assert [(link.label, link.date) for link in links] == [
        ("石桥镇2010年年报", "2021-01-20"),
        ("石桥镇2011年年报", "2021-01-20"),
    ]


def test_pages_after_an_answer() -> None:
    targets = DIALECT.following(page(ACTION, answer(45, 20)), url(COLUMN))
    assert [asked(target)["pageIndex"] for target in targets] == [1, 2]
    assert DIALECT.following(page(ACTION, answer(2, 2)), url(COLUMN)) == []


@pytest.mark.parametrize(
    "text", ['{"custom":null}', '{"custom":{"total":3,"data":null}}', '{"custom', "<p>500</p>"]
)
def test_answers_without_rows(text: str) -> None:
    assert DIALECT.rows(page(ACTION, text), url(COLUMN)) == []


@pytest.mark.parametrize("shape", ["flat", "body_type", "year"])
def test_every_report(shape: str) -> None:
    check(spec_for("epoint", shape))


def test_a_column_for_each_body_costs_two_requests() -> None:
    check(spec_for("epoint", "body"), limit=1.45)


def test_a_site_that_states_its_own_guid() -> None:
    check(spec_for("epoint", "flat", seed=6))


def test_a_second_way_to_a_column_that_is_known_to_be_empty() -> None:
    home = "http://www.qipi.gov.cn/"
    pages = {
        home: "<title>栖陂县人民政府</title><a href='/zwgk/003001/list.html'>政府信息公开年报</a>",
        f"{home}zwgk/003001/list.html": LIST + "<script>getgovinfolist; var categorynum='003001';</script>",
    }
    for said, answered in ((answer(0, 0), True), ('{"custom":"","status":{"code":"500"}}', False)):
        discovery, ways = Discovery(Portal("qipi", "栖陂县", home)), list[Step]()
        while (step := discovery.next()) is not None:
            if step.target.method == "POST":
                ways.append(step)
            body = (
                said
                if ways[-1:] == [step] and "params" not in step.target.body
                else pages.get(step.target.url)
            )
            if body is None:
                discovery.failed(step)
            else:
                discovery.received(step, Page.parse(step.target.url, body.encode()))
        assert [(step.answered, "params" in step.target.body) for step in ways] == [
            (False, False),
            (answered, True),
        ]
        refused = Trouble(EntryState.FAILED, "the server answers 500")
        assert is_list_lost(ways[1], refused) is not answered


def test_a_page_that_says_itself_how_it_asks() -> None:
    script = f"""var categorynum = '003004'; var size = 12; function list(i) {{
      var params = {{siteGuid: 'x', categoryNum: categorynum, pageIndex: i, pageSize: size}};
      $.ajax({{type: 'POST', url: '{ACTION}', data: {{params: JSON.stringify(params)}},
        success: function(d){{ $('#l').append(d.title); }}}}); }} list(0);"""
    path = "/zwgk/nb.html?categorynum=003004"
    own = page(path, f"{LIST}<script>{script}</script>")
    assert DIALECT.following(own, own.url) == []
    (target,) = DATA.following(own, own.url)
    assert parse_qs(target.body)["params"] == [
        '{"siteGuid": "x", "categoryNum": "003004", "pageIndex": 0, "pageSize": 12}'
    ]
    titles = json.loads(answer(30, 12))
    for row in titles["custom"]["data"]:
        row["title"] = row["realtitle"] = row["realtitle"].replace("年年报", "年政府信息公开工作年度报告")
    reply = Page.parse(url(ACTION), json.dumps(titles).encode())
    reply.form = target.body
    later = [parse_qs(one.body)["params"][0] for one in DATA.following(reply, own.url)]
    assert [json.loads(said)["pageIndex"] for said in later] == [1, 2]
