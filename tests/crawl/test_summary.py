from __future__ import annotations

import pytest

from govcrawl.crawl.session import PortalCrawl
from govcrawl.crawl.summary import _console, _table, outcome_line
from govcrawl.discovery import Discovery
from govcrawl.model import Portal

PORTAL = Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/", "990101")


def crawl(read: int = 1, **counts: int) -> PortalCrawl:
    made = PortalCrawl(PORTAL, Discovery(PORTAL, 10), read=read)
    made.counts.update(counts)
    return made


@pytest.mark.parametrize(
    ("crawls", "some_years", "told"),
    [
        (
            [crawl(reports_new=1), crawl(reports_changed=2, unchanged=4)],
            False,
            "Stored 1 new report and 2 changed reports; 4 unchanged.",
        ),
        ([crawl(reports_changed=1)], False, "Stored 1 changed report; 0 unchanged."),
        ([crawl(unchanged=1)], False, "Nothing new: 1 report unchanged."),
        ([crawl(unchanged=7)], True, "Nothing new: 7 reports unchanged."),
        ([crawl()], True, "No report of these years was found."),
        ([crawl(rejected=3)], False, "No report was found."),
        ([crawl(read=0)], True, "Nothing could be read."),
    ],
)
def test_what_a_crawl_added_is_said_in_one_sentence(
    crawls: list[PortalCrawl], some_years: bool, told: str
) -> None:
    assert outcome_line(crawls, only_some_years=some_years) == told


def test_a_column_that_is_zero_everywhere_is_left_out() -> None:
    headings = [column.header for column in _table([crawl(reports_new=3), crawl(failed=1)]).columns]
    assert headings == ["portal", "outcome", "new", "failed", "requests"]
    stopped = [column.header for column in _table([crawl(pending=15)]).columns]
    assert stopped == ["portal", "outcome", "new", "pending", "requests"]


def test_a_mail_of_cron_has_all_words_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    counts = dict.fromkeys(
        ("reports_changed", "unchanged", "rejected", "failed", "pending", "requests"), 12345
    )
    _console().print(_table([crawl(**counts)]))
    heading, _ = capsys.readouterr().err.splitlines()
    words = ["portal", "outcome", "new", "changed", "unchanged", "rejected", "failed", "pending", "requests"]
    assert heading.split() == words
