"""Printed pages to blocks in reading order, page numbers and running heads left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from govcrawl.documents.placed import grid_of_cells
from govcrawl.documents.printed.aligned import (
    AlignedTable,
    aligned_tables,
    may_be_aligned,
    runs_together,
    with_doubt,
)
from govcrawl.documents.printed.joining import continues, joined_tables
from govcrawl.documents.printed.lines import (
    TextLine,
    in_step,
    is_page_number,
    masked,
    paragraphs,
    running_heads,
    text_lines,
)
from govcrawl.documents.printed.page import PrintedPage
from govcrawl.documents.printed.ruled import RuledTable, outside, ruled_tables
from govcrawl.documents.printed.spread import as_sheets
from govcrawl.documents.printed.struck import take_out_struck
from govcrawl.documents.printed.watermark import take_out_watermark
from govcrawl.documents.printed.words import without_doubles
from govcrawl.model import Block, Cell, Figure, Paragraph, Removal, Table
from govcrawl.text import line as one_line

_FULL_PICTURE = 0.2  # of the page: smaller ones are seals and logos


def blocks_of_pages(pages: Sequence[PrintedPage]) -> tuple[list[Block], list[Removal]]:
    """Blocks of all pages, tables over page breaks made one, and the lines left out with their rule."""
    pages = as_sheets(pages)
    tables: list[list[RuledTable]] = []
    lines: list[list[TextLine]] = []
    struck = []
    for page in pages:
        page.glyphs = without_doubles(page.glyphs)
        struck.append(take_out_struck(page))
    take_out_watermark(pages)
    for number, page in enumerate(pages):
        own = ruled_tables(page)
        for table in own:
            table.page = number
        tables.append(own)
        lines.append([_placed(line, own) for line in text_lines(outside(page.glyphs, own), number)])
    removed = [Removal("watermark", page.watermark) for page in pages if page.watermark]
    removed += [Removal("struck_out", text) for text in struck if text]
    every = [list(own) for own in lines]
    removed += _furniture(lines, pages)
    kept = {id(line) for own in lines for line in own}
    furniture = [[line for line in own if id(line) not in kept] for own in every]
    aligned = _without_rules(pages, tables, lines, furniture)
    return list(_in_order(pages, tables, lines, aligned)), removed


def _without_rules(
    pages: Sequence[PrintedPage],
    tables: list[list[RuledTable]],
    lines: list[list[TextLine]],
    furniture: Sequence[Sequence[TextLine]],
) -> list[AlignedTable]:
    """Tables whose columns no line parts; what is in them is taken out of the lines and ruled tables."""
    open_tables = [
        [table for table in own if runs_together(table, page)]
        for own, page in zip(tables, pages, strict=True)
    ]
    words = "".join(line.text for own in lines for line in own)
    if not any(open_tables) and not may_be_aligned(words):
        return []
    ruled = [[t for t in own if t not in gone] for own, gone in zip(tables, open_tables, strict=True)]
    free = [_free(page, own, gone) for page, own, gone in zip(pages, ruled, furniture, strict=True)]
    found = aligned_tables(pages, free)
    if not found:
        return []
    taken = {sign for table in found for sign in table.signs}
    for table in found:
        unsure = sum(pages[number].glyphs[sign].uncertain for number, sign in table.signs)
        # On an image a lone sign between others is overlooked, and no number outside of a cell is read twice.
        if unsure * 2 > len(table.signs) or any(pages[number].recognised for number, _ in table.signs):
            table.grid = with_doubt(table.grid)
    for number, page in enumerate(pages):
        touched = any(sign[0] == number for sign in taken)
        if not touched:
            continue
        tables[number] = ruled[number]
        starts = [t.ys[0] for t in ruled[number]] + [t.top for t in found if t.page == number]
        left = (page.glyphs[n] for n in free[number] if (number, n) not in taken)
        lines[number] = [
            replace(line, before=sum(top < line.top for top in starts)) for line in text_lines(left, number)
        ]
    return found


def _free(page: PrintedPage, ruled: Sequence[RuledTable], furniture: Sequence[TextLine]) -> list[int]:
    """Numbers of the glyphs outside of tables, without those of page numbers and running heads."""
    glyphs = page.glyphs
    free = set(map(id, outside(glyphs, ruled)))
    numbers = [number for number, glyph in enumerate(glyphs) if id(glyph) in free]
    for line in furniture:
        top, bottom = line.top, line.bottom
        numbers = [n for n in numbers if not top <= (glyphs[n][2] + glyphs[n][4]) / 2 <= bottom]
    return numbers


def _placed(line: TextLine, tables: Sequence[RuledTable]) -> TextLine:
    return replace(line, before=sum(table.ys[0] < line.top for table in tables))


def _furniture(lines: list[list[TextLine]], pages: Sequence[PrintedPage]) -> Iterator[Removal]:
    """Take page numbers and running heads out of the lines of each page."""
    numbers = [
        [line for line in own if is_page_number(line, page.height)]
        for own, page in zip(lines, pages, strict=True)
    ]
    for own, found in zip(lines, in_step(numbers), strict=True):
        for line in found:
            own.remove(line)
            yield Removal("page_number", line.text)
    heads = running_heads(lines, [page.height for page in pages])
    for own in lines:
        for line in [line for line in (own[:1] + own[-1:]) if masked(line.text) in heads]:
            if line in own:
                own.remove(line)
                yield Removal("running_head", line.text)


def _in_order(
    pages: Sequence[PrintedPage],
    tables: list[list[RuledTable]],
    lines: list[list[TextLine]],
    aligned: Sequence[AlignedTable],
) -> Iterator[Block]:
    """Paragraphs and tables as they follow each other; a cut table stands where it begins."""
    placed: list[tuple[int, float, Block]] = [(table.page, table.top, Table(table.grid)) for table in aligned]
    last: RuledTable | None = None
    start: tuple[int, float] = (0, 0.0)
    for number, own in enumerate(tables):
        for order, table in enumerate(own):
            above = [line for line in lines[number] if line.top < table.ys[0]]
            cut = last is not None and order == 0 and not above and _open_below(last, number, lines)
            if last is not None and cut and continues(last, table):
                last = joined_tables(last, table)
                continue
            if last is not None and (block := _block(last)) is not None:
                placed.append((*start, block))
            last, start = table, (number, table.ys[0])
    if last is not None and (block := _block(last)) is not None:
        placed.append((*start, block))
    text = [line for own in lines for line in own]
    placed += [
        (first.page, first.order, Paragraph(one_line(words)))
        for first, words in paragraphs(text)
        if words.strip()
    ]
    placed += [
        (number, picture.top, Figure(picture.name))
        for number, page in enumerate(pages)
        for picture in page.pictures
        if (picture.right - picture.left) * (picture.bottom - picture.top)
        > _FULL_PICTURE * page.width * page.height
    ]
    placed.sort(key=lambda entry: entry[:2])
    yield from (block for _, _, block in placed)


def _open_below(table: RuledTable, number: int, lines: list[list[TextLine]]) -> bool:
    """Whether a table ends its page, so that the next page may go on with it."""
    return table.page == number - 1 and not any(line.top > table.ys[-1] for line in lines[number - 1])


def _block(table: RuledTable) -> Table | None:
    cells = (
        Cell(one_line(slot.text), slot.row, slot.column, slot.height, slot.width, uncertain=slot.uncertain)
        for slot in table.slots
    )
    grid = grid_of_cells(cells)
    return None if grid is None else Table(grid)
