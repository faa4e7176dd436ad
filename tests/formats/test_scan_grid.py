"""The grid of a scanned table whose rules are broken, covered, or in line with signs."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from govcrawl.documents.scanned import engine

pytestmark = pytest.mark.skipif(not engine._is_installed(), reason="without the extra ocr")

XS = (60, 200, 340, 480, 580)
YS = tuple(range(80, 481, 40))
SPAN = 4  # the row whose second and third cell are one


def a_page() -> Any:
    import cv2
    import numpy as np

    page = np.full((560, 640), 255, np.uint8)
    for y in YS:
        cv2.line(page, (XS[0], y), (XS[-1], y), 20, 2)
    for x in XS:
        cv2.line(page, (x, YS[0]), (x, YS[-1]), 20, 2)
    page[YS[SPAN] + 3 : YS[SPAN + 1] - 2, XS[2] - 3 : XS[2] + 4] = 255
    return page


def cells(page: Any) -> tuple[set[tuple[int, int, int, int]], int]:
    import numpy as np

    from govcrawl.documents.scanned.ruling import ruled_page

    found = ruled_page(page, np.zeros_like(page))
    [table] = found.tables
    return {(own.row, own.column, own.height, own.width) for own in table.slots}, len(found.unsure)


def whole() -> set[tuple[int, int, int, int]]:
    single = {(row, column, 1, 1) for row in range(len(YS) - 1) for column in range(len(XS) - 1)}
    return single - {(SPAN, 1, 1, 1), (SPAN, 2, 1, 1)} | {(SPAN, 1, 1, 2)}


def test_short_gaps_all_along_a_rule_are_closed() -> None:
    page = a_page()
    for number, x in enumerate(XS):
        for y in YS[number:-1:2]:
            for gap in (12, 24):
                page[y + gap : y + gap + 5, x - 3 : x + 4] = 255
    for x in range(XS[0] + 20, XS[-1], 47):
        for y in YS:
            page[y - 3 : y + 4, x : x + 5] = 255
    assert cells(page) == (whole(), 0)


def test_a_stroke_in_line_with_a_column_parts_no_cell_but_makes_it_unsure_between_two_that_are() -> None:
    page = a_page()
    page[YS[SPAN] + 11 : YS[SPAN] + 30, XS[2] - 1 : XS[2] + 1] = 20
    found, unsure = cells(page)
    assert unsure == 1  # the only row without the rule, and half of it is there
    for row in (SPAN - 1, SPAN + 1):
        page[YS[row] + 3 : YS[row + 1] - 2, XS[2] - 3 : XS[2] + 4] = 255
    found, unsure = cells(page)
    assert {(row, 1, 1, 2) for row in (SPAN - 1, SPAN, SPAN + 1)} <= found
    assert unsure == 0


def test_half_a_piece_is_a_rule_where_the_rows_above_and_below_have_it() -> None:
    page = a_page()
    page[YS[7] + 17 : YS[8] - 1, XS[2] - 3 : XS[2] + 4] = 255
    page[YS[7] + 22 : YS[7] + 27, XS[2] - 1 : XS[2] + 1] = 20
    assert cells(page) == (whole(), 0)


def test_strokes_of_signs_that_run_into_the_border_beside_them_part_no_cell() -> None:
    import numpy as np

    from govcrawl.documents.printed import Glyph, blocks_of_pages
    from govcrawl.documents.scanned.ruling import ruled_page
    from govcrawl.documents.scanned.straight import POINTS
    from govcrawl.model import Table

    page = a_page()
    top, middle, bottom = YS[6], YS[6] + 20, YS[7]
    page[middle - 1 : middle + 1, XS[0] + 65 : XS[1]] = 20  # as of 全一 at the end of a line
    found = ruled_page(page, np.zeros_like(page)).page
    assert not [rule for rule in found.across if top + 4 < rule.at / POINTS < bottom - 4]
    for sign, y in (("上", top + 4), ("下", middle + 3)):
        found.glyphs.append(Glyph(sign, 90 * POINTS, y * POINTS, 104 * POINTS, (y + 14) * POINTS))
    [table] = [block for block in blocks_of_pages([found])[0] if isinstance(block, Table)]
    assert len(table.grid.rows) == len(YS) - 1
    assert table.grid.rows[6][0].text == "上下"


def test_rules_run_on_where_a_table_is_open_at_its_side() -> None:
    import numpy as np

    from govcrawl.documents.scanned.ruling import ruled_page
    from govcrawl.documents.scanned.straight import POINTS

    page = a_page()
    for top, bottom in pairwise(YS):
        page[top + 3 : bottom - 2, : XS[0] + 4] = 255
    found = ruled_page(page, np.zeros_like(page)).page
    for y in YS:
        assert min(rule.start for rule in found.across if abs(rule.at / POINTS - y) < 3) < XS[0] * POINTS + 5


def test_brackets_below_each_other_are_no_rule() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.printed import Rule
    from govcrawl.documents.scanned.ridges import Ridges
    from govcrawl.documents.scanned.straight import POINTS

    page = a_page()
    for row in (0, 3, 6, 9):
        cv2.ellipse(page, (280, YS[row] + 20), (4, 13), 0, -80, 80, 20, 2, cv2.LINE_AA)
    rules = [Rule(x * POINTS, YS[0] * POINTS, YS[-1] * POINTS) for x in XS]
    ridges = Ridges(page, np.zeros_like(page), rules)
    steps = [(top * POINTS, bottom * POINTS) for top, bottom in pairwise(YS)]
    found = [round(at / POINTS) for at in ridges.places(steps, 0, 600 * POINTS)]
    assert [x for x in found if x > XS[0]] == list(XS[1:])


def test_a_stroke_beside_a_rule_that_is_drawn_is_none() -> None:
    from govcrawl.documents.printed import Rule
    from govcrawl.documents.scanned.grid import _places

    drawn = [Rule(10, 0, 90), Rule(40, 0, 90)]
    assert _places(drawn, [10, 26, 37, 40], [0, 90]) == [10, 26, 40]
    assert _places([*drawn, Rule(37, 0, 90)], [10, 37, 40], [0, 90]) == [10, 37, 40]


def test_strokes_of_signs_beside_a_table_are_no_rules() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.printed import PrintedPage, Rule
    from govcrawl.documents.scanned.leftover import drop_strokes_of_signs, tables_of_rules
    from govcrawl.documents.scanned.ruling import ruled_page

    page = cv2.copyMakeBorder(a_page(), 0, 300, 0, 0, cv2.BORDER_CONSTANT, value=255)
    for y in (700, 712, 724):
        cv2.line(page, (300, y), (360, y), 20, 2)
    cv2.line(page, (330, 700), (330, 724), 20, 2)
    ruled = ruled_page(page, np.zeros_like(page))
    assert len(ruled.tables) == 1
    assert max(rule.at for rule in ruled.page.across) < YS[-1]

    made = PrintedPage(600, 800)
    made.across = [Rule(100, 50, 550), Rule(300, 200, 240), Rule(310, 210, 240), Rule(500, 50, 550)]
    made.down = [Rule(60, 100, 130), Rule(225, 300, 310), Rule(90, 600, 700)]
    assert tables_of_rules([], made) == []
    drop_strokes_of_signs(made, [])
    assert made.across == [Rule(100, 50, 550), Rule(500, 50, 550)]
    assert made.down == [Rule(60, 100, 130), Rule(90, 600, 700)]


def test_a_hairline_between_two_rows_of_pixels_is_as_dark_as_the_others() -> None:
    import numpy as np

    from govcrawl.documents.scanned.ruling import _strokes

    page = np.full((400, 300), 255, np.uint8)
    for x in (20, 50, 150, 200):
        page[40:360, x] = 95
    page[40:360, 249:251] = 177  # the same light, parted between two
    page[40:360, 100:108] = 185  # as broad and pale as the strokes of a seal
    assert {round(rule.at / 0.48) for rule in _strokes(page, 40, down=True)} == {20, 50, 150, 200, 250}


def test_a_table_with_cells_that_hold_no_sign_is_none_of_the_forms() -> None:
    from govcrawl.documents.printed import PrintedPage
    from govcrawl.documents.printed.ruled import RuledTable
    from govcrawl.documents.printed.slots import Slot
    from govcrawl.documents.scanned.ruling import _fits

    def fits(*xs: float) -> int:
        slots = [Slot(row, column, 1, 1) for row in range(2) for column in range(len(xs) - 1)]
        return _fits(RuledTable(list(xs), [0, 20, 40], slots), PrintedPage(595, 842))

    assert fits(50, 180, 300, 420, 540) == 1
    assert fits(50, 180, 185, 420, 540) == 0
    assert fits(50, 180, 185) == -1


def test_a_table_that_the_image_cuts_off_has_its_last_column() -> None:
    import numpy as np

    from govcrawl.documents.scanned.cells import _is_cut

    page = a_page()[:, : XS[-1] - 8]
    assert cells(page) == (whole(), 0)
    cut = a_page()[:, XS[0] + 8 :]
    assert len(cells(cut)[0]) == len(whole())

    ink = np.zeros((40, 200), np.uint8)
    assert _is_cut(ink, (150, 10, 195, 30))
    assert _is_cut(ink, (4, 10, 60, 30))
    assert not _is_cut(ink, (60, 10, 150, 30))
    ink[:, 198] = 1
    assert not _is_cut(ink, (150, 10, 195, 30))


@pytest.mark.parametrize(("dash", "gap"), [(3, 3), (8, 5), (2, 4)])
def test_dashed_and_dotted_rules_are_drawn_through_and_signs_are_not(dash: int, gap: int) -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.dashes import drawn_through
    from govcrawl.documents.scanned.ruling import strokes_of

    solid = a_page()
    page = np.full_like(solid, 255)
    for length, axis in ((60, 1), (36, 0)):
        shape = (1, length) if axis else (length, 1)
        rules = cv2.morphologyEx((solid < 128).astype(np.uint8), cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        at = np.arange(solid.shape[axis]) % (dash + gap) < dash
        page[(rules > 0) & (at if axis else at[:, None])] = 20
    assert cells(drawn_through(page, strokes_of(page))) == (whole(), 0)

    words = np.full((400, 700), 255, np.uint8)
    for y in range(40, 400, 40):
        cv2.putText(words, "-- 1111 ---- EEEE ==== HHHH", (20, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2)
    assert drawn_through(words, strokes_of(words)) is words
    assert drawn_through(solid, strokes_of(solid)) is solid


@pytest.mark.parametrize(("sign", "step"), [("1", 32), ("卜", 27)])
def test_signs_one_below_the_other_in_low_rows_make_no_dashed_rule(sign: str, step: int) -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.dashes import drawn_through
    from govcrawl.documents.scanned.ruling import strokes_of

    page = np.full((500, 500), 255, np.uint8)
    for y in range(40, 440, step):
        if sign == "1":
            cv2.line(page, (40, y), (460, y), 20, 2)
        for x in range(80, 460, 60):
            cv2.line(page, (x, y + 7), (x, y + 26), 20, 2)
            if sign == "卜":
                cv2.line(page, (x, y + 14), (x + 9, y + 14), 20, 2)
    assert drawn_through(page, strokes_of(page)) is page
