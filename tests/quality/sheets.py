"""The three tables as sheets of boxes, and what clerks, word processors and printers do to them.

Labels and spans come from the forms written out by hand; nothing here knows how tables are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random

from tests.quality.printed import Printed
from tests.reports import forms

SUB_ROWS = ("行政检查", "行政确认", "行政奖励", "公共服务", "行政裁决")
_EXPLAINED = {
    "规章": "规章（设区的市以上政府填写）",
    "规范性文件": "规范性文件（行政机关制定发布的决定、命令等）",
    "行政规范性文件": "行政规范性文件（含联合发文）",
    "行政许可": "行政许可（含备案类）",
    "行政处罚": "行政处罚（按决定书计）",
}
_CUT = {
    "本年增/减": "本年增/", "本年新制作数量": "本年新", "本年新公开数量": "本年新", "现行有效件数": "现行有效件",
    "对外公开总数量": "对外公开总数",
}  # fmt: skip
_RENAMED = {
    "自然人": ("自 然 人",), "法人或其他组织": ("法人和其他组织", "法人或者其他组织"), "总计": ("合计",),
    "尚未审结": ("未审结",), "其他": ("其它",), "信息内容": ("信 息 内 容",), "公益组织": ("社会公益组织",),
    "行政规范性文件": ("规范性文件",), "结果维持": ("维持",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A cell with its spans; ``fact`` names the value it holds, ``kind`` is label, head, banner or value."""

    text: str
    high: int = 1
    wide: int = 1
    fact: str | None = None
    kind: str = "label"


Row = list[Box]


@dataclass(slots=True)
class Sheet:
    """A table: its rows, how many of them are headers, where one was hidden on purpose."""

    kind: str
    rows: list[Row]
    heads: int = 0
    hidden: set[int] = field(default_factory=set)


class _Value(str):
    """Text of a value that remembers whose it is, while the forms lay it out."""

    __slots__ = ("fact",)

    def __new__(cls, fact: str, text: str) -> _Value:
        made = super().__new__(cls, text)
        made.fact = fact
        return made


def sheets(template: str, cells: Mapping[str, Printed]) -> dict[str, Sheet]:
    """The official tables of a template with these values."""

    def value(fact: str) -> str:
        return _Value(fact, cells[fact].raw)

    return {
        "proactive": Sheet("proactive", [_row(r, 1) for r in forms.proactive(template, value)]),
        "application": Sheet("application", _headed(forms.application(template, value), 3), 3),
        "challenge": Sheet("challenge", _headed(forms.challenge(value), 3), 3),
    }


def _headed(rows: list[list[forms.Item]], heads: int) -> list[Row]:
    return [_row(row, 0, head=n < heads) for n, row in enumerate(rows)]


def _row(items: list[forms.Item], labels: int, *, head: bool = False) -> Row:
    row: Row = []
    for item in items:
        text, high, wide = (item, 1, 1) if isinstance(item, str) else item
        kind = "head" if head else "label"
        if labels and text.startswith("第二十条"):
            kind = "banner"
        elif labels and str(items[0]) == "信息内容":
            kind = "head"
        fact = text.fact if isinstance(text, _Value) else None
        row.append(Box(str(text), high, wide, fact, "value" if fact else kind))
    return row


def changed(sheet: Sheet, change: Callable[[Box], Box]) -> Sheet:
    """The sheet with every box changed."""
    return replace(sheet, rows=[[change(box) for box in row] for row in sheet.rows])


def relabelled(sheet: Sheet, texts: Mapping[str, str]) -> Sheet:
    """Labels and headers replaced by their synonyms."""

    def change(box: Box) -> Box:
        return box if box.fact else replace(box, text=texts.get(box.text, box.text))

    return changed(sheet, change)


def synonyms(sheet: Sheet, year: int, rng: Random) -> Sheet:
    """Some headers as other offices word them; the same header the same everywhere in the sheet."""
    texts = {text: rng.choice(words) for text, words in _RENAMED.items() if rng.random() < 0.4}
    if sheet.kind == "application":
        # 总计 names a row too, and 其他 a row of 2021: respelled there they are other words.
        texts = {text: words for text, words in texts.items() if text in ("自然人", "法人或其他组织")}
    if rng.random() < 0.4:
        texts |= {
            head: head.replace("本年", f"本年（{year}）")
            for head in ("本年制发件数", "本年废止件数", "本年新制作数量")
        }
    return relabelled(sheet, texts)


def explained(sheet: Sheet) -> Sheet:
    """Labels of table 二 with the filling note that the form's makers put behind them."""
    return relabelled(sheet, _EXPLAINED)


