"""A table of known markup is read by its numbers alone, and to the same grid."""

from __future__ import annotations

from functools import partial

import pytest

from govcrawl.documents import read_document
from govcrawl.documents.apart import _sound_grid
from govcrawl.documents.grid import MAX_COLUMNS
from govcrawl.documents.met_tables import _frame, _met, grid_of_met
from govcrawl.model import Grid, Table
from tests.quality.corpus import samples

PLAIN = '<table><tr><td rowspan="2">名</td><td><p>{}</p></td></tr><tr><td colspan="1">{}</td></tr></table>'
LONG = "长" * 301


def table(first: object, second: object, form: str = PLAIN) -> bytes:
    return form.format(first, second).encode()


@pytest.mark.parametrize(
    "form",
    [
        PLAIN,
        "<table><tr><td>名</td><td><span>{}</span><span>{}</span></td></tr></table>",
        "<table><tr><td>名</td><td>{}<br>{}</td></tr></table>",
        "<table><tr><td>名 {}</td><td>{}件</td></tr></table>",
        f"<table><tr><td>{LONG}</td><td>{{}}</td></tr><tr><td>名</td><td>{{}}</td></tr></table>",
        "<table>{}<tr><td>名</td><td>{}</td></tr></table>",
        '<table><tr><td>名</td><td rowspan="2" colspan="2">{}</td></tr><tr><td>{}</td></tr></table>',
        "<table><tr><td>{}</td></tr><tr><td>{}</td></tr></table>",
        "<table><tr><td>名</td><td>9041{}</td></tr><tr><td>90410001</td><td>{}</td></tr></table>",
    ],
)
def test_the_same_grid_comes_of_it(form: str) -> None:
    for numbers in ((0, 0), (3, 12), (12345678, 5), (123456789, 7), ("", 4), (90410001, 90410000)):
        source = table(*numbers, form)
        assert grid_of_met(source, _sound_grid) == _sound_grid(source)


def test_a_cell_over_several_slots_is_one() -> None:
    source = table(
        5, 6, "<table><tr><td>名</td><td colspan='2'>{}</td></tr><tr><td>a</td><td>{}</td></tr></table>"
    )
    for number in (b"5", b"8"):
        grid = grid_of_met(source.replace(b">5<", b">%b<" % number), _sound_grid)
        assert grid is not None
        assert grid.rows[0][1] is grid.rows[0][2]
        assert grid.rows[0][1].text == number.decode()


def test_only_the_first_two_of_a_markup_are_read_whole() -> None:
    _met.cache_clear()
    _frame.cache_clear()
    read: list[bytes] = []

    def noted(source: bytes) -> Grid | None:
        read.append(source)
        return _sound_grid(source)

    grids = [grid_of_met(table(number, 2 * number), noted) for number in range(5)]
    assert [grid.rows[0][1].text for grid in grids if grid] == ["0", "1", "2", "3", "4"]
    assert read[0] == table(0, 0)
    assert len(read) == 2  # the second with stand-ins for its numbers


def test_a_limit_that_is_met_is_told_each_time() -> None:
    wide = (
        "<table><tr><td>名</td>"
        + "<td>{}</td>" * 2
        + "<td>x</td>" * MAX_COLUMNS
        + "</tr><tr><td>a</td></tr></table>"
    )
    page = "<html><body><h1>总体情况</h1><p>文字。</p>{}</body></html>"
    for number in (1, 2):
        document = read_document(page.format(table(number, 3, wide).decode()).encode())
        assert any(defect.kind == "page_cut" for defect in document.defects)


def test_hidden_parts_beside_the_tables_stay_hidden() -> None:
    hidden = '<div style="display:none"><p>不显示的文字</p></div>'
    for sample in samples()[::36]:
        plain = read_document(sample.content)
        page = sample.content.replace(b"</body>", hidden.encode() + b"</body>", 1)
        found = read_document(page)
        assert [block for block in found.blocks if isinstance(block, Table)] == [
            block for block in plain.blocks if isinstance(block, Table)
        ]
        assert found.blocks == plain.blocks, sample.name


def test_what_is_remembered_is_bounded() -> None:
    for number in range(80):
        grid_of_met(table(1, 2, PLAIN.replace("名", f"名{number}号")), partial(_sound_grid))
    assert _frame.cache_info().currsize <= 64
