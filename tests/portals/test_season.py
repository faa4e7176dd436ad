"""What changes on a portal between two crawls, and what does not."""

from __future__ import annotations

import pytest

from tests.portals import season
from tests.portals.model import PortalSpec
from tests.portals.world import Portal


@pytest.fixture(scope="module", params=["year", "body_type", "mini"])
def moments(request: pytest.FixtureRequest) -> dict[str, Portal]:
    spec = PortalSpec(
        "www.xiuyan.gov.cn", "岫堰县", "990131", "trs", request.param, 5, departments=5, towns=4, others=40
    )
    return {name: season.at(spec, name) for name in season.MOMENTS}


def urls(portal: Portal) -> set[str]:
    return {e.urls[0] for e in portal.truth}


def test_what_comes(moments: dict[str, Portal]) -> None:
    before, later = urls(moments["first"]), urls(moments["one_more"])
    assert urls(moments["quiet"]) == before
    assert before < later
    assert len(later - before) == 1
    assert later < urls(moments["new_year"])
    assert {e.truth.year for e in moments["new_year"].truth} - {
        e.truth.year for e in moments["first"].truth
    } == {2023}


def test_nothing_else_changes_while_it_is_quiet(moments: dict[str, Portal]) -> None:
    before, later = moments["first"], moments["quiet"]
    changed = {
        path for path in before.paths if before.answer("GET", path).body != later.answer("GET", path).body
    }
    assert changed
    assert all("/xwzx" in path or path in ("/", "/index.html") for path in changed)


def test_what_moves(moments: dict[str, Portal]) -> None:
    before, column = moments["new_year"], moments["new_year"].site.column("reports")
    place = before.style.column_path(column)
    assert before.answer("GET", place).status == 200
    assert moments["moved"].answer("GET", place).status == 404
    assert len(moments["moved"].truth) == len(before.truth)
    assert not urls(moments["new_cms"]) & urls(before)
    assert {e.truth.title for e in moments["new_cms"].truth} == {e.truth.title for e in before.truth}


def test_what_changes(moments: dict[str, Portal]) -> None:
    spec = moments["first"].spec
    which = season.changes(spec)
    before = {e.urls[0]: e.truth for e in moments["first"].truth}
    later = {e.urls[0]: e.truth for e in moments["changed"].truth}
    kept = [url for url in before if url in later and before[url].facts != later[url].facts]
    assert len(kept) == 1
    assert f"{which.corrected}" in kept[0]
    assert len(before.keys() - later.keys()) == 2
    assert len(later.keys() - before.keys()) == 2
    assert not any(f"{which.vanished}" in url for url in later)


def test_a_new_year_has_a_new_column() -> None:
    spec = PortalSpec(
        "www.xiuyan.gov.cn", "岫堰县", "990131", "php_lists", "year", 5, departments=5, towns=4, others=40
    )
    before, later = season.at(spec, "first"), season.at(spec, "new_year")
    paths = [{p.style.column_path(c) for c in p.site.column("reports").walk()} for p in (before, later)]
    assert len(paths[1] - paths[0]) == 1
    assert paths[0] < paths[1]
