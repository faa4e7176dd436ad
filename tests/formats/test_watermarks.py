"""Large pale marks over a scan are made white, the print below them is not; where none are, nothing changes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.formats.scans.sheets import sheet

pytest.importorskip("cv2")


def strokes(grey: int, thick: int = 16, *, many: bool = True) -> Any:
    """Slanted strokes over all of a sheet, or only a few of them."""
    import cv2
    import numpy as np

    image = np.full(sheet("25", 7, 16).shape, 255, np.uint8)
    for y in range(60, 1_000, 110 if many else 2_000):
        for x in range(40, 860, 120):
            cv2.line(image, (x, y), (x + 90, y - 55), grey, thick, cv2.LINE_AA)
    return image


@pytest.mark.parametrize("grey", [130, 150, 200])
def test_print_is_left_alone_where_a_watermark_lay_over_it(grey: int) -> None:
    import numpy as np

    from govcrawl.documents.scanned.watermarks import without_marks

    printed = sheet("25", 7, 16)
    noise = np.random.default_rng(1).normal(0, 3, printed.shape)
    seen = np.clip(np.minimum(printed, strokes(grey)) + noise, 0, 255).astype(np.uint8)
    cleared = without_marks(seen).image
    assert ((seen < 215) & (printed > 250)).sum() > 30_000
    assert ((cleared < 215) & (printed > 250)).sum() < 100
    assert ((cleared > 128) & (printed < 40)).sum() == 0


def test_a_sheet_without_large_marks_stays_as_it_is() -> None:
    import numpy as np

    from govcrawl.documents.scanned.watermarks import without_marks

    printed = sheet("25", 7, 16)
    thin, few, dark = strokes(150, 5), strokes(150, many=False), strokes(60)
    for over in (printed, thin, few, dark):
        seen = np.minimum(printed, over)
        assert (without_marks(seen).image == seen).all()
        assert not without_marks(seen).marks.any()


def under_a_mark(*strokes_of_print: tuple[int, int, int, int], grey: int = 20) -> Any:
    """A sheet under marks of which one ends at (300, 300), with strokes: left, top, right, bottom."""
    import numpy as np

    image = strokes(150)
    image[200:420, 150:600] = 255
    image[290:316, 180:300] = 150
    for left, top, right, bottom in strokes_of_print:
        image[top:bottom, left:right] = np.minimum(image[top:bottom, left:right], grey)
    return image


@pytest.mark.parametrize(
    ("minus", "line", "marked"),
    [
        (None, (304, 292, 316, 312), False),
        ((288, 301, 297, 304), (304, 292, 316, 312), True),  # hardly darker than the mark below it
        ((288, 301, 297, 304), (340, 292, 352, 312), False),
    ],
)
def test_a_number_beside_what_was_taken_off_with_a_mark_may_lack_its_minus(
    minus: tuple[int, int, int, int] | None, line: tuple[int, int, int, int], marked: bool
) -> None:
    import numpy as np

    from govcrawl.documents.scanned.watermarks import is_marked, without_marks

    image = under_a_mark(line)
    if minus:
        left, top, right, bottom = minus
        image[top:bottom, left:right] = 125
    page = without_marks(image)
    assert page.marks[300, 250]
    left, top, right, bottom = line
    ink = np.zeros((bottom - top, right - left), np.uint8)
    ink[:, :] = 1
    assert is_marked(page, line, ink, 20) is marked


def test_small_strokes_and_a_lone_one_where_a_mark_lay_may_be_its_remains() -> None:
    import numpy as np

    from govcrawl.documents.scanned.watermarks import is_marked, without_marks

    page = without_marks(under_a_mark())
    digits = np.zeros((20, 30), np.uint8)
    digits[:, :12] = digits[:, 16:28] = 1
    assert not is_marked(page, (220, 292, 250, 312), digits, 20)
    digits[:17, 16:28] = 0
    assert is_marked(page, (220, 292, 250, 312), digits, 20)
    one = np.ones((20, 3), np.uint8)
    assert is_marked(page, (220, 292, 223, 312), one, 20)
    assert not is_marked(page, (420, 292, 423, 312), one, 20)


def test_an_empty_cell_that_a_minus_may_have_stood_in_is_not_blank() -> None:
    from govcrawl.documents.scanned.watermarks import hid_print, without_marks

    image = under_a_mark()
    cell = (190, 285, 290, 320)
    assert not hid_print(without_marks(image), cell)
    image[301:304, 230:242] = 125
    assert hid_print(without_marks(image), cell)
