"""Lines of a cell on a scan: set so tightly that some of their signs meet, they are several all the same."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("cv2")

SIZE = 20


def drawn(*tops: int, bracket: bool = False) -> Any:
    """Ink of lines of five signs each, before the last of them a bracket as high as it and the one above."""
    import numpy as np

    ink = np.zeros((140, 160), np.uint8)
    for top in tops:
        for left in range(10, 140, 26):
            ink[top : top + SIZE, left : left + 18] = 1
            ink[top + 4 : top + 16, left + 4 : left + 14] = 0
    if bracket:
        ink[tops[0] : tops[-1] + SIZE, 145:148] = 1
    return ink


def boxes(ink: Any) -> list[tuple[int, int]]:
    import numpy as np

    from govcrawl.documents.scanned.lines import lines_in

    image = np.where(ink > 0, 20, 255).astype(np.uint8)
    return [(line.box[1], line.box[3]) for line in lines_in(image, ink, (0, 0, 160, 140), SIZE)]


def test_lines_that_only_a_bracket_joins_are_parted() -> None:
    found = boxes(drawn(10, 34, 58, bracket=True))
    assert len(found) == 3
    for (top, bottom), wanted in zip(found, (10, 34, 58), strict=True):
        assert wanted - 4 <= top <= wanted
        assert wanted + SIZE <= bottom <= wanted + SIZE + 4


def test_what_has_ink_in_all_rows_is_one_line_and_white_rows_part_two() -> None:
    assert boxes(drawn(10)) == [(10, 10 + SIZE)]
    assert boxes(drawn(10, 40)) == [(10, 10 + SIZE), (40, 40 + SIZE)]
    rim = drawn(10) * 0
    rim[10:90, 30:34] = 1
    assert boxes(rim) == [(10, 90)]


def test_dots_along_a_border_are_left_of_its_rule_and_what_stands_higher_is_print() -> None:
    import numpy as np

    from govcrawl.documents.scanned.ink import without_rules

    cell = np.zeros((40, 60), np.uint8)
    cell[12:28, 20:30] = 1
    printed = cell.copy()
    cell[0, 10:50:3] = cell[-1, 5:8] = cell[4:30:5, -1] = cell[10:12, 0] = 1
    assert (without_rules(cell) == printed).all()
    printed[:2, 40:42] = printed[20, 10:16] = 1
    assert (without_rules(printed) == printed).all()
