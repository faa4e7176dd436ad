"""Round seals scanned in grey are taken off with their signs, print within them is not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.formats.scans.sheets import sheet

pytest.importorskip("cv2")

PLACE = (430, 470)
MINUS = (slice(424, 427), slice(424, 434))


def seal(grey: int = 130) -> Any:
    """A rim, a star and strokes as thin as print between them."""
    import cv2
    import numpy as np

    image = np.full((1_000, 900), 255, np.uint8)
    cv2.circle(image, PLACE, 110, grey, 7, cv2.LINE_AA)
    for angle in range(150, 391, 20):
        across = np.radians(angle)
        x, y = round(PLACE[0] + 84 * np.cos(across)), round(PLACE[1] + 84 * np.sin(across))
        cv2.putText(image, "X", (x - 8, y + 8), cv2.FONT_HERSHEY_SIMPLEX, 0.7, grey, 1, cv2.LINE_AA)
    points = [
        (
            PLACE[0] + (34, 13)[n % 2] * np.sin(np.pi * n / 5),
            PLACE[1] - (34, 13)[n % 2] * np.cos(np.pi * n / 5),
        )
        for n in range(10)
    ]
    cv2.fillPoly(image, [np.array(points).round().astype(np.int32)], grey, cv2.LINE_AA)
    return image


def under(printed: Any, over: Any) -> Any:
    """Both inks on one sheet, each of which takes its share of the light."""
    import numpy as np

    return (printed.astype(np.float32) * over / 255).astype(np.uint8)


@pytest.mark.parametrize("grey", [110, 130, 165])
def test_a_round_seal_goes_with_its_signs_and_print_within_stays(grey: int) -> None:
    from govcrawl.documents.scanned.grey_seals import without_grey_seals

    printed = sheet("25", 7, 16, minus=True)
    stamped = under(printed, seal(grey))
    cleared, where, bold, others, lost = without_grey_seals(stamped)
    assert ((stamped < 200) != (printed < 200)).sum() > 5_000
    assert ((cleared < 200) & (printed >= 200)).sum() < 400
    assert ((cleared >= 200) & (printed < 60)).sum() == 0
    assert ((bold >= 200) & (printed < 40)).sum() == 0
    assert not others.any()
    assert not (lost.astype(bool) & (printed < 100)).any()
    assert where[(seal(grey) < 200) & (printed == 255)].mean() > 0.9
    assert not where[:340].any()


def test_where_minuses_are_as_pale_as_the_seal_all_that_is_taken_off_may_have_been_print() -> None:
    import numpy as np

    from govcrawl.documents.scanned.grey_seals import without_grey_seals

    printed = sheet("25", 7, 16, minus=True)
    for y in (184, 434):
        own = printed[y - 10 : y - 7]
        own[:] = np.where(own == 20, 145, own)
    cleared, _, _, _, lost = without_grey_seals(under(printed, seal()))
    assert (printed[MINUS] == 145).all()
    assert (cleared[MINUS] == 255).all()
    assert lost[MINUS].all()
    assert lost.sum() > 500
    assert without_grey_seals(under(sheet("25", 7, 16, minus=True), seal())).lost.sum() < 100


def test_a_pale_minus_that_only_the_seal_covers_makes_its_cell_unsure() -> None:
    from govcrawl.documents.scanned.grey_seals import without_grey_seals

    printed = sheet("25", 7, 16, minus=True)
    assert (printed[MINUS] == 20).all()
    printed[MINUS] = 145
    cleared, _, _, _, lost = without_grey_seals(under(printed, seal()))
    assert (cleared[MINUS] == 255).all()
    assert lost[MINUS].all()


def test_circles_of_print_and_sheets_whose_print_is_pale_hold_no_round_seal() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.grey_seals import without_grey_seals

    dark = sheet("25", 7, 16, minus=True)
    cv2.circle(dark, PLACE, 110, 20, 7, cv2.LINE_AA)
    cleared, where, *_ = without_grey_seals(dark)
    assert not where.any()
    assert (cleared == dark).all()
    pale = np.maximum(sheet("25", 7, 16, minus=True), 130)
    cleared, where, *_ = without_grey_seals(pale)
    assert not where.any()
    assert (cleared == pale).all()
