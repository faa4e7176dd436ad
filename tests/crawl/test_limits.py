"""Our own limits: hours of the day and requests a day, kept over runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from govcrawl.crawl.hours import BEIJING
from tests.crawl.manners import ask, crawl, registry, small
from tests.crawl.network import Network, site


def hours(begin: int, end: int) -> str:
    """A span of hours around now, in Beijing."""
    moment = datetime.now(UTC).astimezone(BEIJING)
    return "-".join(f"{moment + timedelta(hours=shift):%H:%M}" for shift in (begin, end))


def test_outside_the_hours_nothing_is_asked_and_nothing_forgotten(tmp_path: Path) -> None:
    portal = small("quiet", 81)
    url = f"portals={portal.key}"
    file = registry(tmp_path, [portal])
    with Network({portal.host: site(portal)}) as network:
        within = crawl(tmp_path, "-a", url, settings=[file, f"CRAWL_HOURS={hours(-2, 2)}"], network=network)
        assert within.status == 0, within.errors
        remembered = ask(tmp_path, "SELECT url, rows FROM listings")
        assert remembered
        network.log.clear()
        ended = crawl(tmp_path, "-a", url, settings=[file, f"CRAWL_HOURS={hours(2, 4)}"], network=network)
        assert not network.log
    assert ended.status == 3, ended.errors
    assert "outside CRAWL_HOURS" in ended.errors
    assert ask(tmp_path, "SELECT url, rows FROM listings") == remembered


def test_hours_that_are_none_are_a_usage_error(tmp_path: Path) -> None:
    ended = crawl(tmp_path, "-a", "url=http://www.x.gov.cn/", settings=["CRAWL_HOURS=at night"])
    assert ended.status == 2
    assert ended.errors.startswith("Error: CRAWL_HOURS=")
    assert ended.errors.count("\n") == 1


def test_the_daily_cap_holds_over_runs(tmp_path: Path) -> None:
    portal = small("capped", 82)
    url = f"url={portal.spec.home}"
    with Network({portal.host: site(portal)}) as network:
        for _ in range(2):
            ended = crawl(tmp_path, "-a", url, settings=["HOST_REQUESTS_PER_DAY=7"], network=network)
            assert ended.status == 3, ended.errors
            assert "HOST_REQUESTS_PER_DAY" in ended.errors
        assert len(network.log) == 7
        rows = ask(tmp_path, "SELECT host, requests FROM host_days")
        assert rows == [(portal.host, 7)]
        assert ask(tmp_path, "SELECT count(*) FROM entries WHERE state = 'pending'") != [(0,)]


@pytest.mark.parametrize("setting", ["RETRY_AFTER_MAX=soon", "HOST_REQUESTS_PER_DAY=-1", "RETRY_BACKOFF=x"])
def test_settings_that_are_no_numbers(setting: str, tmp_path: Path) -> None:
    ended = crawl(tmp_path, "-a", "url=http://www.x.gov.cn/", settings=[setting])
    assert ended.status == 2
    assert setting.split("=")[0] in ended.errors
