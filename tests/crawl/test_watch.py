"""The watch over what one page may cost the crawl of all hosts."""

from __future__ import annotations

import re
import threading
import time

import pytest

from govcrawl.crawl.watch import TookTooLong, Watch


def _for_ever() -> None:
    while True:
        pass


def _backtracking() -> None:
    re.search(r"(?:a|a)*b", "a" * 40)


def _swallowing() -> None:
    while True:
        try:
            _for_ever()
        except Exception:  # noqa: BLE001 - as code on the way may have it
            continue


@pytest.mark.parametrize("work", [_for_ever, _backtracking, _swallowing])
def test_work_is_given_up(work: object) -> None:
    began = time.process_time()
    with pytest.raises(TookTooLong, match=r"longer than 0\.1 s"):
        Watch(0.1).over(work)  # type: ignore[arg-type]
    assert time.process_time() - began < 1.0


def test_work_gives_what_it_makes_and_raises_what_it_raises() -> None:
    watch = Watch(1.0)
    assert watch.over(max, 1, 2) == 2
    with pytest.raises(ValueError, match="invalid literal"):
        watch.over(int, "x")


def test_the_works_of_one_page_share_its_time() -> None:
    watch = Watch(0.2)
    with pytest.raises(TookTooLong):
        watch.over(_for_ever)
    began = time.process_time()
    with pytest.raises(TookTooLong):
        watch.over(_for_ever)
    assert time.process_time() - began < 0.15


def test_nothing_rings_after_the_work() -> None:
    Watch(0.05).over(max, 1, 2)
    until = time.process_time() + 0.15
    while time.process_time() < until:
        pass


def test_a_thread_has_no_watch() -> None:
    made: list[int] = []
    thread = threading.Thread(target=lambda: made.append(Watch(0.05).over(max, 1, 2)))
    thread.start()
    thread.join()
    assert made == [2]
