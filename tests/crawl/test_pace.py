"""Pauses, gaps and rests between tries, without a network."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from govcrawl.crawl.pace import LONGEST_BACKOFF, Pace, retry_after


def waited(
    pace: Pace, slot: str = "a", gap: float = 0.0, tries: int = 0, running: bool = True
) -> tuple[bool, float]:
    began = time.monotonic()
    ran = asyncio.run(pace.turn(slot, gap, tries, lambda: running))
    pace.done(slot)
    return ran, time.monotonic() - began


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), (" 0 ", 0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("9" * 40, 999_999_999)],
)
def test_retry_after(value: str, seconds: float) -> None:
    assert retry_after(value) == seconds


@pytest.mark.parametrize("value", ["", "soon", "-5", "1.5", "²", "Wed, 99 Oct 2015 07:28:00 GMT"])
def test_a_retry_after_that_means_nothing(value: str) -> None:
    assert retry_after(value) is None


def test_retry_after_as_a_date_to_come() -> None:
    moment = datetime.now(UTC) + timedelta(seconds=90)
    found = retry_after(format_datetime(moment, usegmt=True))
    assert found is not None
    assert 85 < found <= 90


def test_a_slot_waits_and_others_go_on() -> None:
    pace = Pace(0)
    pace.pause("a", 0.3)
    assert waited(pace, "b")[1] < 0.1
    assert waited(pace, "a")[1] > 0.2


def test_a_gap_counts_from_the_last_answer() -> None:
    pace = Pace(0)
    assert waited(pace, gap=0.3)[1] < 0.1
    assert waited(pace, gap=0.3)[1] > 0.25


def test_each_further_try_waits_twice_as_long() -> None:
    pace = Pace(0.1)
    assert waited(pace, tries=1)[1] == pytest.approx(0.1, abs=0.08)
    assert waited(pace, tries=3)[1] == pytest.approx(0.4, abs=0.15)
    assert pace._rest_before(50) == LONGEST_BACKOFF


def test_a_crawl_that_ends_does_not_wait() -> None:
    pace = Pace(0)
    pace.pause("a", 60)
    ran, seconds = waited(pace, running=False)
    assert not ran
    assert seconds < 2
