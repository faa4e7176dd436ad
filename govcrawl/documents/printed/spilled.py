"""Lines that run over the border of a row that is too low for them: words among numbers, ends of numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govcrawl.documents.printed.form_words import is_value
from govcrawl.documents.printed.page import Glyph

_DIGIT, _HAN = re.compile(r"\d|[-—－/]"), re.compile("[\u4e00-\u9fff]")
_CROSSED = 0.3
_LEVEL = 0.35
_NEAR = 0.5  # of a sign's height: as near to a border stands no line that has the cell to itself

Place = tuple[int, int]


def put_back(printed: dict[Place, list[int]], ys: Sequence[float], glyphs: Sequence[Glyph]) -> set[Place]:
    """Move lines of slots that hold words and a number to the slot over whose border they stand.

    Unsure are slots where digits are printed across words, and those above and below them: the digits may
    have begun or ended there.
    """
    unsure: set[Place] = set()
    for (row, column), numbers in list(printed.items()):
        if len(numbers) < 2:
            continue
        texts = "".join(glyphs[number].text for number in numbers)
        if not _DIGIT.search(texts) or not _HAN.search(texts):
            continue
        if _is_crossed([glyphs[number] for number in numbers]):
            unsure |= {(row - 1, column), (row, column), (row + 1, column)}
            continue
        lines = _lines(numbers, glyphs)
        values = [line for line in lines if _is_number(line, glyphs)]
        if len(lines) < 2 or len(values) != 1:
            continue
        for line in lines:
            beside = _over(line, row, ys, glyphs)
            if beside is None or not (there := printed.get((beside, column))):
                continue
            # The beginning or end of a number belongs to the rest of it, words to words above or below.
            if line is not values[0] or _is_number(there, glyphs):
                printed[row, column] = [n for n in printed[row, column] if n not in line]
                printed[beside, column] = [*printed[beside, column], *line]

    return unsure


def _is_crossed(glyphs: Sequence[Glyph]) -> bool:
    """Whether a digit stands on a sign of a word."""
    digits = [glyph for glyph in glyphs if glyph.text.isdigit()]
    return any(
        min(word.right, digit.right) - max(word.left, digit.left) > _CROSSED * (digit.right - digit.left)
        and word.top < digit.y < word.bottom
        for word in glyphs
        if _HAN.match(word.text)
        for digit in digits
    )


def _lines(numbers: Sequence[int], glyphs: Sequence[Glyph]) -> list[list[int]]:
    lines: list[list[int]] = []
    for number in sorted(numbers, key=lambda n: glyphs[n].y):
        last = glyphs[lines[-1][-1]] if lines else None
        if last is None or glyphs[number].y - last.y > _LEVEL * (last.bottom - last.top):
            lines.append([])
        lines[-1].append(number)
    return lines


def _is_number(line: Sequence[int], glyphs: Sequence[Glyph]) -> bool:
    return is_value("".join(glyphs[n].text for n in sorted(line, key=lambda n: glyphs[n].left)))


def _over(line: Sequence[int], row: int, ys: Sequence[float], glyphs: Sequence[Glyph]) -> int | None:
    """The row over whose border a line of words stands."""
    glyph = glyphs[line[0]]
    reach = _NEAR * (glyph.bottom - glyph.top)
    if glyph.y - ys[row] < reach and row > 0:
        return row - 1
    if ys[row + 1] - glyph.y < reach and row + 2 < len(ys):
        return row + 1
    return None
