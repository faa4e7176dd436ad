"""A spreadsheet (.xls, .xlsx, .et) to a Document: each sheet's paragraphs and tables from top to bottom."""

from __future__ import annotations

import datetime
import io
import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

import olefile
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from govcrawl.documents.biff import MOST_COLUMNS, MOST_ROWS, reach
from govcrawl.documents.biff_rich import Texts, rich_cells
from govcrawl.documents.grid import cell_text
from govcrawl.documents.headings import heading_key
from govcrawl.documents.hidden_places import Hidden, hidden_in_parts, hidden_in_stream, without_hidden
from govcrawl.documents.left_out import left_out
from govcrawl.documents.placed import grid_of_cells
from govcrawl.documents.rich_cells import with_rich_cells
from govcrawl.documents.titles import is_report_title, title_candidates
from govcrawl.documents.zipped import Zipped
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Block, Cell, Document, Paragraph, Table
from govcrawl.text import line

MAX_AREA = 1_000_000
"""Cells between a sheet's corners: reading one allocates them all, used or not."""

_REFERENCE = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^>]{0,200}?\br\s*=\s*["']([A-Za-z]{0,12})(\d{1,20})["']""")
# Attributes of a cell with a formula and no result; where its type is a text, the result may be an empty one.
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?c\b(?:(?!t\s*=\s*[\"']str)[^<>])*>\s*"
    rb"<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*(?:/>|>\s*</(?:\w+:)?v>)\s*)?</(?:\w+:)?c>"
)
# Typed before a number to make it a text; programs that do not know it so keep it as part of the text.
_TEXT_MARK = re.compile(r"^['’](?=[+-]?\d[\d,]*(?:\.\d+)?$)")
_SIGNATURE = 3  # lines of one text each, which are no table
_PROSE = 30
_TOP = 8

Row = list[str]
Merged = dict[tuple[int, int], tuple[int, int]]


def read_sheets(content: bytes, kind: str) -> Document:
    """The document of a workbook; ``kind`` is xls or xlsx.

    Rows in which one text stands alone are paragraphs where they are headings or prose. Raises
    UnreadableDocument for a damaged, encrypted or hostile file.
    """
    rich: Mapping[int, Texts] = {}
    named: dict[str, Hidden] = {}
    numbered: Mapping[int, Hidden] = {}
    if kind == "xlsx":
        parts = Zipped(content)
        _refuse_sheets(parts)
        content, named = with_rich_cells(content, parts), hidden_in_parts(parts)
    elif content.startswith(olefile.MAGIC):
        stream = _stream(content)
        rich, numbered = rich_cells(stream), hidden_in_stream(stream)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            hidden = {name: numbered[n] for n, name in enumerate(book.sheet_names) if n in numbered} | named
            return sheet_document(kind, (_read(book, name, rich, hidden) for name in _shown_sheets(book)))
    except CalamineError as error:
        raise UnreadableDocument(
            f"damaged or protected workbook ({error}); open it and save it again"
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a fault within the Rust library, which is no Exception
            raise
        raise UnreadableDocument(f"damaged workbook ({error}); open it and save it again") from error


def sheet_document(kind: str, sheets: Iterable[tuple[list[Row], Merged]]) -> Document:
    """The document of sheets, each given as its rows and the sizes of its merged cells by their corners."""
    blocks = [block for rows, merged in sheets for block in _sheet(rows, merged)]
    first = [block for block in blocks if isinstance(block, Paragraph)][:_TOP]
    return Document(kind, tuple(blocks), titles=title_candidates(first))


def _shown_sheets(book: CalamineWorkbook) -> list[str]:
    """Names of the sheets that are not hidden, of all where each is."""
    shown = [own.name for own in book.sheets_metadata if own.visible == SheetVisibleEnum.Visible]
    return shown or book.sheet_names


def _read(
    book: CalamineWorkbook, name: str, rich: Mapping[int, Texts], hidden: Mapping[str, Hidden]
) -> tuple[list[Row], Merged]:
    sheet = book.get_sheet_by_name(name)
    corner = sheet.end or (0, 0)
    _refuse_area(f"sheet {line(name)!r}", (corner[0] + 1) * (corner[1] + 1))
    rows = [
        ["" if value == "" else _shown(value) for value in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for (row, column), text in rich.get(book.sheet_names.index(name), {}).items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = cell_text(text)
    merged = {(a[0], a[1]): (b[0] - a[0] + 1, b[1] - a[1] + 1) for a, b in sheet.merged_cell_ranges or ()}
    unseen = hidden.get(name)
    if unseen is None or not (unseen.rows or unseen.columns):
        return rows, merged
    left_out("hidden rows and columns of a sheet")
    return without_hidden(rows, merged, unseen)


def _refuse_sheets(parts: Zipped) -> None:
    for name in parts.names():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            content = parts.read(name) or b""
            if _NO_RESULT.search(content):
                raise UnreadableDocument(
                    "workbook with formulas that were never worked out; open and save it"
                )
            corners = [(_column(c), int(r)) for c, r in _REFERENCE.findall(content)]
            area = max((c for c, _ in corners), default=0) * max((r for _, r in corners), default=0)
            _refuse_area(name, area)


def _stream(content: bytes) -> bytes:
    """The stream of an Excel 97 file, empty where it has none.

    Raises UnreadableDocument where the file's list of blocks is broken: calamine follows it for ever.
    Also where a sheet says that it reaches beyond what Excel 97 has: calamine makes room for that at once.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            if any(_is_endless(chain, start) for chain, start in _chains(file)):
                raise UnreadableDocument(
                    "damaged workbook (its blocks run in a circle); open it and save it again"
                )
            name = next((name for name in ("Workbook", "Book") if file.exists(name)), "")
            stream = file.openstream(name).read() if name else b""
            rows, columns = reach(stream)
    except (OSError, ValueError, IndexError, TypeError, struct.error) as error:
        raise UnreadableDocument(f"damaged workbook ({error}); open it and save it again") from error
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        told = f"a sheet of {rows:,} rows and {columns:,} columns"
        raise UnreadableDocument(f"damaged workbook ({told}); open it and save it again")
    return bytes(stream)


def _chains(file: Any) -> Iterator[tuple[Sequence[int], int]]:
    """The lists of blocks that calamine follows, each with its first block."""
    file.loadminifat()
    yield file.fat, file.first_dir_sector
    yield file.fat, file.first_mini_fat_sector
    for entry in filter(None, file.direntries):
        short = entry.entry_type == olefile.STGTY_STREAM and entry.size < file.minisectorcutoff
        yield (file.minifat if short else file.fat), entry.isectStart


def _is_endless(chain: Sequence[int], start: int) -> bool:
    seen = set[int]()
    while 0 <= start < len(chain):
        if start in seen:
            return True
        seen.add(start)
        start = chain[start]
    return False


def _refuse_area(name: str, area: int) -> None:
    if area > MAX_AREA:
        raise UnreadableDocument(f"{name} spans {area:,} cells, at most {MAX_AREA:,} are read")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _shown(value: object) -> str:
    """A cell's value as a spreadsheet shows it without a format of its own."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()
    text = cell_text(str(value))
    return _TEXT_MARK.sub("", text)


def _sheet(rows: list[Row], merged: Merged) -> Iterator[Block]:
    """Blank rows, headings and lines of prose part the tables of a sheet."""
    start = 0
    for at, row in enumerate([*rows, []]):
        alone = _alone(row)
        if any(row) and (alone is None or not _is_prose(alone)):
            continue
        yield from _table(rows, start, at, merged)
        if alone:
            yield from (Paragraph(line(part)) for part in alone.split("\n"))
        start = at + 1


def _alone(row: Row) -> str | None:
    """The only text of a row, None where it has none or several."""
    texts = [text for text in row if text]
    return texts[0] if len(texts) == 1 else None


def _is_prose(text: str) -> bool:
    return bool(heading_key(text)) or is_report_title(text) or "。" in text or len(text) > 2 * _PROSE


def _table(rows: list[Row], start: int, end: int, merged: Merged) -> Iterator[Block]:
    """The table between two rows; single lines above it that no frame holds are paragraphs."""
    above = list(
        takewhile(lambda at: _alone(rows[at]) and len(rows[at]) > 1 and _left(rows[at]), range(start, end))
    )
    few = end - start <= _SIGNATURE and all(_alone(rows[at]) for at in range(start, end))
    if few or len(above) == end - start:  # nothing but single lines
        yield from (Paragraph(line(_alone(rows[at]) or "")) for at in range(start, end))
        return
    grid = grid_of_cells(_cells(rows, start, end, merged))
    if grid is not None:
        yield Table(grid)


def _left(row: Row) -> bool:
    return bool(row[0])


def _cells(rows: list[Row], start: int, end: int, merged: Merged) -> Iterator[Cell]:
    width = max((at + 1 for row in rows[start:end] for at, text in enumerate(row) if text), default=0)
    covered: set[tuple[int, int]] = set()
    for at in range(start, end):
        for column in range(width):
            if (at, column) in covered:
                continue
            height, span = merged.get((at, column), (1, 1))
            height, span = min(height, end - at), min(span, width - column)
            covered |= {(at + down, column + right) for down in range(height) for right in range(span)}
            text = rows[at][column] if column < len(rows[at]) else ""
            yield Cell(text, at - start, column, height, span)
