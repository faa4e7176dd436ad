"""Ruled lines of an image as rules in points: long thin strokes that meet others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from govcrawl.documents.printed import Glyph, PrintedPage, Rule
from govcrawl.documents.printed.ruled import RuledTable, joined, ruled_tables
from govcrawl.documents.printed.slots import Slot
from govcrawl.documents.scanned.drawn import proved
from govcrawl.documents.scanned.grid import Bounds, completed
from govcrawl.documents.scanned.leftover import drop_strokes_of_signs, tables_of_rules
from govcrawl.documents.scanned.open_sides import open_sides
from govcrawl.documents.scanned.ridges import Ridges
from govcrawl.documents.scanned.straight import POINTS

# Shares of the image that a stroke across and down must have at least: narrow tables have short ones.
_SHARES = ((45, 70), (30, 45), (70, 100))
_SHORTEST = 18
_THICKEST = 14
_BENT = 2  # pixels beside its place where a stroke is still the same rule
_MOST = 0.5  # of a wide stroke is a rule
_PIECE = 10
_GAP = 13
_MENDED = 5  # times the usual least length: signs below each other make shorter ones
_FULL = 0.9  # of a rule's length is printed
_SOUND = 0.4  # of it in long pieces
_PALE = 0.55  # of the rules' darkness
_HAIRLINE = 5  # pixels, the soft edges of a rule of one or two included
_HANZI = "[\u3400-\u9fff\u3001-\u3011\uff00-\uffef]"
_SPACE = re.compile(rf"(?<={_HANZI})\s+(?=\S)|(?<=\S)\s+(?={_HANZI})")
_BRACKET = re.compile(rf"(?<={_HANZI})[()]|[()](?={_HANZI})")
_PAIR = re.compile(r"\(([^()（）]*)）|（([^()（）]*)\)")
_WIDE = {"(": "（", ")": "）"}
_NEAR = 9 * POINTS
_CLOSE = 3 * POINTS
_LOW = 75 * POINTS
_FORMS = frozenset((4, 10, 15))
_WIDE_ENOUGH = 0.5  # of a page
_ROOM = 8.0  # points: signs are as wide, and their rows are higher
_SMALL = 2  # cells without it: a double rule has more, but in whatever way it is seen


class Ruled(NamedTuple):
    """A page's rules, the tables they make, and the pieces of rules which nobody can tell."""

    page: PrintedPage
    tables: list[RuledTable]
    unsure: list[Bounds]


def ruled_page(image: Any, covered: Any) -> Ruled:
    """The page as ruled; of several ways to see its rules the one that fits the forms.

    ``covered`` is 1 where a seal was taken off the image, else 0.
    """
    best: Ruled | None = None
    most = 0
    ridges: tuple[Ridges, Ridges] | None = None
    for shares in _SHARES:
        page, frame = _page(image, shares)
        if ridges is None:
            mirrored = image.T.copy()
            ridges = Ridges(image, covered, frame.down), Ridges(mirrored, covered.T, frame.across)
        unsure = completed(page, tables_of_rules(ruled_tables(frame), frame), ridges)
        tables = tables_of_rules(ruled_tables(page), page)
        fitting = sum(_fits(table, page) for table in tables)
        if best is None or fitting > most:
            best, most = Ruled(page, tables, unsure), fitting
    assert best is not None
    drop_strokes_of_signs(best.page, best.tables)
    return best


def _fits(table: RuledTable, page: PrintedPage) -> int:
    """1 for a table with as many columns as a form has, -1 for one of strokes that are no rules.

    A wide one may be the rest of a form whose cells are merged in the rows of this page, and one that has
    cells without room for a sign is crossed by strokes of signs.
    """
    if len(table.xs) - 1 in _FORMS and sum(_is_small(slot, table) for slot in table.slots) < _SMALL:
        return 1
    return 0 if table.xs[-1] - table.xs[0] >= _WIDE_ENOUGH * page.width else -1


def _is_small(slot: Slot, table: RuledTable) -> bool:
    wide = table.xs[slot.column + slot.width] - table.xs[slot.column]
    return min(wide, table.ys[slot.row + slot.height] - table.ys[slot.row]) < _ROOM


