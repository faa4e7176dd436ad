"""Cells of a ruled table on an image, each read by itself: no text can slip into the cell beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from govcrawl.documents.printed import Glyph
from govcrawl.documents.printed.ruled import RuledTable
from govcrawl.documents.scanned.engine import read_lines
from govcrawl.documents.scanned.ink import ink_of, is_surely_empty, without_rules
from govcrawl.documents.scanned.lines import Box, CellLine, lines_in, otherwise, stretches, usual_height
from govcrawl.documents.scanned.pale import is_partly_pale, without_passing_strokes
from govcrawl.documents.scanned.ruling import spread
from govcrawl.documents.scanned.signs import Shapes, Verdict, carries_number, is_at_odds, is_numeric, is_sound
from govcrawl.documents.scanned.straight import POINTS

CERTAIN = 0.90
"""Certainty below which a text is not relied on."""

MAX_LINES = 3_000
UNREAD = "〓"
"""Stands for ink that nothing was read from."""

_INSET = 4
_BORDER = 3  # pixels more where a cell is to be proved empty
_LIKELY = 0.60
_DASH = 5  # pixels: a shorter one may be dirt
_SLANTED = 0.12
_SLASH = 0.2  # no upright or slanted one leans so far
_WITNESSES = 2
_UPRIGHT = frozenset("1lI|/")

Reading = tuple[str, float]


def glyphs_in_cells(image: Any, tables: Sequence[RuledTable]) -> list[Glyph]:
    """What stands in the tables' cells, marked as uncertain where the evidence is not of one mind."""
    boxes = [box for table in tables for box in _boxes(table)]
    image, ink, touched, pale = without_passing_strokes(image, ink_of(image), boxes)
    held = {box: without_rules(ink[box[1] : box[3], box[0] : box[2]]) for box in boxes}
    size = usual_height([bottom - top for own in held.values() for top, bottom in stretches(own)])
    glyphs: list[Glyph] = []
    lines: list[CellLine] = []
    beside: list[bool] = []
    for box, own in held.items():
        found = list(lines_in(image, own, box, size))
        lines += found
        beside += [box in touched or is_partly_pale(pale, line.box) for line in found]
        if not found and not is_surely_empty(_inside(image, box)):
            glyphs.append(_unread(box))
    lines = lines[:MAX_LINES]
    for line, (text, certain) in zip(lines, _read(image, lines, beside[:MAX_LINES], size), strict=True):
        glyphs += spread(text, line.box, uncertain=not certain)
    return glyphs


def _inside(image: Any, box: Box) -> Any:
    left, top, right, bottom = box
    return image[top + _BORDER : bottom - _BORDER, left + _BORDER : right - _BORDER]


def _unread(box: Box) -> Glyph:
    left, top, right, bottom = (length * POINTS for length in box)
    x, y = (left + right) / 2, (top + bottom) / 2
    return Glyph(UNREAD, x - 2, y - 2, x + 2, y + 2, uncertain=True)


def _read(image: Any, lines: Sequence[CellLine], beside: Sequence[bool], size: int) -> list[tuple[str, bool]]:
    """Texts of the lines and whether they are certain; doubtful ones are read a second time.

    Of lines ``beside`` foreign strokes only numbers that their shapes confirm are certain.
    """
    first = read_lines([line.picture for line in lines])
    first = [("".join(text.split()) if len(text) < 3 else text.strip(), score) for text, score in first]
    own = [image[line.box[1] : line.box[3], line.box[0] : line.box[2]] for line in lines]
    shapes = Shapes(size)
    learnt = [score >= CERTAIN and is_numeric(text) for text, score in first]
    for line, picture, (text, _), sure in zip(lines, own, first, learnt, strict=True):
        if sure:
            shapes.learn(text, picture, line.ink)

    def verdict(number: int, text: str) -> Verdict:
        known = learnt[number] and text == first[number][0]
        return shapes.judge(text, own[number], lines[number].ink, learnt=known)

    verdicts = [verdict(number, text) for number, (text, _) in enumerate(first)]
    asked = sorted(_doubtful(first, verdicts) | _witnesses(first))
    again = dict(zip(asked, read_lines([otherwise(lines[n].picture) for n in asked]), strict=True))
    wrong = {first[n][0] for n in asked if _denies(again[n], first[n])}
    if more := [n for n, (text, _) in enumerate(first) if text in wrong and n not in again]:
        again |= zip(more, read_lines([otherwise(lines[n].picture) for n in more]), strict=True)
    found = []
    for number, (line, reading) in enumerate(zip(lines, first, strict=True)):
        text, certain = agreed(reading, again.get(number), verdicts[number])
        foreign = beside[number] and verdicts[number] is not Verdict.AGREE
        found.append(judged(text, certain and not foreign, line.ink, size))
    return found


