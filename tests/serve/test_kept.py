"""Values that are kept until the database changes."""

from __future__ import annotations

import threading
import time

import pytest

from govcrawl.serve import kept
from govcrawl.serve.kept import Kept


@pytest.fixture(autouse=True)
def no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that stands still for a moment neither lets a value rest nor lets a reader go without it."""
    monkeypatch.setattr(kept, "_REST", 0)
    monkeypatch.setattr(kept, "_PATIENCE", 60)


def test_a_value_is_made_once_for_a_state() -> None:
    here, made = Kept(), list[int]()
    for state in (1, 1, 2, 2):
        here.get("a", state, lambda: made.append(1))
    assert len(made) == 2
    here.get("b", 1, lambda: made.append(1))
    assert len(made) == 3


def test_readers_at_one_time_wait_for_one_making() -> None:
    here, made = Kept(), list[int]()

    def make() -> int:
        made.append(1)
        time.sleep(0.05)
        return 7

    found: list[int] = []
    readers = [threading.Thread(target=lambda: found.append(here.get("a", 1, make))) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert (found, made) == ([7] * 4, [1])


def test_what_takes_long_is_given_as_it_was_and_is_new_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_PATIENCE", 0.01)
    here, gate = Kept(), threading.Event()
    assert here.get("a", 1, lambda: "old") == "old"

    def slow() -> str:
        assert gate.wait(10)
        return "new"

    assert here.get("a", 2, slow) == "old"
    gate.set()
    deadline = time.monotonic() + 10
    while here.get("a", 2, slow) != "new":
        assert time.monotonic() < deadline


def test_what_took_long_rests_before_it_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_REST", 1e9)
    here = Kept()

    def slow() -> str:
        time.sleep(0.001)
        return "old"

    assert here.get("a", 1, slow) == "old"
    assert here.get("a", 2, lambda: "new") == "old"


def test_a_failure_is_told_and_tried_again() -> None:
    here = Kept()
    with pytest.raises(ZeroDivisionError):
        here.get("a", 1, lambda: 1 / 0)
    assert here.get("a", 1, lambda: 5) == 5


def test_only_so_many_are_kept() -> None:
    here = Kept(most=3)
    for name in range(10):
        here.get(name, 1, lambda name=name: name)  # type: ignore[misc]
    assert len(here._made) == 3
