"""The shipped registry: complete, distinct keys, found by code, key, host and words."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections import Counter
from importlib.resources import files

import pytest

from govcrawl.errors import UsageError
from govcrawl.hosts import bare_host, host_of
from govcrawl.registry import Registry, Successor, load
from govcrawl.registry.divisions import Township, townships
from govcrawl.registry.hosts import fault, key_of


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load()


def test_ships_every_portal_with_a_key_of_its_own(registry: Registry) -> None:
    assert len(registry) == 3209
    assert Counter(portal.level for portal in registry.portals) == {
        "province": 31,
        "prefecture": 335,
        "county": 2843,
    }
    assert len({portal.key for portal in registry.portals}) == 3209
    assert all(fault(portal.url) is None for portal in registry.portals)


def test_reads_the_portals_in_less_than_a_third_of_a_second() -> None:
    code = (
        "import time; from govcrawl.registry import load as l"
        "; t = time.process_time(); l(); print(time.process_time() - t)"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True) for _ in range(3)]
    assert min(float(run.stdout) for run in runs) < 0.3


def test_a_second_load_costs_next_to_nothing(registry: Registry) -> None:
    start = time.process_time()
    load()
    assert time.process_time() - start < 0.05


@pytest.mark.parametrize("name", ["450703", "qinbei", "QinBei"])
def test_finds_a_portal_by_code_or_key(registry: Registry, name: str) -> None:
    portal = registry.find(name)
    assert (portal.key, portal.name, portal.division_code) == ("qinbei", "钦北区", "450703")
    assert (portal.province, portal.prefecture) == ("广西壮族自治区", "钦州市")
    assert portal.url == "http://www.qinbei.gov.cn/"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("qinbeii", "qinbei (450703 钦北区)"),
        ("钦北区", "qinbei (450703 钦北区)"),
        ("putuo", "putuo-310107"),
        ("110103", "崇文区 until 2010, succeeded by 110101"),
        ("500105", "江北区, whose portal is not known"),
        ("450799", "qinbei"),
        ("", "no portal ''"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(registry: Registry, name: str, told: str) -> None:
    with pytest.raises(UsageError) as raised:
        registry.find(name)
    assert told in str(raised.value)
    assert "govcrawl portals --search" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_selects_a_region_by_the_beginning_of_its_code(registry: Registry) -> None:
    codes = [portal.division_code for portal in registry.select(region="4507")]
    assert codes == ["450700", "450702", "450703", "450721", "450722"]
    assert [portal.key for portal in registry.select(region="450703")] == ["qinbei"]
    assert registry.select(region="99") == []
    assert len(registry.select()) == 3209


@pytest.mark.parametrize("region", ["广西", "45x", "", "4 5", "-45"])
def test_a_region_that_is_no_code_is_refused(registry: Registry, region: str) -> None:
    with pytest.raises(UsageError, match="division code"):
        registry.select(region=region)


@pytest.mark.parametrize("words", ["钦北", "广西 钦北", "QINBEI", "www.qinbei", "450703", "ｑｉｎｂｅｉ"])
def test_search_looks_in_names_keys_codes_and_hosts(registry: Registry, words: str) -> None:
    assert "qinbei" in [portal.key for portal in registry.select(search=words)]


def test_search_wants_every_word_and_stays_in_the_region(registry: Registry) -> None:
    assert registry.select(search="广西 朝阳区") == []
    assert [portal.key for portal in registry.select(region="45", search="钦北")] == ["qinbei"]
    assert registry.select(region="11", search="钦北") == []


@pytest.mark.parametrize(
    "host", ["www.qinbei.gov.cn", "qinbei.gov.cn", "WWW.QINBEI.GOV.CN", "www.qinbei.gov.cn."]
)
def test_www_and_bare_host_are_the_same_portal(registry: Registry, host: str) -> None:
    portal = registry.for_host(host)
    assert portal is not None
    assert portal.key == "qinbei"


def test_a_shared_host_belongs_to_the_higher_body_or_to_nobody(registry: Registry) -> None:
    city = registry.for_host("www.chizhou.gov.cn")
    assert city is not None
    assert city.division_code == "341700"
    assert registry.for_host("www.putuo.gov.cn") is None
    assert registry.for_host("www.example.org") is None


def test_divisions_know_their_past(registry: Registry) -> None:
    today = registry.division("330402")
    assert today is not None
    assert (today.name, today.in_use, today.until) == ("南湖区", True, None)
    assert [period.name for period in registry.history("330402")] == ["南湖区", "秀城区", "城区"]
    gone = registry.division("130124")
    assert gone is not None
    assert gone.successors == (Successor("130108", 2001), Successor("130111"))
    assert registry.division("000000") is None
    assert registry.history("000000") == ()


def test_townships_of_a_county(registry: Registry) -> None:
    towns = registry.townships("450703")
    assert "长滩镇" in [town.name for town in towns]
    assert all(len(town.code) == 9 and town.code.startswith("450703") for town in towns)
    assert registry.townships("999999") == registry.townships("4507") == registry.townships("") == ()


def test_the_file_of_townships_can_be_looked_up_by_code() -> None:
    """By which it has to be in order, each town beside those of its county."""
    with files("govcrawl.registry").joinpath("townships.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [Township(**row) for row in csv.DictReader(file)]
    assert [town.code for town in rows] == sorted(town.code for town in rows)
    counties = {town.county_code: None for town in rows}
    assert [town for county in counties for town in townships(county)] == rows


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("www.qinbei.gov.cn", "qinbei"),
        ("qinbei.gov.cn", "qinbei"),
        ("jy.sanya.gov.cn", "jy"),
        ("public.zhengzhou.gov.cn", "zhengzhou"),
        ("www.example.com", "example"),
        ("127.0.0.1", "127.0.0.1"),
        ("gov.cn", "gov.cn"),
    ],
)
def test_a_key_is_the_first_telling_label(host: str, key: str) -> None:
    assert key_of(host) == key


@pytest.mark.parametrize(
    ("url", "trouble"),
    [
        ("", "empty"),
        ("www.example.gov.cn", "http://"),
        ("ftp://www.example.gov.cn/", "http://"),
        ("file:///etc/hosts", "http://"),
        ("http://", "no host"),
        ("http:///index.html", "no host"),
        ("http://localhost/", "no host"),
        ("http://www.example.gov.cn:port/", "malformed"),
        ("http://www.exa mple.gov.cn/", "space"),
        ("http://[::1/", "malformed"),
        ("http://a:b@www.example.gov.cn/", "user name"),
        ("http://-bad-.gov.cn/", "no host"),
    ],
)
def test_an_address_that_cannot_be_crawled_is_named(url: str, trouble: str) -> None:
    told = fault(url)
    assert told is not None
    assert trouble in told


@pytest.mark.parametrize(
    "url", ["http://www.example.gov.cn/", "HTTPS://Example.gov.cn:8443/a?b=c", "http://127.0.0.1:8000/"]
)
def test_an_address_that_can_be_crawled_passes(url: str) -> None:
    assert fault(url) is None
    assert bare_host(host_of(url))
