"""Grey seals are taken off scans, the print below them is not."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("cv2")


def sheet() -> Any:
    import cv2
    import numpy as np

    image = np.full((900, 800), 255, np.uint8)
    for x in range(100, 701, 100):
        cv2.line(image, (x, 100), (x, 800), 20, 2)
    for y in range(100, 801, 50):
        cv2.line(image, (100, y), (700, y), 20, 2)
    for x in range(140, 700, 100):
        for y in range(134, 800, 50):
            cv2.putText(image, "0", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2, cv2.LINE_AA)
    return image


def test_a_grey_seal_is_taken_off_and_the_print_below_it_stays() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.grey_seals import without_grey_seals

    printed = sheet()
    seal = np.full_like(printed, 255)
    cv2.circle(seal, (400, 500), 110, 160, 8, cv2.LINE_AA)
    stamped = np.minimum(printed, seal)
    cleared, where = without_grey_seals(stamped)
    assert ((stamped < 230) != (printed < 230)).sum() > 3_000
    assert ((cleared < 230) != (printed < 230)).sum() < 400
    assert ((cleared < 100) != (printed < 100)).sum() < 200
    assert where[500 - 110, 400]
    assert not where[:350].any()


def test_a_sheet_without_a_seal_and_one_with_grey_rules_stay_as_they_are() -> None:
    import numpy as np

    from govcrawl.documents.scanned.grey_seals import without_grey_seals

    printed = sheet()
    rules = np.zeros(printed.shape, bool)
    rules[100:801:50, 100:700] = rules[100:800, 100:701:100] = True
    grey = printed.copy()
    grey[rules] = 165
    for image in (printed, grey):
        cleared, where = without_grey_seals(image)
        assert not where.any()
        assert (cleared == image).all()


def test_what_was_taken_off_within_a_cell_may_have_been_print() -> None:
    import numpy as np

    from govcrawl.documents.scanned.grey_seals import may_hide_print

    cell = np.zeros((40, 60), np.uint8)
    assert not may_hide_print(cell)
    cell[:, 20:28] = 1
    assert not may_hide_print(cell)
    cell[12:26, 40:50] = 1
    assert may_hide_print(cell)
