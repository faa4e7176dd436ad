"""Lines of a printed page, and the paragraphs that they make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from govcrawl.documents.printed.columns import FULL, Row, in_columns, in_rows
from govcrawl.documents.printed.page import Glyph
from govcrawl.documents.printed.words import text_of
from govcrawl.documents.titles import is_report_title

_NUMBER_OF_PAGE = re.compile(
    r"(?:第?[\s\-—–―－_·•.]*[\dIVXivx]+[\s\-—–―－_·•.]*页?)(?:[\s,，/]*共?[\s]*\d+[\s]*页?)?"
)
_COUNT = re.compile(r"\d{1,4}")
_MARGIN = 0.12
_LARGEST = 4  # digits of a page's number
_INDENT = 1.2
_SPARE = 0.8
_OFTEN = 0.08
_NEVER_FIRST = frozenset("，。、；：！？）》」』】”’,;)")
_UNIT = re.compile(rf"[（《「『【“‘(]*(?:[!-~]+|.)[{''.join(sorted(_NEVER_FIRST))}]*")
_LONG_LINE = 12
_SIZES = 1.25
_LARGER = 1.08
_SET_OFF = 1.25
_TITLE_WITHIN = 4
_REMARK = re.compile(r"\s*[(（].{2,12}[)）]\s*")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text on a page; ``before`` counts the tables that end above it.

    ``order`` is its place among what stands on the page, its top but for lines of a right ``column``.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int
    before: int = 0
    column: int = FULL
    order: float = 0.0

    @property
    def size(self) -> float:
        """Width of a full character."""
        narrow = len(self.text.encode("latin-1", "ignore"))
        return (self.right - self.left) / max(1.0, len(self.text) - narrow / 2)


def text_lines(glyphs: Iterable[Glyph], page: int) -> list[TextLine]:
    """Glyphs in lines in the order of reading."""
    return [_line(row, page) for row in in_columns(in_rows(glyphs))]


def _line(row: Row, page: int) -> TextLine:
    glyphs = row.glyphs
    return TextLine(
        text_of(glyphs),
        glyphs[0].left,
        max(glyph.right for glyph in glyphs),
        min(glyph.top for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
        page,
        0,
        row.column,
        row.order,
    )


def is_page_number(line: TextLine, height: float) -> bool:
    """Whether a line at the head or foot of a page is its number."""
    text = line.text.strip(" -—–―－_·•")
    if not _at_edge(line, height) or _NUMBER_OF_PAGE.fullmatch(text) is None:
        return False
    # Numbers set apart are a row of a table that has no lines.
    digits = sum(sign.isdigit() for sign in text)
    apart = line.right - line.left > max(2, len(line.text)) * (line.bottom - line.top)
    return "页" in text or not (apart or digits > 2 * _LARGEST or (text.isdigit() and digits > _LARGEST))


def in_step(pages: Sequence[list[TextLine]]) -> list[list[TextLine]]:
    """Of the lines that may be numbers of pages those that count on as most do: another is of a table."""
    steps = Counter(int(line.text) - page for page, own in enumerate(pages) for line in own if _is_bare(line))
    for page, own in enumerate(pages):
        steps.update(
            int(found[0]) - page for line in own if not _is_bare(line) and (found := _COUNT.search(line.text))
        )
    if not steps:
        return list(pages)
    step = max(steps, key=lambda own: steps[own])
    return [
        [line for line in own if not _is_bare(line) or int(line.text) - page == step]
        for page, own in enumerate(pages)
    ]


def _is_bare(line: TextLine) -> bool:
    return _COUNT.fullmatch(line.text) is not None


def running_heads(pages: Sequence[list[TextLine]], heights: Sequence[float]) -> frozenset[str]:
    """Texts that stand at the head or foot of most pages, digits masked; none in short documents."""
    if len(pages) < 3:
        return frozenset()
    counted: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        edge = [line for line in (lines[:1] + lines[-1:] if lines else []) if _at_edge(line, height)]
        counted.update({masked(line.text) for line in edge})
    return frozenset(text for text, times in counted.items() if times > len(pages) / 2 and times >= 3)


def masked(text: str) -> str:
    """A text with its digits made one sign: page numbers change, running heads do not."""
    return re.sub(r"\d+", "0", "".join(text.split()))


def _at_edge(line: TextLine, height: float) -> bool:
    return line.bottom < _MARGIN * height or line.top > (1 - _MARGIN) * height


def paragraphs(lines: Sequence[TextLine]) -> list[tuple[TextLine, str]]:
    """Paragraphs with their first lines: a line goes on unless the one above is short or it is indented."""
    if not lines:
        return []
    columns = {line.column for line in lines}
    margins = {column: _margins([line for line in lines if line.column == column]) for column in columns}
    found: list[tuple[TextLine, list[str]]] = []
    above: TextLine | None = None
    for number, line in enumerate(lines):
        if (
            above is None
            or _begins(line, above, margins)
            or _is_title(found[-1][1], above, line, margins)
            or _is_set_off(lines, number, len(found[-1][1]))
        ):
            found.append((line, [line.text]))
        else:
            texts = found[-1][1]
            words = texts[-1][-1:].isascii() and texts[-1][-1:].isalpha() and line.text[:1].isascii()
            texts.append(f" {line.text}" if words and line.text[:1].isalpha() else line.text)
        above = line
    return _whole_title([(first, "".join(texts)) for first, texts in found])


def _is_title(
    texts: Sequence[str], above: TextLine, line: TextLine, margins: Mapping[int, tuple[float, float]]
) -> bool:
    """Whether a paragraph so far is one line that names a report, centred or larger than the next."""
    left, right = margins[above.column]
    inset = above.left - left
    centred = inset > _SPARE * above.size and abs(inset - (right - above.right)) < _INDENT * above.size
    larger = above.size > _LARGER * line.size
    return len(texts) == 1 and (centred or larger) and is_report_title(above.text)


def _whole_title(found: list[tuple[TextLine, str]]) -> list[tuple[TextLine, str]]:
    """Paragraphs with a title that was too long for its line made one; a centred line looks indented."""
    for number in range(min(_TITLE_WITHIN, len(found) - 1)):
        (first, above), (_, below) = found[number : number + 2]
        open_end = above.count("（") + above.count("(") > above.count("）") + above.count(")")
        cut = open_end or not is_report_title(above) or _REMARK.fullmatch(below)
        if cut and is_report_title(above + below) and not is_report_title(below):
            return [*found[:number], (first, above + below), *found[number + 2 :]]
    return found


def _begins(line: TextLine, above: TextLine, margins: Mapping[int, tuple[float, float]]) -> bool:
    (left, _), (_, right) = margins[line.column], margins[above.column]
    if FULL in (line.column, above.column) and line.column != above.column:
        return True
    size = line.size or 1.0
    if line.before != above.before and line.page == above.page:
        return True
    if max(size, above.size) > _SIZES * min(size, above.size):
        return True
    if line.text[0] in _NEVER_FIRST:
        return False
    return line.left - left > _INDENT * size or above.right + _first_word(line) < right - _SPARE * above.size


def _is_set_off(lines: Sequence[TextLine], number: int, height: int) -> bool:
    """Whether a line stands further below the one above than the paragraph's own lines from each other.

    ``height`` is how many lines it has so far; a single one is measured by the line and its next.
    """
    step = _step(lines[number - 1], lines[number])
    own = _step(*lines[number - 2 : number]) if height > 1 else _step(*lines[number : number + 2])
    return step is not None and own is not None and step > _SET_OFF * own


def _step(above: TextLine | None = None, line: TextLine | None = None) -> float | None:
    """How far a line of the same size stands below another of its column, None for any other two."""
    if above is None or line is None or (above.page, above.column) != (line.page, line.column):
        return None
    if above.before != line.before or max(above.size, line.size) > _SIZES * min(above.size, line.size):
        return None
    return (line.top + line.bottom - above.top - above.bottom) / 2


def _first_word(line: TextLine) -> float:
    """Width of what could not be parted from a line's first sign.

    A number or word moves as a whole, with signs before it that end no line and those behind that begin none.
    """
    found = _UNIT.match(line.text)
    unit = found[0] if found else line.text[:1]
    return line.size * (len(unit) - len(unit.encode("latin-1", "ignore")) / 2)


def _margins(lines: Sequence[TextLine]) -> tuple[float, float]:
    """Where the text's lines begin and where full ones end."""
    long = [line for line in lines if len(line.text) > _LONG_LINE] or list(lines)
    starts = Counter(round(line.left / 3) for line in long)
    often = [start for start, times in starts.items() if times >= max(2, _OFTEN * len(long))]
    left = min(often or [starts.most_common(1)[0][0]]) * 3.0
    ends = sorted(line.right for line in long)
    return left, ends[min(len(ends) - 1, int(len(ends) * 0.9))]
