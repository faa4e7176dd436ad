"""Flattened text dumps to a Document: text that some tool made of a page or a Word file.

Three forms occur in collections: cells separated by tabs, a row per line; a tab before each cell, a cell per
line; and pipes (pipes.py). What a dump has lost is not put back: a row that lost its blanks stays short.
"""

from __future__ import annotations

import re

from govcrawl.documents.cut import dump_with_mark
from govcrawl.documents.drawn import drawn_rows, is_cell_like, named
from govcrawl.documents.encoding import Decoded
from govcrawl.documents.headings import heading_key
from govcrawl.documents.page_meta import bare_day
from govcrawl.documents.pipes import read_pipes
from govcrawl.documents.rows import Rows, grid_of
from govcrawl.documents.titles import title_candidates
from govcrawl.model import Block, Document, Paragraph, Table
from govcrawl.text import exact, line

_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f]")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_BOLD = re.compile(r"^(\*\*|__)(\S(?:(?!\1).)*)\1$")
_ENUMERATOR = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．]?|[•·●■◆▪-]")
_NUMBER = re.compile(r"[-+\d.,%\s]*")
_WORD = re.compile(r"[-—－/*]+|[无空零〇]|暂无|没有|不涉及|不适用")
_NO_BEGINNING = tuple(".、．，。；）)")
_FURTHEST = 5
_PROSE = 60
_TOP = 8
_ROW_WORD = 30
_ROW_ALONE = 5
_DRAWN = 3
_VALUE = re.compile(
    r"\s*(?:[增减+＋\-－−加少]*\d{1,12}(?![.、．]\D).{0,20}|[-—－/*]+|[无空零〇]|暂无|没有|不涉及|)\s*"
)
_PROSE_SHARE = 0.2


def read_dump(decoded: Decoded) -> Document:
    """The document in a text dump; a text without any table is paragraphs."""
    text = _CONTROL.sub("", _BREAKS.sub("\n", exact(dump_with_mark(decoded.text))))
    blocks = _blocks(text.split("\n"))
    first = [block for block in blocks if isinstance(block, Paragraph)][:_TOP]
    return Document(
        "txt",
        tuple(blocks),
        meta=_dated(first),
        titles=title_candidates(first),
        charset=decoded.charset,
        replaced=decoded.replaced,
        main="whole",
    )


def _dated(first: list[Paragraph]) -> dict[str, str]:
    """The date of the line of tools that stands with the title, before the text."""
    for paragraph in first:
        if heading_key(paragraph.text) or "。" in paragraph.text:
            break
        if day := bare_day(paragraph.text):
            return {"dated": day}
    return {}


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        row = lines[at]
        if "|" in row:
            pipes, after = read_pipes(lines, at)
            if pipes:
                blocks.append(Table(grid_of(pipes)))
            if after > at:
                at = after
                continue
        elif "\t" in row:
            found, after = _tabbed(lines, at)
            blocks.extend(found)
            at = after
            continue
        rows, after = _drawn(lines, at)
        if rows:
            blocks.append(Table(grid_of(rows)))
            at = after
            continue
        blocks.extend(_paragraph(row))
        at += 1
    return blocks


def _drawn(lines: list[str], at: int) -> tuple[Rows | None, int]:
    """A table drawn without tabs or pipes, looked for from the line where no line above belongs to it."""
    if not lines[at].strip() or not is_cell_like(lines[at]) or (at and _goes_on(lines, at - 1)):
        return None, at
    end = at
    while end < len(lines) and is_cell_like(lines[end]) and not _is_tabbed(lines[end]):
        end += 1
    if end - at < _DRAWN or not named(lines[at:end]):
        return None, at
    while end > at and not lines[end - 1].strip():
        end -= 1
    return drawn_rows(lines[at:end]), end


def _goes_on(lines: list[str], at: int) -> bool:
    """Whether a line above was already looked at together with those below it."""
    while at >= 0 and not lines[at].strip():
        at -= 1
    return at >= 0 and is_cell_like(lines[at]) and not _is_tabbed(lines[at])


def _is_tabbed(row: str) -> bool:
    return "\t" in row or "|" in row


def _paragraph(row: str) -> list[Block]:
    heading = _MARKDOWN_HEADING.fullmatch(row.strip())
    if heading:
        return [Paragraph(line(_BOLD.sub(r"\2", heading.group(2))), len(heading.group(1)))]
    text = line(_BOLD.sub(r"\2", row.strip()))
    return [Paragraph(text)] if text else []


