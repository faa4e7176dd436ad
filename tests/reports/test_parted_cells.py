"""Rows of a scan with a cell too many, as a stroke of a mark parts them: none of their numbers is told."""

from __future__ import annotations

from govcrawl.model import Cell, Document, Finding, Grid, Report, Status
from govcrawl.reports import read_report
from tests.reports import forms
from tests.reports.forms import Item

TRUTH = forms.numbers("2021")
READ = Finding("recognised", "document", "2 scanned pages; 9 of 900 characters uncertain")
UNSURE = frozenset(("大", "i", "-1"))


def value(fact: str) -> str:
    return str(TRUTH[fact])


def as_read(grid: Grid) -> Grid:
    """What no such report holds was read not surely."""
    rows = grid.rows
    own: dict[int, Cell] = {id(c): c._replace(uncertain=c.text in UNSURE) for row in rows for c in row}
    return Grid(tuple(tuple(own[id(cell)] for cell in row) for row in rows))


def read() -> Report:
    """A report whose table 三 goes on on a second page, where one of its columns is parted in the last rows.

    The parts, and the last word of its header, were recognised on an image, not surely.
    """
    whole = forms.application("2021", value)
    heads: list[list[Item]] = [
        [("大", 2, 1) if item == ("总计", 2, 1) else item for item in row] for row in whole[:-2]
    ]
    rest: list[list[Item]] = [[*row[:2], "i", "-1", *row[3:]] for row in whole[-2:]]
    wide: list[list[Item]] = [
        ["1.其他", *row[:2], (str(row[2]), 1, 2), *row[3:]] for row in ([str(n) for n in range(7)],)
    ]
    tables = [forms.proactive("2021", value), heads, [*wide, *rest], forms.challenge(value)]
    document = forms.document(*(as_read(forms.grid(rows)) for rows in tables))
    return read_report(Document("image", document.blocks, titles=document.titles, defects=(READ,)))


def test_no_number_of_a_row_with_a_cell_too_many_is_told() -> None:
    facts = {fact.fact: fact for fact in read().facts}
    for row in ("result.total", "carried_out"):
        own = [facts[f"application.{row}:{column}"] for column in forms.COLUMNS]
        assert {fact.status for fact in own} == {Status.AMBIGUOUS}, row
        assert all(fact.value is None for fact in own)
    first = [facts[f"application.received_new:{column}"].value for column in forms.COLUMNS]
    assert first == [TRUTH[f"application.received_new:{column}"] for column in forms.COLUMNS]
