"""Lines of cells read as often as it takes, and what readings and shapes of signs make certain."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from govcrawl.documents.scanned.engine import read_lines
from govcrawl.documents.scanned.lines import CellLine, anew, otherwise
from govcrawl.documents.scanned.signs import (
    Shapes,
    Verdict,
    carries_number,
    is_at_odds,
    is_close,
    is_numeric,
    is_sound,
)
from govcrawl.documents.scanned.strokes import stroke_of

CERTAIN = 0.90
"""Certainty below which a text is not relied on."""

UNREAD = "〓"
"""Stands for ink that nothing was read from."""

_LIKELY = 0.60
_WITNESSES = 2
_TALLEST = 1.35  # of a full sign's height: a higher number is a stroke of something else, as of a seal's rim
_UPRIGHT = frozenset("1lI|/")
_SPACE = re.compile(r"\s+")

Reading = tuple[str, float]


@dataclass(frozen=True, slots=True)
class FirstRead:
    """Lines of a page with what each was read as at first, which is doubted ``beside`` foreign strokes.

    ``own`` are their grey pictures cut to the edges of their ink, ``size`` is the height of a full sign.
    ``bold`` are pictures, by their numbers, of the lines that a seal was taken off or near: of print alone.
    """

    lines: Sequence[CellLine]
    own: Sequence[Any]
    beside: Sequence[bool]
    size: int
    first: Sequence[Reading]
    bold: Mapping[int, Any]

    def learnt(self, number: int) -> bool:
        """Whether a line is one of the examples of its signs."""
        text, score = self.first[number]
        return score >= CERTAIN and is_numeric(text)


def first_read(
    image: Any, lines: Sequence[CellLine], beside: Sequence[bool], size: int, bold: Mapping[int, Any]
) -> FirstRead:
    """The lines of a grey image, read once."""
    own = [image[line.box[1] : line.box[3], line.box[0] : line.box[2]] for line in lines]
    return FirstRead(lines, own, beside, size, _readings(line.picture for line in lines), bold)


def shapes_of(pages: Iterable[FirstRead]) -> Shapes:
    """The signs of numbers on all pages of a document, from the lines that were read surely."""
    shapes = Shapes()
    for page in pages:
        for number, (text, _) in enumerate(page.first):
            if page.learnt(number):
                shapes.learn(text, page.own[number], page.lines[number].ink, page.size)
    return shapes


def read(page: FirstRead, shapes: Shapes) -> list[tuple[str, bool]]:
    """Texts of the lines and whether they are certain; doubtful ones are read a second and a third time.

    Of lines beside foreign strokes only numbers are certain that their shapes confirm or, where the strokes
    were a seal's, the print alone without a seal's greys.
    """
    lines, first = page.lines, page.first
    verdicts = [
        shapes.judge(text, page.own[n], lines[n].ink, page.size, learnt=page.learnt(n))
        for n, (text, _) in enumerate(first)
    ]
    again = _asked_again(lines, first, verdicts)
    disputed = sorted(n for n, second in again.items() if _is_disputed(first[n], second))
    thirds = dict(zip(disputed, _readings(anew(lines[n].picture) for n in disputed), strict=True))
    told = [
        agreed(reading, again.get(number), verdict, thirds.get(number))
        for number, (reading, verdict) in enumerate(zip(first, verdicts, strict=True))
    ]
    foreign = {n for n, verdict in enumerate(verdicts) if page.beside[n] and not verdict.confirms}
    likely = [n for n in sorted(foreign) if told[n][1] and verdicts[n] is not Verdict.CONTRADICT]
    foreign -= _confirmed_in_bold(page, [n for n in likely if _is_sure(again.get(n), told[n][0])], told)
    return [
        judged(text, certain and number not in foreign, page.own[number], lines[number].ink, page.size)
        for number, (text, certain) in enumerate(told)
    ]


def _confirmed_in_bold(page: FirstRead, numbers: Iterable[int], told: Sequence[tuple[str, bool]]) -> set[int]:
    """The numbers near seals that are read alike, and surely, where nothing is left but print."""
    asked = [n for n in numbers if n in page.bold and is_numeric(told[n][0])]
    found = _readings(anew(page.bold[n]) for n in asked)
    return {n for n, reading in zip(asked, found, strict=True) if _is_sure(reading, told[n][0])}


def _is_sure(reading: Reading | None, text: str) -> bool:
    return reading is not None and reading[0] == text and reading[1] >= CERTAIN


def _readings(pictures: Iterable[Any]) -> list[Reading]:
    """Readings without the spaces between the signs of a number, and of what is shorter than three signs."""
    found = []
    for text, score in read_lines(list(pictures)):
        bare = _SPACE.sub("", text)
        found.append((bare if len(text) < 3 or is_numeric(bare) else text.strip(), score))
    return found


def _asked_again(
    lines: Sequence[CellLine], first: Sequence[Reading], verdicts: Sequence[Verdict]
) -> dict[int, Reading]:
    """Second readings: of doubtful lines, of witnesses, and of all like those that were denied."""
    asked = sorted(_doubtful(first, verdicts) | _witnesses(first))
    again = dict(zip(asked, _readings(otherwise(lines[n].picture) for n in asked), strict=True))
    wrong = {first[n][0] for n in asked if _denies(again[n], first[n])}
    if more := [n for n, (text, _) in enumerate(first) if text in wrong and n not in again]:
        again |= zip(more, _readings(otherwise(lines[n].picture) for n in more), strict=True)
    return again


def _doubtful(readings: Sequence[Reading], verdicts: Sequence[Verdict]) -> set[int]:
    """Numbers of the lines that are read again: unsure ones, and numbers whose shapes do not confirm them."""
    return {
        number
        for number, ((text, score), verdict) in enumerate(zip(readings, verdicts, strict=True))
        if score < CERTAIN or (not verdict.confirms and (carries_number(text) or len(text) < 3))
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


def _is_disputed(first: Reading, second: Reading) -> bool:
    return first[0] != second[0] and first[1] >= CERTAIN and is_numeric(first[0])


def agreed(
    first: Reading, second: Reading | None, verdict: Verdict, third: Reading | None = None
) -> tuple[str, bool]:
    """The text of one to three readings of a line, and whether they and the shapes agree on it."""
    (text, score), (other, surety) = first, second or first
    if second is None:
        return text, score >= CERTAIN and (verdict is not Verdict.CONTRADICT)
    if other == text:
        best, least = max(score, surety), min(score, surety)
        if verdict is Verdict.CONTRADICT:
            return text, least >= CERTAIN
        return text, best >= CERTAIN and (verdict.confirms or least >= _LIKELY)
    if not carries_number(text) and not carries_number(other):
        return text, score >= CERTAIN  # words: the black and white picture is the worse one
    if verdict.confirms:
        least = _LIKELY if verdict is Verdict.SURE else CERTAIN
        confirmed = third is not None and third[0] == text and third[1] >= least
        return text, score >= CERTAIN and (surety < _LIKELY or confirmed)
    return (text if score >= surety else other), False


def judged(text: str, certain: bool, picture: Any, ink: Any, size: int) -> tuple[str, bool]:
    """What a line of a cell is taken for and whether that is certain.

    ``picture`` is its own grey and ``ink`` its own, both cut to the ink's edges. A stroke alone is told by
    its shape; a slash, which is easily read as a one, only where it was read as one of the upright signs.
    """
    stroke = stroke_of(picture, ink, size)
    if stroke is not None and (stroke.text != "/" or text in _UPRIGHT):
        return stroke
    if not text:
        return UNREAD, False
    if is_numeric(text):
        whole = ink.shape[0] <= _TALLEST * size and is_close(ink, size)
        certain = certain and whole and not is_at_odds(text, ink, size)
    return text, certain and is_sound(text)