def _tabbed(lines: list[str], at: int) -> tuple[list[Block], int]:
    one_cell_lines = _is_cell_line(lines[at])
    rows, after = _cell_per_line(lines, at) if one_cell_lines else _row_per_line(lines, at)
    if _is_table(rows):
        return [Table(grid_of(rows))], after
    plain: list[Block] = []
    for row in lines[at:after]:
        plain.extend(_paragraph(row))
    return plain, after


def _is_cell_line(row: str) -> bool:
    return row.startswith("\t") and row.count("\t") == 1


def _is_table(rows: Rows) -> bool:
    """Whether tabs made columns here: indented paragraphs and tabbed list items are prose."""
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return len(cells) >= _ROW_ALONE and all(map(_VALUE.fullmatch, cells))
    if all(len(row) == 2 and _ENUMERATOR.fullmatch(row[0].strip()) for row in rows):
        return False
    return sum(len(cell) > _PROSE and "。" in cell for cell in cells) <= _PROSE_SHARE * len(cells)


def _row_per_line(lines: list[str], at: int) -> tuple[Rows, int]:
    """Rows up to the first line that is none; blank lines are page breaks when rows go on after them."""
    rows: Rows = []
    end = at
    while at < len(lines):
        row = lines[at]
        if "\t" in row and not _starts_cells(lines, at):
            rows.append(row.split("\t"))
            end = at + 1
        elif row.strip():
            if not _row_without_tabs(lines, at):
                break
            rows.append([row])
            end = at + 1
        at += 1
    return rows, end


def _starts_cells(lines: list[str], at: int) -> bool:
    """A cell-per-line table beginning here: two single-tab lines running."""
    return _is_cell_line(lines[at]) and at + 1 < len(lines) and _is_cell_line(lines[at + 1])


def _row_without_tabs(lines: list[str], at: int) -> bool:
    """A banner row whose trailing tabs an editor stripped: a short line right between two rows."""
    if not 0 < at < len(lines) - 1 or len(lines[at].strip()) > _ROW_WORD or heading_key(lines[at]):
        return False
    return "\t" in lines[at - 1] and "\t" in lines[at + 1] and not _is_cell_line(lines[at + 1])


def _cell_per_line(lines: list[str], at: int) -> tuple[Rows, int]:
    """Cells up to two blank lines; one blank line ends a row, or stands inside a cell that goes on."""
    rows: Rows = []
    blanks = 0
    new_row = True
    end = at
    while at < len(lines):
        row = lines[at]
        if not row.strip() and "\t" not in row:
            blanks += 1
            new_row = True
            if blanks >= 2 and not (rows and _is_begun(rows[-1][-1], lines, at)):
                break
        elif _is_cell_line(row):
            if new_row:
                rows.append([])
            rows[-1].append(row[1:])
            blanks, new_row, end = 0, False, at + 1
        elif "\t" in row or not _continues_cell(rows[-1], lines, at, after_blank=blanks > 0):
            break
        else:
            rows[-1][-1] += "\n" + row
            blanks, new_row, end = 0, False, at + 1
        at += 1
    return rows, end


def _is_begun(cell: str, lines: list[str], at: int) -> bool:
    """Whether a cell ends in an enumerator whose label follows, further blank lines below."""
    following = next((row for row in lines[at : at + _FURTHEST] if row.strip()), "")
    if "\t" in following or not following:
        return False
    last = cell.strip().rpartition("\n")[2]
    open_end = _ENUMERATOR.fullmatch(last) is not None and not last[-1].isdigit()
    return open_end or (last.isdigit() and following.lstrip().startswith(_NO_BEGINNING))


def _continues_cell(cells: list[str], lines: list[str], at: int, *, after_blank: bool) -> bool:
    """Whether a line without a tab belongs to the cell above it rather than to the prose after the table."""
    row = lines[at]
    if heading_key(row) or len(row.strip()) > 2 * _PROSE:
        return False
    if not after_blank or row.lstrip().startswith(_NO_BEGINNING):
        return True
    plain, is_label = cells[-1].strip(), len(cells) == 1  # a label may begin with 没有
    word = _WORD.fullmatch(plain) and not is_label
    number = (_NUMBER.fullmatch(plain) and not plain.endswith(".")) or word
    goes_on = at + 1 < len(lines) and _is_cell_line(lines[at + 1]) and not row.rstrip().endswith("。")
    return len(row.strip()) <= (_PROSE if goes_on else _ROW_WORD) and not number
