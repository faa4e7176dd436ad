"""Evidence on scans: noise is no ink, strokes of signs are no rules, signs of all pages tell what each is."""

from __future__ import annotations

from typing import Any

import pytest

from govcrawl.documents.printed import Rule
from govcrawl.documents.scanned import engine
from govcrawl.documents.scanned.drawn import proved
from govcrawl.documents.scanned.straight import POINTS

needs_ocr = pytest.mark.skipif(not engine._is_installed(), reason="without the extra ocr")


@needs_ocr
def test_noise_and_pale_dirt_are_no_ink_and_a_point_is() -> None:
    import numpy as np

    from govcrawl.documents.scanned.ink import ink_of

    rng = np.random.default_rng(1)
    page = np.full((120, 300), 235.0)
    page[50:64, 100:106] = page[61:64, 112:115] = 30
    page[90:93, 200:203] = 190
    ink = ink_of(np.clip(page + rng.normal(0, 14, page.shape), 0, 255).astype(np.uint8))
    assert ink[52:62, 101:105].all()
    assert ink[62, 113]
    ink[49:66, 98:117] = 0
    assert not ink.any()


def pixels(at: float, start: float, end: float) -> Rule:
    return Rule(at * POINTS, start * POINTS, end * POINTS)


@needs_ocr
def test_rules_end_where_only_strokes_of_signs_go_on() -> None:
    import numpy as np

    ink = np.zeros((220, 100), np.uint8)
    ink[50:150, 40:42] = 1
    ink[80:84, 40:42] = 0  # a gap of a poor printer
    for top in (10, 31, 160, 181, 199):
        ink[top : top + 13, 41] = 1  # upright strokes of signs in the cells above and below
    across = [pixels(y, 0, 99) for y in (2, 50, 100, 150, 215)]
    [rule] = proved([pixels(41, 4, 214)], across, ink)
    assert (rule.start, rule.end) == (50 * POINTS, 150 * POINTS)
    assert not list(proved([pixels(41, 158, 212)], across, ink))


def sign(rows: str) -> Any:
    import numpy as np

    shape = np.array([[one == "#" for one in row] for row in rows.split()], np.uint8)
    return shape.repeat(2, axis=0).repeat(2, axis=1)


SEVEN = sign("##### ....# ....# ...#. ...#. ..#.. ..#.. ..#..")
ONE = sign("..#.. .##.. ..#.. ..#.. ..#.. ..#.. ..#.. .###.")
NOUGHT = sign(".###. #...# #...# #...# #...# #...# #...# .###.")


@needs_ocr
def test_a_sign_that_is_rare_on_its_page_is_told_by_those_of_the_others() -> None:
    from govcrawl.documents.scanned.signs import Shapes, Verdict

    def judged(shapes: Shapes, text: str, shape: Any, *, learnt: bool = False) -> Verdict:
        return shapes.judge(text, 255 - 235 * shape, shape, 20, learnt=learnt)

    shapes = Shapes()
    for text, shape, times in (("0", NOUGHT, 5), ("1", ONE, 5), ("7", SEVEN, 1)):
        for _ in range(times):
            shapes.learn(text, 255 - 235 * shape, shape, 20)
    assert judged(shapes, "7", SEVEN, learnt=True) is Verdict.UNKNOWN
    for _ in range(2):
        shapes.learn("7", 255 - 235 * SEVEN, SEVEN, 20)
    assert judged(shapes, "7", SEVEN, learnt=True) is Verdict.SURE
    assert judged(shapes, "1", SEVEN) is Verdict.CONTRADICT
    assert judged(shapes, "8", NOUGHT) is Verdict.CONTRADICT
    larger = SEVEN.repeat(2, axis=0).repeat(2, axis=1)
    assert judged(shapes, "7", larger) is Verdict.SURE  # another size of print


@needs_ocr
def test_a_third_reading_settles_what_the_second_disputes() -> None:
    from govcrawl.documents.scanned.readings import agreed
    from govcrawl.documents.scanned.signs import Verdict

    first, second = ("7", 0.99), ("1", 0.85)
    assert agreed(first, second, Verdict.SURE, ("7", 0.7)) == ("7", True)
    assert agreed(first, second, Verdict.AGREE, ("7", 0.7)) == ("7", False)
    assert agreed(first, second, Verdict.AGREE, ("7", 0.95)) == ("7", True)
    for verdict in Verdict:
        assert agreed(first, second, verdict, ("1", 0.95))[1] is False
        assert agreed(first, second, verdict)[1] is False
    assert agreed(first, second, Verdict.UNKNOWN, ("7", 0.99))[1] is False


@needs_ocr
def test_two_numbers_in_a_cell_are_not_read_as_one() -> None:
    import numpy as np

    from govcrawl.documents.scanned.signs import is_close

    def two(gap: int) -> Any:
        return np.hstack([NOUGHT, np.zeros((NOUGHT.shape[0], gap), np.uint8), NOUGHT])

    assert is_close(two(9), 16)
    assert not is_close(two(16), 16)


def test_long_lines_are_read_few_at_a_time() -> None:
    short, long = (24, 30), (24, 1000)
    found = list(engine.batches([long, short, long, short, long, *[short] * 9]))
    assert sorted(number for batch in found for number in batch) == list(range(14))
    assert [len(batch) for batch in found] == [8, 3, 1, 1, 1]
    assert list(engine.batches([])) == []


def test_a_name_that_two_readings_tell_apart_is_not_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    np = pytest.importorskip("numpy")
    pytest.importorskip("cv2")
    from govcrawl.documents.scanned import prose

    page = np.full((200, 400), 255, np.uint8)
    page[40:60, 30:300] = page[165:185, 30:300] = 0
    given = {
        "first": [("北内镇人民政府", 0.98), ("请联系北内镇", 0.97)],
        "second": [("北门镇人民政府", 0.99)],
    }
    answers = iter(given.values())
    monkeypatch.setattr(prose, "text_boxes", lambda image: [(30, 10, 300, 34)])
    monkeypatch.setattr(prose, "read_lines", lambda images: next(answers)[: len(images)])
    lines = prose.prose_lines(page)
    assert [(line.text, line.score < 0.9) for line in lines] == [
        ("北内镇人民政府", True),
        ("请联系北内镇", False),
    ]


@needs_ocr
def test_a_rule_that_a_seal_runs_into_is_still_one() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.ruling import ruled_page

    page = np.full((900, 640), 255, np.uint8)
    for x in (60, 200, 340, 480, 580):
        cv2.line(page, (x, 80), (x, 680), 20, 2)
    for y in range(80, 681, 40):
        cv2.line(page, (60, y), (580, y), 20, 2)
    cv2.circle(page, (312, 640), 114, 110, 8, cv2.LINE_AA)
    [table] = ruled_page(page, np.zeros_like(page)).tables
    assert (len(table.xs), len(table.ys)) == (5, 16)
