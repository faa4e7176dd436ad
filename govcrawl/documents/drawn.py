"""Statutory tables drawn without a table: columns kept apart by gaps or lines, or a cell on each line.

Nothing is put back that the drawing lost: a row whose blank cells left no trace stays short.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govcrawl.documents.headings import heading_key
from govcrawl.text import folded

Rows = list[list[str]]

_LABEL = re.compile(
    "本年新收|上年结转|予以公开|部分公开|国家秘密|三安全|第三方|重复申请|信息内容|行政许可|行政处罚|行政强制"
    "|规范性文件|结果维持|结果纠正|未审结|第二十条第|统计指标|公开政府信息数|答复数"
)
_VALUE = re.compile(r"(?:[+\-－−]?\d[\d,，.]{0,14}(?:万?元|件|条|个|项|次)?|[-—－/]+|[无空零〇])")
_GAP = re.compile(r"[\t\u00a0\u2002\u2003\u3000 ]{2,}|\t")
_LINES = re.compile(r"\s*[│┃|║｜]\s*")
_RULE = re.compile(r"[\s─━═┄—\-+=┌┐└┘├┤┬┴┼╋┏┓┗┛┣┫┳┻╔╗╚╝]+")
# The first row of table 四, which has no comma between its words as the section's heading has.
_CHALLENGES = re.compile(r"行政复议\s*行政诉讼")
_SENTENCE = re.compile("[\u4e00-\u9fff，、；：“”]{6,}。")
_LEAST = 3
_LONGEST = 120
_WIDE_ROW = 10


def is_cell_like(text: str) -> bool:
    """Whether a line can stand in a drawn table: neither a heading nor prose."""
    text = text.strip()
    if _SENTENCE.search(text) or len(text) > 2 * _LONGEST:
        return False
    return heading_key(text) is None or _CHALLENGES.fullmatch(text) is not None


def named(texts: Sequence[str]) -> bool:
    """Whether lines name rows or columns of the statutory tables often enough to be looked at."""
    return sum(len(_LABEL.findall(folded(text))) for text in texts) >= _LEAST


def drawn_rows(lines: Sequence[str]) -> Rows | None:
    """Rows of the table that raw lines draw, None where they draw none.

    A line of white space alone is a blank cell where cells stand one to a line, an empty one is a row's end.
    """
    for rows in (_by_lines(lines), _by_gaps(lines), _by_blank_lines(lines), _by_labels(lines)):
        if is_form(rows):
            return rows
    return None


def is_form(rows: Rows) -> bool:
    """Whether rows have labels and values of the statutory tables, and no prose."""
    cells = [folded(cell) for row in rows if len(row) > 1 for cell in row]
    if sum(len(row) > 1 for row in rows) < 2 or any(len(cell) > _LONGEST for cell in cells):
        return False
    labels = sum(_LABEL.search(cell) is not None for cell in cells)
    values = sum(not cell or _VALUE.fullmatch(cell) is not None for cell in cells)
    return labels >= _LEAST and values >= _LEAST


def _by_lines(lines: Sequence[str]) -> Rows:
    """Columns divided by drawn lines; rules between the rows are no rows."""
    rows: Rows = []
    for text in lines:
        if text.strip() and not _RULE.fullmatch(text):
            cells = _LINES.split(text.strip())
            inner = cells[1:] if len(cells) > 1 and not cells[0] else cells
            rows.append(inner[:-1] if len(inner) > 1 and not inner[-1] and cells[0] == "" else inner)
    return rows


def _by_gaps(lines: Sequence[str]) -> Rows:
    """Columns divided by gaps; a gap of several steps stands for blank cells where all gaps are in step."""
    texts = [text for text in lines if text.strip()]
    if any("\t" in text for text in texts):
        return [[cell.strip() for cell in text.split("\t")] for text in texts]
    gaps = [len(gap) for text in texts for gap in _GAP.findall(text)]
    step = min(gaps, default=0)
    if step > 2 and all(gap % step == 0 for gap in gaps) and len(set(gaps)) > 1:
        space = re.compile(rf"[\u00a0\u2002\u2003\u3000 ]{{{step}}}")
        return [[cell.strip() for cell in space.split(text)] for text in texts]
    return [[cell for cell in _GAP.split(text.strip()) if cell] for text in texts]


def _by_blank_lines(lines: Sequence[str]) -> Rows:
    """A cell on each line, an empty line behind each row."""
    rows: Rows = [[]]
    for text in lines:
        if text:
            rows[-1].append(text.strip())
        elif rows[-1]:
            rows.append([])
    rows = [row for row in rows if row]
    return rows if 2 * sum(_VALUE.fullmatch(folded(row[0])) is None for row in rows) > len(rows) > 2 else []


def _by_labels(lines: Sequence[str]) -> Rows:
    """A cell on each line: values belong to the label right before them, other labels head what follows."""
    rows: Rows = [[]]
    filled = False
    for text in lines:
        cell = text.strip()
        if not cell:
            continue
        if _VALUE.fullmatch(folded(cell)):
            if not filled and len(rows[-1]) > 1:
                rows.append([rows[-1].pop()])
            filled = True
        elif filled:
            rows.append([])
            filled = False
        rows[-1].append(cell)
    return [part for row in rows for part in _without_header(row)]


def _without_header(row: list[str]) -> Rows:
    """A row of table 四 has fifteen values, and its last header is no label of theirs."""
    if len(row) > _WIDE_ROW and not _VALUE.fullmatch(folded(row[0])):
        return [[row[0]], row[1:]]
    return [row] if row else []
