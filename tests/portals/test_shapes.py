"""Whatever the style and the shape: the pages lead to all reports, for a visitor who follows what is there."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import pytest

from tests.portals.client import links
from tests.portals.model import PortalSpec
from tests.portals.reach import fetch, reached
from tests.portals.shapes import SHAPES
from tests.portals.style import styles
from tests.portals.world import Portal

_STYLES = sorted(name for name, style in styles().items() if not style.scripted)
_LISTED = [shape for shape in SHAPES if shape != "search"]
_INVENTED = ("php_lists", "aspx_pager", "asp_frames", "hashed", "struts_action", "laravel_paths")
_PAIRS = [
    (style, _LISTED[(place + n * 5) % len(_LISTED)])
    for place, style in enumerate(_STYLES)
    for n in range(2 if style in _INVENTED else 1)
]
_OTHER_PAIRS = [(style, shape) for style in _STYLES for shape in _LISTED if (style, shape) not in _PAIRS]


def spec(style: str, shape: str, **more: object) -> PortalSpec:
    """A small county."""
    size: dict[str, object] = {"departments": 5, "towns": 4, "others": 40, **more}
    return PortalSpec("www.xiuyan.gov.cn", "岫堰县", "990131", style, shape, 5, **size)  # type: ignore[arg-type]


def missed(portal: Portal) -> list[str]:
    seen = reached(portal)
    return [e.urls[0] for e in portal.truth if not seen & set(e.urls)]


@pytest.mark.parametrize(("style", "shape"), _PAIRS)
def test_the_pages_lead_to_every_report(style: str, shape: str) -> None:
    portal = Portal(spec(style, shape))
    assert len(portal.truth) > 40
    assert missed(portal) == []


@pytest.mark.soak
@pytest.mark.parametrize(("style", "shape"), _OTHER_PAIRS)
def test_every_style_takes_every_shape(style: str, shape: str) -> None:
    assert missed(Portal(spec(style, shape))) == []


@pytest.mark.parametrize("menu", ["select", "select_link", "tabs", "tree", "tree_file"])
@pytest.mark.parametrize("shape", ["year", "body"])
def test_every_menu_leads_to_every_report(menu: str, shape: str) -> None:
    for style in ("gongkai", "php_lists"):
        portal = Portal(spec(style, shape, menu=menu))
        assert missed(portal) == []
        column = portal.style.url(portal.style.column_path(portal.site.column("reports")))
        page = fetch(portal, column)
        sub = portal.site.column("reports").children[0]
        assert f">{sub.name}</a>" not in page


@pytest.mark.parametrize("style", _INVENTED)
def test_every_page_of_the_invented_styles_is_there(style: str) -> None:
    portal = Portal(spec(style, "body_type"))
    for path in portal.paths:
        parts = urlsplit(path)
        assert portal.answer("GET", parts.path, parts.query).status == 200
    for expected in portal.truth:
        assert expected.truth.title in fetch(portal, expected.urls[0])


@pytest.mark.parametrize("style", ["trs", "php_lists", "hanweb"])
def test_columns_that_are_reports(style: str) -> None:
    portal = Portal(spec(style, "own_pages"))
    column = portal.site.column("reports")
    pages = {portal.style.url(portal.style.column_path(c)) for c in column.walk() if c.role == "report"}
    assert {e.urls[0] for e in portal.truth} == pages
    for group in column.children:
        url = portal.style.url(portal.style.column_path(group))
        below = [u for u in links(url, fetch(portal, url)) if u.startswith(portal.spec.home)]
        assert [u for u in below if not fetch(portal, u) and not u.endswith(("/wza/", ".jsp"))] == []


def test_own_hosts_belong_to_the_place_and_own_names_do_not() -> None:
    below, apart = Portal(spec("trs", "hosts")), Portal(spec("trs", "domains"))
    hosts = {urlsplit(e.urls[0]).netloc for e in below.truth}
    assert len(hosts) == 6
    assert all(host.endswith(".xiuyan.gov.cn") for host in hosts)
    assert below.tolerated == ()
    names = {urlsplit(e.urls[0]).netloc for e in apart.tolerated}
    assert names
    assert not any(name.endswith(".xiuyan.gov.cn") for name in names)
    assert len(apart.truth) + len(apart.tolerated) == len(below.truth)


def test_an_old_and_a_new_column_share_two_years() -> None:
    portal = Portal(spec("trs", "old_new"))
    twice = [e for e in portal.truth if len(e.urls) == 2]
    assert {e.truth.year for e in twice} == {2020, 2021}
    assert len(twice) < len(portal.truth)


def test_reports_among_notices_are_few() -> None:
    portal = Portal(spec("trs", "notices"))
    column = next(c for c in portal.site.root.walk() if c.slug == "gsgg")
    assert sum(a.report is None for a in column.articles) >= 300
    assert {a.report.body.kind for a in column.articles if a.report} == {"department"}


@pytest.mark.parametrize("family", ["was5", "jrobot", "plain"])
def test_what_nothing_links_to_is_found_by_the_search(family: str) -> None:
    portal = Portal(spec("gongkai", "search", traps=(f"search={family}",)))
    assert not {u for e in portal.truth for u in e.urls} & reached(portal)
    home = fetch(portal, portal.spec.home)
    form = re.search(r"action='(/[^']+)'", home)
    assert form is not None
    word = {"was5": "searchword", "jrobot": "q", "plain": "searchWord"}[family]
    url = f"http://{portal.host}{form.group(1)}?{word}={quote('政府信息公开工作年度报告')}"
    seen = set[str]()
    while url:
        found = links(url, fetch(portal, url))
        seen |= {_target(portal, u) for u in found}
        url = next((u for u, label in found.items() if label == "下一页"), "")
    assert {e.urls[0] for e in portal.truth} <= seen
    assert fetch(portal, portal.style.url("/wjk/")) == ""


def _target(portal: Portal, url: str) -> str:
    parts = urlsplit(url)
    if not parts.path.endswith("link.do"):
        return url
    return portal.answer("GET", parts.path, parts.query).headers["Location"]


def test_three_hundred_reports_on_more_than_twenty_pages() -> None:
    portal = Portal(spec("php_lists", "flat", departments=20, towns=15, years=tuple(range(2014, 2024))))
    column = portal.site.column("reports")
    assert len(portal.truth) >= 300
    assert portal.style.pages(column) > 20
    assert missed(portal) == []
