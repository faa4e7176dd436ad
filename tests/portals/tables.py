"""The three statutory tables as grids of spanning cells, laid out as the official forms are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tests.portals.forms import LEAD, Form, Row, stat_rows
from tests.portals.look import Look
from tests.portals.model import FactTruth

Facts = Mapping[str, FactTruth]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its spans; a newline in ``text`` becomes a line break in the cell."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    value: bool = False


Grid = list[list[Cell]]


def noisy(label: str, look: Look, rng: Random) -> str:
    """A label as pasted from a word processor: a space or a line break may have crept in."""
    if len(label) < 3 or rng.random() >= look.spaced:
        return label
    place = rng.randint(1, len(label) - 1)
    return label[:place] + rng.choice((" ", "\n", "\u3000", " ")) + label[place:]


def proactive(form: Form, facts: Facts, look: Look, year: int, rng: Random) -> list[Grid]:
    """The table on proactive disclosure: four columns, one grid or one for each block."""
    grids: list[Grid] = []
    for order, block in enumerate(form.blocks):
        rows: Grid = []
        if order or look.first_banner:
            rows.append([Cell(noisy(block.banner, look, rng), 4)])
        texts = [_heading(c.text, c.kind, look, year) for c in block.columns]
        rows.append(_spread([Cell(noisy(t, look, rng)) for t in ("信息内容", *texts)]))
        for row in block.rows:
            values = [facts[f"proactive.{block.id}.{row.id}:{c.id}"].raw for c in block.columns]
            label = row.text if look.spaced < 0.2 else row.text.replace("行政规范性文件", "规范性文件")
            rows.append(_spread([Cell(noisy(label, look, rng)), *(Cell(v, value=True) for v in values)]))
        grids.append(rows)
    if look.title_row and not look.split_proactive:
        grids[0].insert(0, [Cell("主动公开政府信息情况", 4)])
    return grids if look.split_proactive else [[row for grid in grids for row in grid]]


def _heading(text: str, kind: str, look: Look, year: int) -> str:
    if kind == "money" and text == "采购总金额":
        return text + look.unit_in_header
    if look.year_in_header and text.startswith("本年") and text.endswith("件数"):
        return text.replace("本年", f"本年（{year}）")
    return text


def _spread(cells: list[Cell]) -> list[Cell]:
    last = cells[-1]
    return [*cells[:-1], Cell(last.text, 5 - len(cells), last.rowspan, last.value)]


def application(form: Form, facts: Facts, look: Look, rng: Random) -> Grid:
    """The table on applications: three label columns, seven value columns, three header rows."""
    organisations = form.applicants[1:-1]
    grid: Grid = [
        [Cell(LEAD, 3, 3), Cell(noisy("申请人情况", look, rng), 7)],
        [
            Cell(noisy("自然人", look, rng), 1, 2),
            Cell(noisy("法人或其他组织", look, rng), 5),
            Cell(noisy("总计", look, rng), 1, 2),
        ],
        [Cell(noisy(o.text, look, rng)) for o in organisations],
    ]
    for index, row in enumerate(form.rows):
        labels = _row_labels(form.rows, index, look, rng)
        values = [facts[f"application.{row.id}:{a.id}"].raw for a in form.applicants]
        grid.append([*labels, *(Cell(v, value=True) for v in values)])
    return grid


def _row_labels(rows: tuple[Row, ...], index: int, look: Look, rng: Random) -> list[Cell]:
    path, labels = rows[index].path, []
    for depth, text in enumerate(path):
        head = path[: depth + 1]
        if index and rows[index - 1].path[: depth + 1] == head:
            continue
        below = sum(1 for row in rows if row.path[: depth + 1] == head)
        width = 4 - len(path) if depth == len(path) - 1 else 1
        labels.append(Cell(noisy(text, look, rng), width, below))
    return labels


def challenge(form: Form, facts: Facts, look: Look, rng: Random) -> Grid:
    """The table on review and litigation: fifteen columns, three header rows, one row of numbers."""

    def names() -> list[str]:
        texts = [look.pending if o.id == "pending" else o.text for o in form.outcomes]
        return [noisy(text, look, rng) for text in texts]

    values = [facts[f"challenge.{g.id}:{o.id}"].raw for g in form.groups for o in form.outcomes]
    return [
        [Cell("行政复议", 5), Cell("行政诉讼", 10)],
        [*(Cell(n, 1, 2) for n in names()), *(Cell(noisy(g.text, look, rng), 5) for g in form.groups[1:])],
        [Cell(n) for _ in form.groups[1:] for n in names()],
        [Cell(v, value=True) for v in values],
    ]


def statistics(facts: Facts) -> Grid:
    """The statistics form of 2014: indicator, unit, number."""
    grid: Grid = [[Cell("统计指标"), Cell("单位"), Cell("统计数")]]
    for row, label, unit in stat_rows():
        raw = facts[f"stat2014.{row}"].raw if unit else ""
        grid.append([Cell(label), Cell(unit or ""), Cell(raw, value=True)])
    return grid
