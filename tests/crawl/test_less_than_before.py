"""A portal that shows less from one crawl to the next: the run says so, ends with 3, and status tells it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from govcrawl.cli import main
from tests.crawl.manners import crawl, registry, small
from tests.crawl.network import Answer, Asked, Network, site
from tests.portals.season import at

pytestmark = pytest.mark.soak


def test_lists_that_show_fewer_reports(tmp_path: Path) -> None:
    portal = small("fewer", 93, years=(2021, 2022, 2023))
    earlier = at(portal.spec, "first")
    assert len(earlier.truth) < len(portal.truth)
    whole = site(portal)
    reports = {
        urlsplit(url).path for report in portal.truth for url in report.urls
    }  # are there, but in no list
    arguments = ("-a", f"portals={portal.key}")
    settings = [registry(tmp_path, [portal]), "REDISCOVER_DAYS=0", "RECHECK_DAYS=100000"]
    sites = {portal.host: site(portal)}
    with Network(sites) as network:
        assert crawl(tmp_path, *arguments, settings=settings, network=network).status == 0
        assert crawl(tmp_path, *arguments, settings=settings, network=network).status == 0
        network.sites[portal.host] = site(
            earlier, lambda asked: whole(asked) if asked.path in reports else None
        )
        less = crawl(tmp_path, *arguments, settings=settings, network=network)
    assert less.status == 3, less.errors
    told = f"its lists showed {len(portal.truth)} reports in run 2, now {len(earlier.truth)}"
    assert told in less.errors
    status = CliRunner().invoke(main, ["status", "--output", str(tmp_path)]).stdout
    assert f"{len(earlier.truth)} listed ({len(earlier.truth) - len(portal.truth):+d})" in status
    assert "it was complete" in status


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (
            rb">[^<>\d]{0,9}[\d.]+[^<>\d]{0,9}<",
            r"\d+ reports read now have \d+ numbers each, earlier ones [12]\d\d",
        ),
        (rb"(?s)<(table|p).*</(table|p)>", r"(\d) of \1 documents titled as reports were rejected"),
    ],
)
def test_reports_that_are_not_read_any_more(spoilt: bytes, told: str, tmp_path: Path) -> None:
    portal = small("broken", 94, years=(2021, 2022, 2023))
    earlier = at(portal.spec, "first")
    known = {url for report in earlier.truth for url in report.urls}
    new = {urlsplit(url).path for report in portal.truth for url in report.urls if url not in known}
    whole = site(portal)

    def broken(asked: Asked) -> Answer | None:
        if asked.path not in new:
            return None
        answer = whole(asked)
        return replace(answer, body=re.sub(spoilt, b"><", answer.body))

    arguments = ("-a", f"portals={portal.key}")
    settings = [registry(tmp_path, [portal]), "RECHECK_DAYS=100000"]
    with Network({portal.host: site(earlier)}) as network:
        assert crawl(tmp_path, *arguments, settings=settings, network=network).status == 0
        network.sites[portal.host] = site(portal, broken)
        ended = crawl(tmp_path, *arguments, settings=settings, network=network)
    assert ended.status == 3, ended.errors
    assert re.search(told, ended.errors), ended.errors
