"""The truth of the imitation reports holds by itself, whatever a reader makes of them."""

from __future__ import annotations

from random import Random

import pytest

from tests.portals import figures as numbers
from tests.portals.forms import form
from tests.portals.look import draw_look, printed
from tests.portals.model import Body
from tests.portals.reports import make_report
from tests.portals.tables import Grid, application, challenge, proactive

COUNTS = {"2019": 198, "2021": 200}


def widths(grid: Grid) -> set[int]:
    """Width of every row once spans are expanded."""
    covered: dict[tuple[int, int], bool] = {}
    for row, cells in enumerate(grid):
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            for down in range(cell.rowspan):
                for right in range(cell.colspan):
                    assert (row + down, column + right) not in covered
                    covered[row + down, column + right] = True
            column += cell.colspan
    return {sum(1 for r, _ in covered if r == row) for row in range(len(grid))}


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("seed", range(12))
def test_forms_are_complete_and_rectangular(name: str, seed: int) -> None:
    official, rng = form(name), Random(seed)
    assert len(official.ids()) == len(set(official.ids())) == COUNTS[name]
    look = draw_look(rng)
    values = numbers.figures(official, "county", rng)
    assert set(values) == set(official.ids())
    facts = {fact: printed(fact, values[fact], "count", look, rng) for fact in values}
    assert all(widths(grid) == {4} for grid in proactive(official, facts, look, 2021, rng))
    assert widths(application(official, facts, look, rng)) == {10}
    assert widths(challenge(official, facts, look, rng)) == {15}


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("kind", ["county", "department", "town"])
def test_figures_satisfy_the_identities_until_spoiled(name: str, kind: str) -> None:
    official = form(name)
    for seed in range(10):
        values = numbers.figures(official, kind, Random(seed))
        assert numbers.failing(official, values) == frozenset()
        numbers.spoil(official, values, Random(seed))
        assert numbers.failing(official, values)


def test_values_are_what_is_printed() -> None:
    body = Body("x", "云汀县财政局", "财政局", "department")
    statuses = set()
    for seed in range(150):
        for fact in make_report(body, 2020, Random(seed)).facts.values():
            statuses.add(fact.status)
            assert (fact.value is None) == (fact.status != "number")
            plain = fact.raw.translate({0xFF0D: "-", 0x2212: "-"}).replace(",", "").replace("万元", "")
            if fact.raw.endswith("元") and not fact.raw.endswith("万元"):
                assert fact.value == pytest.approx(float(plain.removesuffix("元")) / 10000)
            elif fact.value is not None:
                assert float(plain) == fact.value
    assert statuses == {"number", "blank", "dash", "none_word"}


def test_templates_follow_the_year_with_exceptions() -> None:
    body = Body("x", "云汀县财政局", "财政局", "department")
    for year, usual, other in ((2020, "2019", "2021"), (2022, "2021", "2019")):
        found = [make_report(body, year, Random(seed)).template for seed in range(120)]
        assert found.count(usual) > 100
        assert found.count(other) > 0
    old = make_report(body, 2016, Random(1))
    assert (old.template, len(old.facts)) == ("2014", 58)
    assert make_report(body, 2012, Random(1)).facts == {}
