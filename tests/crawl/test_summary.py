from __future__ import annotations

from collections import Counter

import pytest

from govcrawl.crawl.ending import Ending
from govcrawl.crawl.session import PortalCrawl
from govcrawl.crawl.summary import SHOWN, _console, _table, outcome_line, some
from govcrawl.discovery import Discovery
from govcrawl.model import Portal

PORTAL = Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/", "990101")


def crawl(read: int = 1, **counts: int) -> PortalCrawl:
    made = PortalCrawl(PORTAL, Discovery(PORTAL, 10), read=read)
    made.counts.update(counts)
    return made


@pytest.mark.parametrize(
    ("outcomes", "counts", "some_years", "told"),
    [
        (
            {"complete": 2},
            {"reports_new": 1, "reports_changed": 2, "unchanged": 4},
            False,
            "Stored 1 new report and 2 changed reports; 4 unchanged.",
        ),
        ({"complete": 1}, {"reports_changed": 1}, False, "Stored 1 changed report; 0 unchanged."),
        ({"complete": 1}, {"unchanged": 1}, False, "Nothing new: 1 report unchanged."),
        ({"incomplete": 1}, {"unchanged": 7}, True, "Nothing new: 7 reports unchanged."),
        ({"complete": 1}, {}, True, "No report of these years was found."),
        ({"empty": 1}, {"rejected": 3}, False, "No report was found."),
        ({"unreachable": 1, "blocked": 2}, {}, True, "Nothing could be read."),
        (
            {"complete": 1},
            {"unchanged": 2, "reports_gone": 1},
            False,
            "Nothing new: 2 reports unchanged. 1 report is on the web no more, and kept.",
        ),
    ],
)
def test_what_a_crawl_added_is_said_in_one_sentence(
    outcomes: dict[str, int], counts: dict[str, int], some_years: bool, told: str
) -> None:
    ending = Ending(outcomes=Counter(outcomes), counts=Counter(counts))
    assert outcome_line(ending, only_some_years=some_years) == told


def test_of_many_lines_the_first_are_told_and_the_rest_counted() -> None:
    assert some(f"line\x1b{number}" for number in range(2)) == ["line0", "line1"]
    told = some(map(str, range(SHOWN + 3)))
    assert told[-2:] == [str(SHOWN - 1), "... and 3 more: see govcrawl status"]


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