def _page(image: Any, shares: tuple[int, int]) -> tuple[PrintedPage, PrintedPage]:
    """The page with the rules that are drawn, and with all that may be, their gaps closed."""
    height, width = image.shape
    page, frame = (PrintedPage(width * POINTS, height * POINTS, recognised=True) for _ in range(2))
    across = list(_strokes(image, max(_SHORTEST, width // shares[0]), down=False))
    down = list(_strokes(image, max(_SHORTEST, height // shares[1]), down=True))
    across += joined(across, _GAP * POINTS)
    down = list(_between([*down, *joined(down, _GAP * POINTS)], across))
    across = [rule for rule in across if _hangs_on(rule, down)]
    ink = strokes_of(image)
    page.across = list(_reaching(proved(across, down, ink.T), down))
    page.down = list(_between(list(proved(down, page.across, ink)), page.across))
    frame.across, frame.down = across, down
    for own in (page, frame):
        own.down += open_sides(own)
    return page, frame


def _hangs_on(rule: Rule, others: list[Rule]) -> bool:
    return any(
        own.start - _NEAR <= rule.at <= own.end + _NEAR
        and (abs(own.at - rule.start) <= _NEAR or abs(own.at - rule.end) <= _NEAR)
        for own in others
    )


def _reaching(rules: Iterable[Rule], others: Sequence[Rule]) -> Iterator[Rule]:
    """The rules up to the last crossing that they reach; one that ends beside all others is open there.

    Strokes of signs that stand in one line with the border beside them reach none but that.
    """
    for rule in rules:
        crossed = [own.at for own in others if own.start - _NEAR <= rule.at <= own.end + _NEAR]
        inside = [at for at in crossed if rule.start - _NEAR <= at <= rule.end + _NEAR]
        if not inside:
            continue
        start = min(inside) if min(crossed) < rule.start - _NEAR else min(rule.start, *inside)
        end = max(inside) if max(crossed) > rule.end + _NEAR else max(rule.end, *inside)
        if end - start > _NEAR:
            yield rule._replace(start=start, end=end)


def _between(rules: Sequence[Rule], others: Sequence[Rule]) -> Iterator[Rule]:
    """The rules whose ends lie on rules across them, of broken ones what lies between the outer of these.

    One as low as a row has to reach them: a sign's upright stroke stands between them, too.
    """
    for rule in rules:
        room = _CLOSE if rule.end - rule.start < _LOW else _NEAR
        crossed = [own.at for own in others if own.start - _NEAR <= rule.at <= own.end + _NEAR]
        inside = [at for at in crossed if rule.start - room <= at <= rule.end + room]
        if not inside:
            continue
        first, last = min(inside), max(inside)
        if rule.start - first >= -_NEAR and last - rule.end >= -_NEAR:
            yield rule
        elif last - first >= _LOW:
            yield rule._replace(start=max(first, rule.start), end=min(last, rule.end))


def strokes_of(image: Any) -> Any:
    """255 where something is darker than what is around it, else 0."""
    import cv2

    return cv2.adaptiveThreshold(image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)


def _strokes(image: Any, least: int, *, down: bool) -> Iterator[Rule]:
    import cv2
    import numpy as np

    ink = strokes_of(image)
    if not down:  # a stroke across is one down on the page's mirror image
        ink, image = ink.T.copy(), image.T
    ink = cv2.dilate(ink, np.ones((1, 3), np.uint8))
    whole = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((least, 1), np.uint8))
    for mask in (whole, _mended(ink, whole, least)):
        merged = cv2.dilate(mask, np.ones((9, 1), np.uint8))
        labels, found = cv2.connectedComponentsWithStats(merged)[1:3]
        long = [n for n in range(1, len(found)) if found[n][3] > least]
        for number in _dark([n for n in long if found[n][2] < _THICKEST], found, image):
            left, top, width, height, _ = found[number].tolist()
            yield Rule((left + width / 2) * POINTS, top * POINTS, (top + height) * POINTS)
        for number in long:
            if found[number][2] >= _THICKEST and (straight := _straight(labels, found, number)):
                yield straight


def _straight(labels: Any, found: Any, number: int) -> Rule | None:
    """The rule in a stroke that something else, as a seal's rim, runs into; None where most of it is bent."""
    import numpy as np

    left, top, width, height, _ = found[number].tolist()
    own = labels[top : top + height, left : left + width] == number
    wide = own.sum(axis=1)
    middles = (own * np.arange(width)).sum(axis=1) / np.maximum(wide, 1) + 0.5
    narrow = (wide > 0) & (wide < _THICKEST / 2)
    if not narrow.any():
        return None
    at = float(np.median(middles[narrow]))
    rows = (narrow & (np.abs(middles - at) <= _BENT)).nonzero()[0]
    if len(rows) < _MOST * height:
        return None
    return Rule((left + at) * POINTS, (top + int(rows[0])) * POINTS, (top + int(rows[-1]) + 1) * POINTS)


def _mended(ink: Any, whole: Any, least: int) -> Any:
    """Long strokes with the gaps of a poor print closed: signs below each other have more gaps than ink."""
    import cv2
    import numpy as np

    pieces = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_PIECE, 1), np.uint8))
    closed = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((_GAP, 1), np.uint8))
    closed = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((_MENDED * least, 1), np.uint8))
    count, labels, found, _ = cv2.connectedComponentsWithStats(closed)
    kept = np.zeros(count, np.uint8)
    for number, (left, top, width, height, _) in enumerate(found.tolist()):
        place = slice(top, top + height), slice(left, left + width)
        own = labels[place] == number
        shares = [((mask[place] > 0) & own).any(axis=1).mean() for mask in (pieces, whole)]
        kept[number] = number > 0 and shares[0] >= _FULL and shares[1] >= _SOUND
    return kept[labels] * 255