def cut_headers(sheet: Sheet) -> Sheet:
    """Headers of table 二 cut at the end of the first line."""
    return relabelled(sheet, _CUT)


def without_banners(sheet: Sheet, *, only_first: bool) -> Sheet:
    """Table 二 without the rows that name the article."""
    banners = [n for n, row in enumerate(sheet.rows) if row[0].kind == "banner"]
    gone = banners[:1] if only_first else banners
    return replace(sheet, rows=[row for n, row in enumerate(sheet.rows) if n not in gone])


def enumerated(sheet: Sheet, style: str) -> Sheet:
    """Labels of table 三 with other enumerators: 1、 or (1) for 1., or none."""

    def change(box: Box) -> Box:
        if box.kind == "label" and box.text[:1].isdigit() and box.text[1:2] == "." and box.text != "3.其他":
            return replace(box, text=style.format(box.text[0]) + box.text[2:])
        return box

    return changed(sheet, change)


def title_row(sheet: Sheet, text: str) -> Sheet:
    """The section's title as first row over the whole width."""
    wide = sum(box.wide for box in sheet.rows[0])
    heads = sheet.heads and sheet.heads + 1
    return replace(
        sheet, rows=[[Box(text, 1, wide, None, "head")], *sheet.rows], heads=heads, hidden=_later(sheet, 1)
    )


def _later(sheet: Sheet, rows: int) -> set[int]:
    return {n + rows for n in sheet.hidden}


def heads_twice(sheet: Sheet) -> Sheet:
    """The header rows printed a second time."""
    rows = [*sheet.rows[: sheet.heads], *sheet.rows]
    return replace(sheet, rows=rows, heads=2 * sheet.heads, hidden=_later(sheet, sheet.heads))


def hidden_rows(sheet: Sheet, rng: Random) -> Sheet:
    """A row with other numbers that no reader of the page sees, before rows that no span reaches into."""
    rows = list(sheet.rows)
    for at in reversed(range(sheet.heads, len(rows) + 1)):
        if rng.random() < 0.1 and at < len(rows) and rows[at][0].wide >= 3 and rows[at][0].kind == "label":
            fake = [replace(b, text="77" if b.fact else b.text, high=1, fact=None) for b in rows[at]]
            rows.insert(at, fake)
            sheet.hidden = {n + 1 if n >= at else n for n in sheet.hidden} | {at}
    return replace(sheet, rows=rows)


def unknown_rows(sheet: Sheet, rng: Random) -> Sheet:
    """A row that the form does not have, behind the first data row of table 二."""
    places = [n for n, row in enumerate(sheet.rows) if row[0].text.startswith(("规范性", "行政规范性"))]
    rows = list(sheet.rows)
    for place in places[:1]:
        extra = [replace(b, text=str(rng.randint(5, 99)), fact=None, kind="value") for b in rows[place][1:]]
        rows.insert(place + 1, [replace(rows[place][0], text="其他主动公开文件"), *extra])
    return replace(sheet, rows=rows)


def remarks_column(sheet: Sheet, rng: Random) -> Sheet:
    """One more column at the right, 备注, mostly empty."""
    rows = []
    for n, row in enumerate(sheet.rows):
        if sheet.kind == "proactive":
            head = row[0].kind == "head"
            box = replace(row[0], wide=row[0].wide + 1) if row[0].kind == "banner" else None
            rows.append(
                [box]
                if box
                else [
                    *row,
                    Box("备注" if head else rng.choice(("", "", "见说明")), kind="head" if head else "other"),
                ]
            )
        elif n == 0:
            rows.append([*row, Box("备注", sheet.heads, 1, None, "head")])
        else:
            rows.append(row if n < sheet.heads else [*row, Box(rng.choice(("", "", "见说明")), kind="other")])
    return replace(sheet, rows=rows)


def total_first(sheet: Sheet) -> Sheet:
    """Table 三 with its column 总计 before the others."""
    rows = []
    for n, row in enumerate(sheet.rows):
        if n == 0:
            rows.append(row)
        elif n == 1:
            rows.append([row[-1], *row[:-1]])
        elif n == 2:
            rows.append(row)
        else:
            values = [box for box in row if box.kind == "value"]
            labels = [box for box in row if box.kind != "value"]
            rows.append([*labels, values[-1], *values[:-1]])
    return replace(sheet, rows=rows)


def by_blocks(sheet: Sheet) -> list[Sheet]:
    """Table 二 as one table for each block."""
    starts = [n for n, row in enumerate(sheet.rows) if row[0].kind == "banner"]
    if len(starts) < 2:
        starts = [n for n, row in enumerate(sheet.rows) if row[0].text.replace(" ", "") == "信息内容"]
    edges = [0, *starts[1:], len(sheet.rows)]
    return [replace(sheet, rows=sheet.rows[a:b]) for a, b in pairwise(edges)]


