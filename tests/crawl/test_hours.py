"""Hours of the day in Beijing."""

from datetime import UTC, datetime

import pytest

from govcrawl.crawl.hours import Hours
from govcrawl.errors import UsageError


@pytest.mark.parametrize(
    ("hours", "utc", "inside"),
    [
        ("22:00-07:00", "14:00", True),  # 22:00 in Beijing
        ("22:00-07:00", "13:59", False),
        ("22:00-07:00", "22:59", True),
        ("22:00-07:00", "23:00", False),
        ("9:00-17:30", "01:00", True),
        ("9:00-17:30", "09:30", False),
    ],
)
def test_inside_or_not(hours: str, utc: str, inside: bool) -> None:
    moment = datetime.fromisoformat(f"2026-01-05T{utc}:00").replace(tzinfo=UTC)
    assert Hours.parse(hours).include(moment) is inside


@pytest.mark.parametrize(
    "text", ["night", "22-7", "25:00-07:00", "22:00-07:60", "22:00", "07:00-07:00", "0:00-24:00"]
)
def test_hours_that_are_none(text: str) -> None:
    with pytest.raises(UsageError, match="CRAWL_HOURS") as caught:
        Hours.parse(text)
    assert "\n" not in str(caught.value)