def _dark(thin: list[int], found: Any, image: Any) -> list[int]:
    """Numbers of the strokes without those paler than most: a seal's are.

    A hairline between two rows of pixels is pale in both, but together they are as dark as any.
    """
    import numpy as np

    if not thin:
        return []
    darkest, whole = [], []
    for number in thin:
        left, top, width, height, _ = found[number].tolist()
        dark = 255 - image[top : top + height, left : left + width].astype(np.int32)
        darkest.append(float(dark.max(axis=1).mean()))
        whole.append(float(dark.sum(axis=1).mean()) if width <= _HAIRLINE else 0.0)
    least = [_PALE * _middle(values, found[thin, 3]) for values in (darkest, whole)]
    return [
        number
        for number, *own in zip(thin, darkest, whole, strict=True)
        if own[0] >= least[0] or own[1] >= max(1.0, least[1])
    ]


def _middle(values: Sequence[float], lengths: Any) -> float:
    """The value which half of all the length reaches."""
    import numpy as np

    order = np.argsort(values)
    reached = np.cumsum(lengths[order])
    return values[int(order[np.searchsorted(reached, reached[-1] / 2)])]


def as_set(text: str) -> str:
    """A recognised line as Chinese is set: the engine gives brackets half and puts spaces between hanzi."""
    text = _SPACE.sub("", text)
    text = _BRACKET.sub(lambda found: _WIDE[found[0]], text)
    return _PAIR.sub(lambda found: f"（{found[1] or found[2] or ''}）", text)


def spread(text: str, box: tuple[float, float, float, float], *, uncertain: bool) -> Iterator[Glyph]:
    """Characters of a line in its box (left, top, right, bottom in pixels), as wide as they usually are."""
    text = as_set(text)
    left, top, right, bottom = (length * POINTS for length in box)
    shares = [1.0 if ord(sign) > 255 else 0.55 for sign in text]
    unit = (right - left) / max(sum(shares), 0.5)
    x = left
    spaced = False
    for sign, share in zip(text, shares, strict=True):
        if sign.isspace():
            spaced = True
        else:
            yield Glyph(sign, x, top, x + unit * share, bottom, spaced, uncertain)
            spaced = False
        x += unit * share
