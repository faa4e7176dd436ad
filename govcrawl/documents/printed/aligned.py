"""Statutory tables without lines between their columns: read by their labels and by what stands in line.

A number that may belong to two columns, or to two rows, is uncertain, and so is all of its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from govcrawl.documents.headings import heading_key
from govcrawl.documents.left_out import left_out
from govcrawl.documents.placed import grid_of_cells
from govcrawl.documents.printed.aligned_outcomes import challenge
from govcrawl.documents.printed.aligned_rows import application, proactive
from govcrawl.documents.printed.form_words import bare, is_in_label, is_value
from govcrawl.documents.printed.page import PrintedPage
from govcrawl.documents.printed.pieces import Piece, cells_of, numbers_of, pieces_of, rows_of
from govcrawl.documents.printed.ruled import RuledTable
from govcrawl.model import Grid

_LABEL = re.compile(
    "新收政府信息|上年结转|予以公开|国家秘密|第三方|重复申请|规范性文件|行政许可|行政处罚|信息内容|自然人|科研机构"
    "|结果维持|结果纠正|行政诉讼|未经复议|复议后起诉"
)
_DASHES = frozenset("-－—/无")
_NARROW = 20.0  # points: three columns of numbers are no narrower
MAX_PIECES = 4_000
"""Texts of one table; the statutory ones have 300."""

_LEAST = 3
_HEADS = {
    "application": re.compile("申请人情况|勾稽|自然人|法人或其他组织"),
    "challenge": re.compile("^行政复议|行政诉讼$|结果维|结果纠|未经复议"),
    "proactive": re.compile("第二十条|信息内容"),
}
_READ = {"application": application, "challenge": challenge, "proactive": proactive}
_PROSE = 16
_HEADER = 8  # lines of table 三's header at most
_BETWEEN = 1.0  # of a sign's height, between the last line of a page and the first of the next

Rules = list[tuple[float, float, float]]


@dataclass(slots=True)
class AlignedTable:
    """A table read without lines, where it begins, and the glyphs in it as (page, number)."""

    grid: Grid
    page: int
    top: float
    signs: list[tuple[int, int]] = field(default_factory=list)


def with_doubt(grid: Grid) -> Grid:
    """A grid none of whose cells is sure."""
    cells = {id(cell): cell._replace(uncertain=True) for row in grid.rows for cell in row}
    return Grid(tuple(tuple(cells[id(cell)] for cell in row) for row in grid.rows))


def may_be_aligned(text: str) -> bool:
    """Whether text outside of ruled tables names rows or columns of the statutory ones."""
    return len(_LABEL.findall("".join(text.split()))) >= _LEAST


def runs_together(table: RuledTable, page: PrintedPage) -> bool:
    """Whether numbers stand apart on one line of a cell: what the table's lines part are not its columns."""
    for slot in table.slots:
        digits = sum(sign.isdigit() or sign in _DASHES for sign in slot.text)
        if digits < _LEAST or is_value(slot.text):
            continue
        left, right = table.xs[slot.column], table.xs[slot.column + slot.width]
        if right - left < _LEAST * _NARROW:
            continue
        top, bottom = table.ys[slot.row], table.ys[slot.row + slot.height]
        inside = [n for n, g in enumerate(page.glyphs) if left < g.x < right and top < g.y < bottom]
        for row in rows_of(pieces_of(page.glyphs, inside, 0)):
            if sum(is_value(piece.text) for piece in row) >= _LEAST:
                return True
    return False


def aligned_tables(pages: Sequence[PrintedPage], free: Sequence[Iterable[int]]) -> list[AlignedTable]:
    """Tables in what stands free on the pages, the numbers of whose glyphs are given."""
    rows, rules, tops = _running(pages, free)
    found: list[AlignedTable] = []
    for kind, part in _parts(rows):
        if sum(map(len, part)) > MAX_PIECES:
            left_out(f"a table without lines of more than {MAX_PIECES:,} texts; they are in the paragraphs")
            continue
        numbers = numbers_of(part)
        cells = cells_of(part, rules, {sign for row in numbers for piece in row for sign in piece.signs})
        read = _READ[kind](cells, numbers)
        if read is None:
            continue
        table, used = read
        grid = grid_of_cells(table)
        if grid is not None:
            signs = [sign for piece in used for sign in piece.signs]
            first = min(used, key=lambda piece: piece.top)
            found.append(AlignedTable(grid, first.page, first.top - tops[first.page], signs))
    return found


def _running(
    pages: Sequence[PrintedPage], free: Sequence[Iterable[int]]
) -> tuple[list[list[Piece]], Rules, list[float]]:
    """Rows of all pages below each other, the lines drawn between them, and how far down each page moved."""
    rows: list[list[Piece]] = []
    rules: Rules = []
    moved: list[float] = []
    end = 0.0
    for number, (page, own) in enumerate(zip(pages, free, strict=True)):
        pieces = pieces_of(page.glyphs, own, number)
        first = min((piece.top for piece in pieces), default=0.0)
        gap = _BETWEEN * max((piece.size for piece in pieces), default=0.0)
        moved.append(end + gap - first)
        for piece in pieces:
            piece.top, piece.bottom = piece.top + moved[-1], piece.bottom + moved[-1]
        rules += [(rule.at + moved[-1], rule.start, rule.end) for rule in page.across if rule.at > first]
        end = max((piece.bottom for piece in pieces), default=end)
        rows += rows_of(pieces)
    return rows, rules, moved


def _parts(rows: Sequence[list[Piece]]) -> list[tuple[str, list[list[Piece]]]]:
    """Rows between prose, cut where another table's header begins."""
    parts: list[tuple[str, list[list[Piece]]]] = []
    kind: str | None = None
    filled = False
    heading = ""
    for number, row in enumerate(rows):
        if _is_prose(row):
            text = "".join(piece.text for piece in row)
            if text != heading:  # else a caption that each page repeats
                kind = None
            heading = text if heading_key(text) else heading
            continue
        text = "".join(bare(piece.text) for piece in row)
        named = next((name for name, head in _HEADS.items() if head.search(text)), None)
        again = named == kind == "application" and filled and _heads_all(rows[number : number + _HEADER])
        if named is not None and (named != kind or again):
            kind, filled = named, False
            parts.append((kind, []))
        if kind is not None:
            parts[-1][1].append(row)
            filled = filled or sum(is_value(piece.text) for piece in row) >= _LEAST
    return parts


def _heads_all(rows: Iterable[Sequence[Piece]]) -> bool:
    """Whether a header names its columns, rather than only what the next page repeats of it."""
    return "商业企" in "".join(piece.text for row in rows for piece in row)


def _is_prose(row: Sequence[Piece]) -> bool:
    text = "".join(piece.text for piece in row)
    if "。" in text or (heading_key(text) is not None and len(row) == 1):
        return True
    strange = [p.text for p in row if not is_value(p.text) and not is_in_label(p.text)]
    return sum(map(len, strange)) >= _PROSE
