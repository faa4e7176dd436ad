"""Spider arguments: what they mean, and one clear line for what they cannot mean."""

import pytest

from govcrawl.crawl.options import project_settings
from govcrawl.crawl.plan import parse_years, plan
from govcrawl.errors import UsageError


def test_years() -> None:
    assert parse_years("2023") == range(2023, 2024)
    assert list(parse_years(" 2019 - 2021")) == [2019, 2020, 2021]


@pytest.mark.parametrize("text", ["20x9", "", "23", "2025-2019", "1999", "2019-", "2019,2021"])
def test_years_that_are_none(text: str) -> None:
    with pytest.raises(UsageError, match="fiscal year"):
        parse_years(text)


def test_portals_by_code_or_key_once() -> None:
    made = plan({"portals": "450703,qinbei", "years": "2021"})
    assert [(p.key, p.division_code) for p in made.portals] == [("qinbei", "450703")]
    assert made.wants(2021)
    assert made.wants(None)
    assert not made.wants(2020)


def test_region_and_everything() -> None:
    assert {p.division_code[:4] for p in plan({"region": "4507"}).portals if p.division_code} == {"4507"}
    assert len(plan({}).portals) > 3000


def test_a_url_of_the_registry_is_its_row() -> None:
    (portal,) = plan({"url": "http://www.qinbei.gov.cn/zfxxgk/"}).portals
    assert (portal.key, portal.start) == ("qinbei", "http://www.qinbei.gov.cn/zfxxgk/")
    assert plan({"url": "http://www.qinbei.gov.cn"}).portals[0].start is None


def test_a_url_nobody_configured_is_its_host() -> None:
    (portal,) = plan({"url": "http://www.nosuchplace.gov.cn/a/b.html"}).portals
    assert (portal.key, portal.division_code) == ("www.nosuchplace.gov.cn", None)
    assert portal.url == "http://www.nosuchplace.gov.cn/a/b.html"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"portals": "nosuchkey"}, "nosuchkey"),
        ({"portals": " , "}, "portals="),
        ({"region": "99"}, "region=99"),
        ({"region": "x"}, "region"),
        ({"url": "htp:/x"}, "htp:/x"),
        ({"url": "www.qinbei.gov.cn"}, "http://"),
        ({"url": "http://"}, "http://"),
        ({"url": ""}, "url"),
        ({"url": "http://a.gov.cn/", "region": "45"}, "url and region"),
        ({"years": "20x9"}, "20x9"),
        ({"limit": "3"}, "limit"),
    ],
)
def test_arguments_that_mean_nothing(arguments: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        plan(arguments)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "wrong", ["RETRY_TIMES=-1", "PORTALS_AT_ONCE=0", "CONCURRENT_REQUESTS=0", "DOWNLOAD_DELAY=nan"]
)
def test_numbers_that_nothing_can_be_done_with_are_refused(wrong: str) -> None:
    with pytest.raises(UsageError, match=rf"^{wrong.partition('=')[0]}=.* is no number of [01] or more$"):
        project_settings([wrong])
