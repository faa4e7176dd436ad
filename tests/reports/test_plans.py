"""What a table's form says of its cells is what the mappers say, whatever numbers it holds."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.documents import read_document
from govcrawl.model import Document, Grid, Table
from govcrawl.reports import tables
from govcrawl.reports.plans import plan_of
from govcrawl.reports.tables import TableReading, read_tables
from tests.quality.corpus import samples
from tests.reports import forms
from tests.reports.forms import document, grid

PRINTED = ("0", "0", "0", "1", "12", "3,135", "20.5", "", "-", "无", "2021", "-8", "123456789", "1 2")


def both(found: Document) -> tuple[TableReading, TableReading]:
    """A document's tables read by plans, where these say all, and by the mappers alone."""
    by_plans = read_tables(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "plan_of", lambda *_: None)
        return by_plans, read_tables(found)


def seen(reading: TableReading) -> Sequence[object]:
    return reading.kinds, reading.templates, list(reading.reading.facts.items()), reading.reading.findings


def form(template: str, rng: Random) -> list[Grid]:
    def value(_: str) -> str:
        return rng.choice(PRINTED)

    made = (forms.proactive(template, value), forms.application(template, value), forms.challenge(value))
    return list(map(grid, made))


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(("2019", "2021")), st.integers(0, 3))
def test_any_numbers_are_read_as_by_the_mappers(rng: Random, template: str, twice: int) -> None:
    own = form(template, rng)
    by_plans, by_mappers = both(document(*own, *own[twice : twice + 1]))
    assert seen(by_plans) == seen(by_mappers)


def test_pages_are_read_as_by_the_mappers() -> None:
    for sample in samples()[::18]:
        by_plans, by_mappers = both(read_document(sample.content))
        assert seen(by_plans) == seen(by_mappers), sample.name


def test_other_numbers_make_no_other_form() -> None:
    def plain(number: int) -> list[Grid]:
        def value(_: str) -> str:
            return str(number)

        made = (forms.proactive("2021", value), forms.application("2021", value), forms.challenge(value))
        return list(map(grid, made))

    read_tables(document(*plain(7)))
    known = plan_of.cache_info()
    reading = read_tables(document(*plain(31))).reading
    assert plan_of.cache_info().misses == known.misses
    assert len(reading.facts) == 200
    assert {fact.value for fact in reading.facts.values()} == {31}


def test_labels_on_two_lines_are_told_of_the_table_that_has_them() -> None:
    plain = form("2021", Random(1))
    broken = [
        Grid(tuple(tuple(c._replace(text=c.text.replace("信息", "信\n息")) for c in row) for row in own.rows))
        for own in plain
    ]
    assert not any(f.kind == "wrapped_labels" for f in read_tables(document(*plain)).reading.findings)
    found = document(*broken)
    assert sum(isinstance(block, Table) for block in found.blocks) == 3
    by_plans, by_mappers = both(found)
    assert seen(by_plans) == seen(by_mappers)
    assert any(f.kind == "wrapped_labels" for f in by_plans.reading.findings)
