"""Columns of bodies asked for where other bodies have theirs."""

from dataclasses import replace

import pytest

from govcrawl.discovery.siblings import Siblings
from govcrawl.discovery.steps import BODIES, Kind, Step, Target
from tests.portals.measure import measure
from tests.portals.model import PortalSpec


def front(body: str, url: str) -> Step:
    target = Target(url)
    return Step(target, Kind.SECTION, 28.0, "test", False, ("部门", body), f"x{BODIES}", body=body)


def visit(siblings: Siblings, body: str, url: str, column: str) -> None:
    step = siblings.instead(front(body, url))
    assert step.target.url == url
    trail = (*step.trail, "政府信息公开年报")
    siblings.learn(replace(step, target=Target(column), kind=Kind.COLUMN, annual=True, trail=trail))


def known() -> Siblings:
    siblings = Siblings()
    visit(siblings, "民政局", "http://mzj.a.gov.cn/", "http://mzj.a.gov.cn/gkml/ndbg/")
    visit(siblings, "财政局", "http://czj.a.gov.cn/", "http://czj.a.gov.cn/gkml/ndbg/")
    return siblings


def test_two_bodies_tell_where_the_third_has_its_column() -> None:
    step = known().instead(front("水利局", "http://slj.a.gov.cn/"))
    assert step.target == Target("http://slj.a.gov.cn/gkml/ndbg/", referer="http://slj.a.gov.cn/")
    assert (step.kind, step.annual, step.body) == (Kind.COLUMN, True, "水利局")
    assert step.original is not None
    assert step.original.target.url == "http://slj.a.gov.cn/"


def test_pages_below_a_bodys_page() -> None:
    siblings = Siblings()
    visit(siblings, "民政局", "http://a.gov.cn/site3017/", "http://a.gov.cn/site3017/c4/")
    visit(siblings, "财政局", "http://a.gov.cn/site3018/", "http://a.gov.cn/site3018/c4/")
    step = siblings.instead(front("水利局", "http://a.gov.cn/site3025/"))
    assert step.target.url == "http://a.gov.cn/site3025/c4/"


def test_one_body_or_two_that_differ_tell_nothing() -> None:
    siblings = Siblings()
    visit(siblings, "民政局", "http://mzj.a.gov.cn/", "http://mzj.a.gov.cn/col/col812/")
    visit(siblings, "财政局", "http://czj.a.gov.cn/", "http://czj.a.gov.cn/col/col977/")
    assert siblings.instead(front("水利局", "http://slj.a.gov.cn/")).original is None


def test_another_form_of_address_or_misses_end_it() -> None:
    siblings = known()
    assert siblings.instead(front("乡政府", "http://a.gov.cn/xz/")).original is None
    for _ in range(2):
        siblings.missed()
    assert siblings.instead(front("水利局", "http://slj.a.gov.cn/")).original is None


@pytest.mark.parametrize("style", ["aspx_pager", "struts_action"])
def test_departments_on_hosts_of_their_own_cost_little(style: str) -> None:
    spec = PortalSpec(
        "www.xiuyan.gov.cn", "岫堰县", "990131", style, "hosts", 5, departments=8, towns=3, others=60
    )
    result = measure(spec)
    assert (result.missing, result.false) == ([], [])
    assert result.requests <= result.truth + 12 + 8 + 2  # the first two by their front pages