def _doubtful(readings: Sequence[Reading], verdicts: Sequence[Verdict]) -> set[int]:
    """Numbers of the lines that are read again: unsure ones, and numbers whose shapes do not confirm them."""
    return {
        number
        for number, ((text, score), verdict) in enumerate(zip(readings, verdicts, strict=True))
        if score < CERTAIN or (verdict is not Verdict.AGREE and (carries_number(text) or len(text) < 3))
    }


def _witnesses(readings: Sequence[Reading]) -> set[int]:
    """The least sure lines of each number: were all of a kind misread alike, no shape would tell."""
    alike: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for number, (text, score) in enumerate(readings):
        if len(text) == 1 and is_numeric(text):
            alike[text].append((score, number))
    return {number for own in alike.values() for _, number in sorted(own)[:_WITNESSES]}


def _denies(second: Reading, first: Reading) -> bool:
    return second[0] != first[0] and second[1] >= CERTAIN > _LIKELY and is_numeric(second[0])


def agreed(first: Reading, second: Reading | None, verdict: Verdict) -> tuple[str, bool]:
    """The text of one or two readings of a line, and whether they and the shapes agree on it."""
    text, score = first
    if second is None:
        return text, score >= CERTAIN and (verdict is not Verdict.CONTRADICT)
    other, surety = "".join(second[0].split()) if len(second[0]) < 3 else second[0].strip(), second[1]
    if other == text:
        best, least = max(score, surety), min(score, surety)
        if verdict is Verdict.CONTRADICT:
            return text, least >= CERTAIN
        return text, best >= CERTAIN and (verdict is Verdict.AGREE or least >= _LIKELY)
    if not carries_number(text) and not carries_number(other):
        return text, score >= CERTAIN  # words: the black and white picture is the worse one
    if verdict is Verdict.AGREE:
        return text, score >= CERTAIN and surety < _LIKELY
    return (text if score >= surety else other), False


def judged(text: str, certain: bool, ink: Any, size: int) -> tuple[str, bool]:
    """What a line of a cell is taken for and whether that is certain; ``ink`` is its own, cut to its edges.

    A short stroke is a dash, which the engine knows badly, and a slash is easily read as a one.
    """
    height, width = ink.shape
    if height <= 0.3 * size and 1.8 * height <= width <= 0.75 * size:
        return "-", width >= _DASH
    if not text:
        return UNREAD, False
    if text == "一" and height <= 0.3 * size:
        return "—", certain
    if text in _UPRIGHT and (slant := _slant(ink)) > _SLANTED:
        return "/", text == "/" and certain and slant > _SLASH
    return text, certain and is_sound(text) and not (is_numeric(text) and is_at_odds(text, ink, size))


def _slant(ink: Any) -> float:
    """How far the top of a sign stands to the right of its foot, as a share of its height."""
    third = max(1, ink.shape[0] // 3)
    top, foot = ink[:third].any(axis=0).nonzero()[0], ink[-third:].any(axis=0).nonzero()[0]
    return float(top.mean() - foot.mean()) / ink.shape[0] if len(top) and len(foot) else 0.0


def _boxes(table: RuledTable) -> Iterator[Box]:
    for slot in table.slots:
        left, right = table.xs[slot.column] / POINTS, table.xs[slot.column + slot.width] / POINTS
        top, bottom = table.ys[slot.row] / POINTS, table.ys[slot.row + slot.height] / POINTS
        box = (round(left) + _INSET, round(top) + _INSET, round(right) - _INSET, round(bottom) - _INSET)
        if box[2] - box[0] > 4 and box[3] - box[1] > 4:
            yield box
