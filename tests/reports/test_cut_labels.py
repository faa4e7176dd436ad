"""Labels of table 三 that stand in several cells, beside blanks, units and numbers: no row is shifted."""

from __future__ import annotations

import pytest

from govcrawl.model import Status
from tests.reports import forms
from tests.reports.forms import Item
from tests.reports.test_orders import spanned
from tests.reports.test_variations import T3, Rows, cells, page, read, tables, truth

BLANKS = [(), (0,), (6,), (2, 3), (0, 6), (5, 6), (0, 1, 2, 3, 4, 5)]
ROW = "application.result.not_open.state_secret"
AT = 7  # of the table's rows


def cut(label: str, pieces: int) -> list[str]:
    step = len(label) // pieces
    return [label[n * step : (n + 1) * step if n < pieces - 1 else None] for n in range(pieces)]


def blanked(rows: Rows, blank: tuple[int, ...]) -> dict[str, float | None]:
    """The table's numbers, with cells made blank in every row."""
    expected: dict[str, float | None] = {f: v for f, v in truth().items() if f.startswith("application.")}
    for row, name in zip(rows[3:], forms.rows_of("2021"), strict=True):
        for n in blank:
            row[len(row) - 7 + n] = ""
            expected[f"application.{name}:{forms.COLUMNS[n]}"] = None
    return expected


def read_three(rows: Rows) -> dict[str, tuple[float | None, str]]:
    made = tables()
    made[T3] = rows
    return {f: found for f, found in cells(read(page(*made))).items() if f.startswith("application.")}


def never_wrong(found: dict[str, tuple[float | None, str]], expected: dict[str, float | None]) -> int:
    """How many cells are not told; every other one holds its number, or is blank as it should be."""
    told = {f: value for f, (value, status) in found.items() if status not in ("ambiguous", "missing")}
    assert {f: (value, expected[f]) for f, value in told.items() if value != expected[f]} == {}
    return len(expected) - len(told)


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("pieces", [2, 3])
def test_a_label_in_cells_of_its_own_is_put_together(pieces: int, blank: tuple[int, ...]) -> None:
    rows = tables()[T3]
    expected = blanked(rows, blank)
    rows[0][0] = (spanned(rows[0][0])[0], 3, 2 + pieces)
    for row in rows[3:]:
        text, high, wide = spanned(row[len(row) - 8])
        parts = cut(text, pieces)
        widths = [*[1] * (pieces - 1), wide]
        row[len(row) - 8 : len(row) - 7] = [(part, high, w) for part, w in zip(parts, widths, strict=True)]
    assert never_wrong(read_three(rows), expected) == 0


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("pieces", [2, 3])
def test_a_label_that_takes_the_cells_of_numbers_shifts_none(pieces: int, blank: tuple[int, ...]) -> None:
    rows = tables()[T3]
    expected = blanked(rows, blank)
    label = spanned(rows[AT + 1][0])[0]
    rows[AT + 1][:1] = list(cut(label, pieces))
    assert never_wrong(read_three(rows), expected) == 0


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("text", ["12", "1"])
def test_a_number_of_the_label_is_taken_for_none_of_the_rows(text: str, blank: tuple[int, ...]) -> None:
    rows = tables()[T3]
    expected = blanked(rows, blank)
    rows[AT + 1].insert(1, text)
    never_wrong(read_three(rows), expected)
    found = read_three(rows)
    law = "application.result.not_open.law_prohibited"
    assert {found[f"{law}:{name}"][1] for name in forms.COLUMNS} == {"ambiguous"}


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("place", range(8))
def test_a_blank_cell_too_many_shifts_no_number(place: int, blank: tuple[int, ...]) -> None:
    rows = tables()[T3]
    expected = blanked(rows, blank)
    rows[AT + 1].insert(1 + place, "")
    assert never_wrong(read_three(rows), expected) <= 7


@pytest.mark.parametrize("blank", BLANKS)
def test_the_unit_between_label_and_numbers_belongs_to_no_column(blank: tuple[int, ...]) -> None:
    rows = tables()[T3]
    expected = blanked(rows, blank)
    for row in rows[3:]:
        row.insert(len(row) - 7, "件")
    assert never_wrong(read_three(rows), expected) == 0


@pytest.mark.parametrize("place", range(7))
def test_a_cut_label_beside_a_lost_cell_is_ambiguous(place: int) -> None:
    rows = tables()[T3]
    expected = blanked(rows, ())
    label = spanned(rows[AT + 1][0])[0]
    rows[AT + 1][:1] = list(cut(label, 2))
    del rows[AT + 1][2 + place]
    found = read_three(rows)
    assert never_wrong(found, expected) == 7
    law = "application.result.not_open.law_prohibited"
    assert {found[f"{law}:{name}"][1] for name in forms.COLUMNS} == {"ambiguous"}


def test_words_in_the_place_of_the_first_number_stay_there() -> None:
    rows = tables()[T3]
    rows[AT + 1][1] = "详见附件"
    report = read_three(rows)
    law = "application.result.not_open.law_prohibited"
    assert report[f"{law}:natural_person"] == (None, Status.TEXT.value)
    assert report[f"{law}:total"][0] == truth()[f"{law}:total"]


def test_a_stray_cell_behind_numbers_that_sum_up_does_no_harm() -> None:
    given = dict.fromkeys((f"{ROW}:{name}" for name in forms.COLUMNS), "0")
    given |= {f"{ROW}:natural_person": "4", f"{ROW}:org.other": "2", f"{ROW}:total": "6"}
    rows = tables(given=given)[T3]
    rows[AT].append("")
    found = read_three(rows)
    assert [found[f"{ROW}:{name}"][0] for name in forms.COLUMNS] == [4, 0, 0, 0, 0, 2, 6]


def test_the_rest_of_a_label_that_is_misspelt_moves_no_number() -> None:
    rows = tables()[T3]
    expected = blanked(rows, (6,))
    lead: list[Item] = ["2.其他法律行政法规", "禁止公幵"]
    rows[AT + 1][:1] = lead
    assert never_wrong(read_three(rows), expected) <= 7
