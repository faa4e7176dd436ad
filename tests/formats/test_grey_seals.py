"""Grey seals are taken off scans, the print below them is not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.formats.scans.sheets import sheet

pytest.importorskip("cv2")


def test_a_grey_seal_is_taken_off_and_the_print_below_it_stays() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.grey_seals import without_grey_seals

    printed = sheet("0", 6, 14)
    seal = np.full_like(printed, 255)
    cv2.circle(seal, (400, 500), 110, 160, 8, cv2.LINE_AA)
    stamped = np.minimum(printed, seal)
    cleared, where, *_ = without_grey_seals(stamped)
    assert ((stamped < 230) != (printed < 230)).sum() > 3_000
    assert ((cleared < 230) != (printed < 230)).sum() < 400
    assert ((cleared < 100) != (printed < 100)).sum() < 200
    assert where[500 - 110, 400]
    assert not where[:350].any()


def test_a_seal_over_dense_print_and_a_pale_rule_is_taken_off_and_hairlines_beside_it_stay() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.grey_seals import without_grey_seals

    printed = sheet("0", 6, 14)
    cv2.line(printed, (100, 830), (700, 830), 150, 1)
    for y in range(112, 800, 8):  # soft edges of dense print, down the page in one column
        printed[y : y + 2, 420:432] = 150
    hair = np.s_[670:672, 352:368]
    printed[hair] = 160  # as grey as the seal
    seal = np.full_like(printed, 255)
    cv2.circle(seal, (430, 725), 110, 160, 8, cv2.LINE_AA)
    cleared, where, bold, *_ = without_grey_seals(np.minimum(printed, seal))
    assert where[725 - 110, 430]
    assert ((cleared < 230) & (printed >= 230)).sum() < 400
    assert ((cleared >= 200) & (printed < 100)).sum() == 0
    assert (cleared[hair] == 160).all()
    assert (bold[where > 0] == 255).mean() > 0.5
    assert (bold[printed == 20] == 20).all()


def test_a_number_is_beside_a_seal_where_that_lay_near_or_something_pale_is_left() -> None:
    import numpy as np

    from govcrawl.documents.scanned.pale import is_sealed

    seals, pale = np.zeros((2, 60, 90), np.uint8)
    seals[:, 70:] = 1
    assert is_sealed(seals, pale, (50, 20, 65, 35))
    assert not is_sealed(seals, pale, (30, 20, 45, 35))
    pale[25, 40] = 1
    assert is_sealed(seals, pale, (30, 20, 45, 35))


@pytest.mark.parametrize(
    ("bold", "certain"), [(("25", 0.99), True), (("25", 0.8), False), (("26", 0.99), False)]
)
def test_a_number_near_a_seal_is_certain_where_the_print_alone_is_read_alike(
    monkeypatch: pytest.MonkeyPatch, bold: tuple[str, float], certain: bool
) -> None:
    import numpy as np

    from govcrawl.documents.scanned import readings
    from govcrawl.documents.scanned.lines import CellLine

    answers = iter([[("25", 0.99)], [("25", 0.99)], [], [bold]])
    monkeypatch.setattr(readings, "read_lines", lambda _: next(answers))
    image = np.full((40, 60), 255, np.uint8)
    image[10:30, 10:22] = image[10:30, 26:38] = 20
    line = CellLine((10, 10, 38, 30), (image[10:30, 10:38] < 100).astype(np.uint8), image)
    page = readings.first_read(image, [line], [True], 20, {0: image})
    assert readings.read(page, readings.shapes_of([page])) == [("25", certain)]


def test_a_sheet_without_a_seal_and_one_with_grey_rules_stay_as_they_are() -> None:
    import numpy as np

    from govcrawl.documents.scanned.grey_seals import without_grey_seals

    printed = sheet("0", 6, 14)
    rules = np.zeros(printed.shape, bool)
    rules[100:801:50, 100:700] = rules[100:800, 100:701:100] = True
    grey = printed.copy()
    grey[rules] = 165
    for image in (printed, grey):
        cleared, where, *_ = without_grey_seals(image)
        assert not where.any()
        assert (cleared == image).all()


def test_what_was_taken_off_within_a_cell_may_have_been_print() -> None:
    import numpy as np

    from govcrawl.documents.scanned.grey_seals import may_hide_print

    cell, blank = np.zeros((2, 40, 60), np.uint8)
    assert not may_hide_print(cell, blank)
    cell[:, 20:28] = 1
    assert not may_hide_print(cell, blank)
    cell[12:26, 40:50] = 1
    assert may_hide_print(cell, blank)
    assert may_hide_print(blank, cell)


def test_a_number_beside_something_that_was_taken_out_of_its_cell_is_unsure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import numpy as np

    from govcrawl.documents.printed.ruled import RuledTable
    from govcrawl.documents.printed.slots import Slot
    from govcrawl.documents.scanned import readings
    from govcrawl.documents.scanned.cells import cells_in
    from govcrawl.documents.scanned.grey_seals import Unsealed

    monkeypatch.setattr(readings, "read_lines", lambda pictures: [("2", 0.99)] * len(pictures))
    image = np.full((60, 100), 255, np.uint8)
    image[20:40, 60:72] = 20
    seals = np.zeros_like(image)
    table = RuledTable([0.0, 48.0], [0.0, 28.8], [Slot(0, 0, 1, 1)])
    assert list(cells_in(Unsealed(image, seals, image, seals, np.zeros_like(seals)), [table]).unsure) == [
        False
    ]
    seals[20:40, 20:32] = 1
    assert list(cells_in(Unsealed(image, seals, image, seals, np.zeros_like(seals)), [table]).unsure) == [
        True
    ]


def drawn_cell(*strokes: tuple[int, int, int, int]) -> Any:
    """A cell of 100 by 60 pixels within its borders, and strokes in it: left, top, right, bottom."""
    import numpy as np

    image = np.full((60, 100), 255, np.uint8)
    image[:2] = image[-2:] = image[:, :2] = image[:, -2:] = 20
    for left, top, right, bottom in strokes:
        image[top:bottom, left:right] = 20
    return image


ONE = (60, 20, 64, 40)


@pytest.mark.parametrize(
    ("strokes", "sure"),
    [
        ([ONE], True),
        ([(66, 20, 98, 40)], False),  # comes in over the border to the right
        ([(72, 20, 93, 40)], True),  # stands near to it
        ([ONE, (60, 48, 64, 58)], False),  # comes in below
        ([(56, 6, 64, 20), (50, 26, 54, 44)], False),  # two lines, and no word in them
    ],
)
def test_a_stroke_of_something_else_in_a_cell_makes_its_number_unsure(
    monkeypatch: pytest.MonkeyPatch, strokes: list[tuple[int, int, int, int]], sure: bool
) -> None:
    import numpy as np

    from govcrawl.documents.printed.ruled import RuledTable
    from govcrawl.documents.printed.slots import Slot
    from govcrawl.documents.scanned import readings
    from govcrawl.documents.scanned.cells import cells_in, glyphs_of
    from govcrawl.documents.scanned.grey_seals import Unsealed

    monkeypatch.setattr(readings, "read_lines", lambda pictures: [("1", 0.99)] * len(pictures))
    image = drawn_cell(*strokes)
    table = RuledTable([0.0, 48.0], [0.0, 28.8], [Slot(0, 0, 1, 1)])
    cells = cells_in(Unsealed(image, *(np.zeros_like(image),) * 4), [table])
    glyphs = list(glyphs_of(cells, readings.shapes_of([cells.lines])))
    assert glyphs
    assert all(not glyph.uncertain for glyph in glyphs) is sure
