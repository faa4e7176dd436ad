"""In a list of all notices only the months in which reports come out are read."""

from datetime import date, timedelta

import pytest

from govcrawl.discovery.leaps import leap, note_days
from govcrawl.discovery.page import PageLink
from govcrawl.discovery.steps import Chain, Target
from govcrawl.model import Entry

PAGES = 40
NEWEST = date(2024, 11, 20)
URL = "http://www.shiwu.gov.cn/gsgg/"


def rows(page: int, days: int) -> list[PageLink]:
    """Ten rows of a page, one every ``days`` days."""
    dated = (NEWEST - timedelta(days=days * (10 * page + n)) for n in range(10))
    return [
        PageLink(f"{URL}{day}.html", "公告", "", 1, n, "公告", day.isoformat()) for n, day in enumerate(dated)
    ]


def read(days: int, new: dict[int, str] | None = None) -> list[int]:
    """Pages asked for, the first left out, when a page in ``new`` brings a report of that day."""
    chain = Chain(URL, "trs", [Target(f"{URL}index_{n}.html") for n in range(1, PAGES)], leaping=True)
    asked: list[int] = []
    note_days(chain, rows(0, days), [])
    while (place := leap(chain)) < len(chain.targets):
        chain.next = place + 1
        asked.append(chain.next)
        day = (new or {}).get(chain.next)
        note_days(chain, rows(chain.next, days), [Entry(URL, "shiwu", published=day)] if day else [])
    return asked


@pytest.mark.parametrize("days", [1, 2, 3, 7])
def test_every_page_of_the_season_is_read(days: int) -> None:
    asked = read(days)
    assert len(asked) == len(set(asked))
    spring = [n for n in range(1, PAGES) if any(int((row.date or "")[5:7]) <= 4 for row in rows(n, days))]
    assert set(spring) <= set(asked)
    assert len(asked) <= 0.8 * (PAGES - 1)


def test_a_report_of_the_summer_ends_it() -> None:
    first = read(2)[0]
    assert first > 1
    assert set(read(2, {first: "2024-08-01"})) == set(range(1, PAGES))


def test_a_list_in_no_order_is_read_whole() -> None:
    chain = Chain(URL, "trs", [Target(f"{URL}index_{n}.html") for n in range(1, PAGES)], leaping=True)
    note_days(chain, rows(5, 1), [])
    chain.next = 1
    note_days(chain, rows(0, 1), [])
    assert leap(chain) == 1
    assert not chain.leaping