def three_small(sheet: Sheet) -> list[Sheet]:
    """Table 四 as a small table for each group."""
    heads = [replace(box, high=1) for box in sheet.rows[1][:5]]
    names = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    values = sheet.rows[-1]
    return [
        Sheet("challenge", [[Box(name, 1, 5, None, "head")], heads, values[5 * n : 5 * n + 5]], 2)
        for n, name in enumerate(names)
    ]


def data_row_alone(sheet: Sheet) -> list[Sheet]:
    """Table 四 with its numbers on the next page."""
    return [replace(sheet, rows=sheet.rows[:-1]), Sheet("challenge", sheet.rows[-1:], 0)]


def broken(sheet: Sheet, at: int, *, again: bool, lead: str) -> list[Sheet]:
    """The sheet cut by a page's end before row ``at``; ``again`` prints the headers on the new page too.

    ``lead`` says what stands there for a label that spans the break: ``repeat`` it, leave it ``empty``.
    """
    first, second = [list(row) for row in sheet.rows[:at]], [list(row) for row in sheet.rows[at:]]
    hanging = []
    for n, row in enumerate(first):
        for place, box in enumerate(row):
            over = n + box.high - at
            if over > 0:
                hanging.append(replace(box, high=over, text=box.text if lead == "repeat" else ""))
                row[place] = replace(box, high=box.high - over)
    second[0] = [*hanging, *second[0]]
    heads = sheet.rows[: sheet.heads] if again else []
    return [replace(sheet, rows=first), replace(sheet, rows=[*heads, *second])]


def split_label(sheet: Sheet, row: int, rng: Random) -> tuple[Sheet, int]:
    """A row whose last label runs on in a row of its own, as a page's end leaves it; the new row's place."""
    rows = [list(r) for r in sheet.rows]
    place = max(n for n, box in enumerate(rows[row]) if box.kind == "label")
    box = rows[row][place]
    cut = rng.randint(len(box.text) // 2 + 1, len(box.text) - 1)
    values = [replace(b, text="", fact=None) for b in rows[row] if b.kind == "value"]
    rows[row][place] = replace(box, text=box.text[:cut], high=1)
    rows.insert(row + 1, [replace(box, text=box.text[cut:], high=1), *values])
    for n, earlier in enumerate(rows[: row + 1]):
        for at, other in enumerate(earlier):
            reaches = other.high > 1 and n + other.high > row
            if reaches and other is not rows[row][place]:
                earlier[at] = replace(other, high=other.high + 1)
    return replace(sheet, rows=rows), row + 1


def with_sub_rows(sheet: Sheet, names: list[str], value: Callable[[str], Printed]) -> Sheet:
    """其他对外管理服务事项 of 2019 as one row for each kind of matter, every other label two columns wide."""
    rows: list[Row] = []
    for row in sheet.rows:
        if row[0].text != "其他对外管理服务事项":
            rows.append([replace(row[0], wide=row[0].wide + 1), *row[1:]])
            continue
        for n, name in enumerate(names):
            lead = [replace(row[0], high=len(names))] if n == 0 else []
            cells = [replace(b, text=value(f"{name}:{b.fact}").raw, fact=f"{name}:{b.fact}") for b in row[1:]]
            rows.append([*lead, Box(name), *cells])
    return replace(sheet, rows=rows)


def merged(parts: list[Sheet]) -> Sheet:
    """Several tables as one."""
    rows: list[Row] = []
    hidden: set[int] = set()
    for part in parts:
        hidden |= {n + len(rows) for n in part.hidden}
        rows += part.rows
    return Sheet("all", rows, 0, hidden)


def slots(sheet: Sheet, mode: str) -> list[list[tuple[Box, bool]]]:
    """Rows of (box, whether it begins here): ``once`` as they are, ``repeat`` or ``empty`` where spans reach."""
    if mode == "once":
        return [[(box, True) for box in row] for row in sheet.rows]
    taken: dict[tuple[int, int], tuple[Box, bool]] = {}
    for r, row in enumerate(sheet.rows):
        c = 0
        for box in row:
            while (r, c) in taken:
                c += 1
            for y in range(box.high):
                for x in range(box.wide):
                    taken[r + y, c + x] = (box if mode == "repeat" or not (x or y) else Box(""), not (x or y))
            c += box.wide
    return [[taken[r, c] for c in sorted(k[1] for k in taken if k[0] == r)] for r in range(len(sheet.rows))]
