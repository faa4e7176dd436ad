"""The 政府信息公开情况统计表 of FY2014 to FY2018: rows of 统计指标, 单位, 统计数."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from govcrawl.model import Cell
from govcrawl.reports.lines import Line, Reading, stacked
from govcrawl.reports.schema import Column, Row, load_schema
from govcrawl.reports.values import plain_text as folded

_ENUM = re.compile(r"^(?:\(?[一二三四五六七八九十0-9]+[、.)]+|其中[::]?|[—\-]+)+")
_PARENTHESES = re.compile(r"\([^()]*\)")
_UNITS = frozenset(("条", "件", "次", "篇", "个", "人", "人次", "万元", "元"))
_VALUES = re.compile(r"统计数|数量|数值|数据|本年|当年|年度数|^年度|20\d\d年")
_UNIT_HEADS = ("单位", "计量单位")
_NO_VALUES = re.compile("单位|备注|说明|序号|指标|项目|累计|历年|以来|上一?年|去年|总数")
_LABEL_HEADS = frozenset(("统计指标", "指标", "指标名称", "统计项目", "项目", "项目名称", "内容", "统计内容"))
_TOP = 4
FEWEST = 6
FEWEST_OF_A_PIECE = 2


def is_statistics(lines: Sequence[Line], fewest: int = FEWEST) -> bool:
    """Whether a table is the statistics form, or a piece of it, by ``fewest`` of its own rows."""
    labels = {line.plain[n] for line in lines for n in line.labels}
    return len({row.id for label in labels for row in _rows_named(label)}) >= fewest


def read_statistics(lines: Sequence[Line], out: Reading) -> None:
    """Read the form's rows in order into ``out``; repeated labels are told apart by their order."""
    rows = _rows()
    column = _value_column(lines)
    place = -1
    for line in lines:
        leaf = next((n for n in line.labels if _rows_named(line.plain[n])), None)
        if leaf is None:
            continue
        wanted = [n for n, row in enumerate(rows) if n > place and row in _rows_named(line.plain[leaf])]
        if not wanted:
            continue
        place = wanted[0]
        row = rows[place]
        cells = [c for c, text in zip(line.cells, line.plain, strict=True) if text not in _UNITS][leaf + 1 :]
        _read_row(row, cells, column, line, out)


def _read_row(row: Row, cells: Sequence[Cell], column: int | None, line: Line, out: Reading) -> None:
    kind = "money" if row.unit == "万元" else "count"
    wanted = Column("", "统计数", row.unit or "件", kind)
    unit = next((text for text in line.plain if text in ("元", "万元")), "")
    name = f"stat2014.{row.id}"
    if len(cells) == 1:
        out.cell(name, wanted, cells[0], line, header=unit)
    elif not cells:
        out.cell(name, wanted, None, line)
    elif own := next((cell for cell in cells if cell.column == column), None):
        out.cell(name, wanted, own, line, header=unit)
    else:
        out.ambiguous(name, (wanted,), cells, line, f"{len(cells)} cells for one column")


def _value_column(lines: Sequence[Line]) -> int | None:
    """Slot of the one column that holds the year's numbers; a sum over the years is another."""
    heads = [line for line in lines[:_TOP] if line.aligned and not line.numbers and _is_header(line)]
    if not heads:
        return None
    texts = list(enumerate(stacked(heads)))[1:]
    others = [(slot, text) for slot, text in texts if text and not _NO_VALUES.search(text)]
    stated = [slot for slot, text in others if _VALUES.search(text)]
    values = stated if len(others) > 1 else [slot for slot, _ in others]
    return heads[-1].slots[values[0]].column if len(values) == 1 else None


def _is_header(line: Line) -> bool:
    return any(text in _LABEL_HEADS or text in _UNIT_HEADS for text in line.plain)


def _bare(plain: str) -> str:
    return _PARENTHESES.sub("", _ENUM.sub("", plain)).replace("政府微", "政务微")


@cache
def _rows() -> tuple[Row, ...]:
    return load_schema().templates["2014"].statistics


@lru_cache(maxsize=4096)
def _rows_named(plain: str) -> tuple[Row, ...]:
    return _rows_by_name().get(_bare(plain), ())


@cache
def _rows_by_name() -> dict[str, tuple[Row, ...]]:
    named: dict[str, tuple[Row, ...]] = {}
    for row in _rows():
        bare = _bare(folded(row.label))
        if len(bare) > 3:
            named[bare] = (*named.get(bare, ()), row)
    return named
