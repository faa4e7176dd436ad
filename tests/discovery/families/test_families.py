"""Every way of showing a list that was thought of is found whole, and without much asking in vain."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from govcrawl.discovery.memory import Memory
from govcrawl.discovery.urls import page_key
from tests.discovery.families import forms, scripted, written
from tests.discovery.families.kit import HOME, Family, walked


@pytest.mark.parametrize(
    "make",
    [
        *scripted.FAMILIES,
        *written.FAMILIES,
        *forms.FAMILIES,
    ],
    ids=lambda make: make.__name__,
)
def test_a_family_is_found_whole(make: Callable[[], Family]) -> None:
    family = make()
    done = walked(family)
    truth = [row.path for row in family.truth]
    assert sorted(done.found) == sorted(truth), "\n".join(done.asked)
    assert len(done.asked) <= family.most, "\n".join(done.asked)
    assert done.discovery.shortfalls() == []


@pytest.mark.parametrize("make", [scripted.json_body, scripted.counter], ids=lambda make: make.__name__)
def test_a_list_that_a_script_draws_is_remembered_with_what_draws_it(make: Callable[[], Family]) -> None:
    first = walked(make())
    known = first.found[3:]
    memory = Memory(
        tuple(first.discovery.visited.values()), frozenset(page_key(f"{HOME}{path}") for path in known)
    )
    again = walked(make(), memory)
    assert set(first.found[:3]) <= set(again.found)
    assert again.discovery.changed is None
    assert len(again.asked) <= 6


@pytest.mark.parametrize("make", forms.FAMILIES[:3], ids=lambda make: make.__name__)
def test_a_form_that_is_remembered_is_asked_for_what_is_open(make: Callable[[], Family]) -> None:
    first = walked(make())
    memory = Memory(
        tuple(first.discovery.visited.values()),
        frozenset(page_key(f"{HOME}{path}") for path in first.found[2:]),
    )
    again = walked(make(), memory)
    assert set(first.found[:2]) <= set(again.found)
    assert again.discovery.changed is None
    assert len(again.asked) <= 45
    settled = frozenset(page_key(f"{HOME}{path}") for path in first.found)
    quiet = walked(make(), Memory(memory.listings, settled))
    assert set(quiet.found) <= set(first.found)
    assert f"{HOME}/nb/" in quiet.discovery.choices.plans


def test_no_form_that_applies_for_something_is_sent() -> None:
    options = "<select name='dw'><option value='1'>教育局</option><option value='2'>财政局</option></select>"
    apply = f"<form action='/ysq/apply.do' method='post'>{options}<input type='submit' value='下一步'></form>"
    secret = f"<form action='/q.do'>{options}<input type='password' name='p'><input type='submit' value='查询'></form>"
    written_to = f"<form action='/q.do'>{options}<textarea name='t'></textarea><input type='submit' value='查询'></form>"
    asked = walked(Family(apply + secret + written_to)).asked
    assert not [one for one in asked if ".do" in one]
