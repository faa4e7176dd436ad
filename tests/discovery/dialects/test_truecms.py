"""Records hidden in the page, then JSONP by the page's own group size."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from govcrawl.discovery.dialects.truecms import DIALECT
from tests.discovery.dialects.pages import following, page, paths, recognised
from tests.discovery.dialects.whole import check, crawl, spec_for, url

COLUMN = "/xiuyan/zfxxgknb/zfxxgknb.html"
PROXY = "/truecms/messageController/getMessage.do"
RECORD = '<li><a href="/xiuyan/content/e434bf9c-a0e0-4bfa-8e9c-c421f02dbf{:02d}.html">石桥镇20{:02d}年年报</a><span>2021-01-20</span></li>'


def column(shown: int, total: int) -> str:
    rows = "".join(RECORD.format(n, n) for n in range(10, 10 + shown))
    return (
        f"<div id='initData'><totalrecord>{total}</totalrecord><ul class='list-ul'>{rows}</ul></div><script>"
        f"$('#m').jpage({{columnId:'ab-1',proxyUrl:'{PROXY}',perPage:10,groupSize:3}})</script>"
    )


def test_groups_after_the_hidden_records() -> None:
    assert recognised(COLUMN, column(2, 2)) == "truecms"
    targets = following(COLUMN, column(30, 75))
    windows = [parse_qs(urlsplit(target.url).query) for target in targets]
    assert [(w["startrecord"], w["endrecord"]) for w in windows] == [(["31"], ["60"]), (["61"], ["75"])]
    assert {w["columnId"][0] for w in windows} == {"ab-1"}
    assert {target.referer for target in targets} == {url(COLUMN)}
    assert DIALECT.promised(page(COLUMN, column(30, 75))) == 75


def test_everything_inside() -> None:
    assert following(COLUMN, column(12, 12)) == []


@pytest.mark.parametrize("around", ["jQuery1124({})", "/**/cb_1({});", "  window.cb({})\n"])
def test_rows_of_jsonp(around: str) -> None:
    records = "".join(f"<record><![CDATA[{RECORD.format(n, n)}]]></record>" for n in (19, 20))
    value = json.dumps(
        {"success": True, "result": f"<datastore><recordset>{records}</recordset></datastore>"}
    )
    links = DIALECT.rows(page(PROXY, around.format(value)), url(COLUMN))
    assert paths(links) == [f"/xiuyan/content/e434bf9c-a0e0-4bfa-8e9c-c421f02dbf{n}.html" for n in (19, 20)]
    assert [(link.label, link.date) for link in links] == [
        ("石桥镇2019年年报", "2021-01-20"),
        ("石桥镇2020年年报", "2021-01-20"),
    ]


@pytest.mark.parametrize("text", ["", "cb({})", "cb({'result", 'cb({"result": null})', "<html></html>"])
def test_answers_without_rows(text: str) -> None:
    assert DIALECT.rows(page(PROXY, text), url(COLUMN)) == []


@pytest.mark.parametrize("shape", ["flat", "body_type", "body"])
def test_every_report(shape: str) -> None:
    check(spec_for("truecms", shape))


def test_a_dead_endpoint_costs_two_requests() -> None:
    outcome = crawl(spec_for("truecms", "flat", seed=6))
    assert [status for _, status in outcome.done.steps if status != 200] in ([404], [404, 404])
    assert len(outcome.done.entries) >= 50  # what the page itself holds
