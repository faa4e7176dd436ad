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
    siblings.learn(follow(siblings, step, "政府信息公开年报", column))


def follow(siblings: Siblings, step: Step, label: str, url: str) -> Step:
    """The next step on a body's pages, as it is made: a column for a label of 年报, else a page on the way."""
    kind = Kind.COLUMN if "年报" in label else Kind.SECTION
    target = Target(url, referer=step.target.url)
    onward = replace(
        step,
        target=target,
        kind=kind,
        annual=kind is Kind.COLUMN,
        trail=(*step.trail, label),
        family=f"{url} x",
    )
    return siblings.instead(onward)


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


def test_running_numbers_tell_how_far_behind_the_front_page_a_column_is() -> None:
    siblings = Siblings()
    visit(siblings, "民政局", "http://a.gov.cn/list.php?catid=74", "http://a.gov.cn/list.php?catid=110")
    visit(siblings, "财政局", "http://a.gov.cn/list.php?catid=116", "http://a.gov.cn/list.php?catid=152")
    step = siblings.instead(front("水利局", "http://a.gov.cn/list.php?catid=326"))
    assert step.target.url == "http://a.gov.cn/list.php?catid=362"


def test_the_place_is_told_from_a_page_on_the_way() -> None:
    siblings = Siblings()
    for body, host, number in (("民政局", "mzj", 839), ("财政局", "czj", 769)):
        start = siblings.instead(front(body, f"http://{host}.a.gov.cn/"))
        way = follow(siblings, start, "信息公开", f"http://{host}.a.gov.cn/c{number}/")
        siblings.learn(follow(siblings, way, "公开年报", f"http://{host}.a.gov.cn/c{number + 169}/"))
    start = siblings.instead(front("水利局", "http://slj.a.gov.cn/"))
    assert start.original is None
    assert follow(siblings, start, "视频", "http://slj.a.gov.cn/c903/").original is None
    found = follow(siblings, start, "信息公开", "http://slj.a.gov.cn/c881/")
    assert found.target.url == "http://slj.a.gov.cn/c1050/"


def test_each_column_found_makes_up_for_one_that_was_not() -> None:
    siblings = known()
    siblings.missed()
    siblings.missed()
    assert siblings.instead(front("水利局", "http://slj.a.gov.cn/")).original is None
    siblings.hits += 1
    assert siblings.instead(front("审计局", "http://sjj.a.gov.cn/")).original is not None


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
    assert result.requests <= result.truth + 12 + 2 * 8 + 2  # the first two by their front pages


def test_columns_that_are_numbered_in_the_order_of_their_bodies() -> None:
    siblings = Siblings()
    for body, slug, number in (("民政局", "mzj", 464), ("财政局", "czj", 646), ("审计局", "sjj", 828)):
        visit(siblings, body, f"http://a.gov.cn/bm/{slug}/", f"http://a.gov.cn/{slug}/col{number}/")
    step = siblings.instead(front("水利局", "http://a.gov.cn/bm/slj/"))
    assert step.target.url == "http://a.gov.cn/slj/col1010/"


def test_numbers_that_do_not_grow_evenly_tell_nothing() -> None:
    siblings = Siblings()
    for body, slug, number in (("民政局", "mzj", 464), ("财政局", "czj", 646), ("审计局", "sjj", 829)):
        visit(siblings, body, f"http://a.gov.cn/bm/{slug}/", f"http://a.gov.cn/{slug}/col{number}/")
    assert siblings.instead(front("水利局", "http://a.gov.cn/bm/slj/")).original is None
