"""Outcomes of portals, the run's verdict and the exit status of the contract."""

from collections import Counter

import pytest

from govcrawl.crawl.ending import Ending
from govcrawl.crawl.session import PortalCrawl
from govcrawl.discovery import Discovery
from govcrawl.model import Portal

PORTAL = Portal("x", "某县", "http://www.x.gov.cn/")


def crawl(read: int = 1, **counts: int) -> PortalCrawl:
    return PortalCrawl(PORTAL, Discovery(PORTAL), Counter(counts), read=read)


@pytest.mark.parametrize(
    ("outcomes", "finish", "errors", "status"),
    [
        ({"complete": 3}, "finished", 0, 0),
        ({"complete": 2, "unreachable": 1}, "finished", 0, 3),
        ({"complete": 2, "incomplete": 1}, "finished", 0, 3),
        ({"blocked": 1, "unreachable": 1}, "finished", 0, 5),
        ({"empty": 1}, "finished", 0, 3),
        ({"complete": 3}, "shutdown", 0, 3),
        ({"complete": 3}, "finished", 1, 1),
    ],
)
def test_exit_status(outcomes: dict[str, int], finish: str, errors: int, status: int) -> None:
    assert Ending(finish, Counter(outcomes), errors=errors).verdict()[1] == status


def test_outcomes_of_a_portal() -> None:
    assert crawl(reports_new=4).outcome() == ("complete", None)
    assert crawl(unchanged=4).outcome()[0] == "complete"
    assert crawl().outcome()[0] == "empty"
    assert crawl(read=0).outcome()[0] == "unreachable"
    refused = crawl(read=0)
    refused.refuse("refused by 瑞数")
    assert refused.outcome() == ("blocked", "refused by 瑞数")
    short = crawl(reports_new=4, failed=1)
    short.problems.append("http://x: 500")
    assert short.outcome()[0] == "incomplete"


def test_an_incomplete_portal_names_what_lies_elsewhere_too() -> None:
    short = crawl(reports_new=4, failed=1)
    short.discovery.gaps.row("http://www.elsewhere.gov.cn/nb/1.html")
    reason = short.outcome()[1] or ""
    assert "1 reports could not be fetched" in reason
    assert "www.elsewhere.gov.cn" in reason


def test_three_refusals_in_a_row_end_the_crawl() -> None:
    one = crawl()
    for _ in range(3):
        assert not one.refused_too_often()
        one.refuse("status 403")
    assert one.refused_too_often()
    assert one.outcome()[0] == "incomplete"
