"""Rows of table 三 by their labels, also where page breaks cut them or somebody misspelt them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property, lru_cache

from govcrawl.model import Cell
from govcrawl.reports.lines import Line, Reading
from govcrawl.reports.schema import Row, load_schema
from govcrawl.reports.values import is_plain_value
from govcrawl.reports.values import plain_text as folded

HEADER = re.compile("申请人情况|自然人|法人或其他组织|商业企业|科研机构|公益组织|法律服务|勾稽关系")
_GROUPS = ("本年度办理结果", "不予公开", "无法提供", "不予处理")
_ALL_GROUPS = (*_GROUPS, "其他处理")
_ENUM = re.compile(r"^(?:\(?[一二三四五六七八九十0-9]+[.、)]+|[0-9]+)+")
_SUB_ROW = re.compile("其中|[-—–]")
_HAN = re.compile("[\u4e00-\u9fff]")
_NO_WORDS = re.compile(r"\W")
_TOTAL = re.compile(r"^(?:\(?七[)、.]*|7[.、])?(?:总计|合计)(?:数)?$")
_OTHER = re.compile(r"^(?:\(?3\)?[.、)]*)?其他$")
# Their words head columns too.
_SHORT = ("result.total", "result.other.misc")
_GROUP = "result.other"
LAST_OF_OTHER = "result.other.unpaid_fee"
# The only column of a table that leaves out who applied.
ONLY_HEAD = re.compile(r"(?:申请)?(?:总计|合计|总数|数量|件数|总量)(?:\(.{1,6}\))?")
_COLUMNS = 7
_TITLE = "处理政府信息公开申请"
_LIKENESS = 0.8
_CUT = 5  # words of a label that its cell has cut off
LONGEST_LABEL = 70


@dataclass
class Entry:
    """A row of the table with values: what it is (None while unknown) and where its label ends."""

    row: Row | None
    line: Line
    leaf: int
    label: str

    @cached_property
    def values(self) -> tuple[Cell, ...]:
        """Cells behind the label; the labels of groups that hang in from above are none."""
        line = self.line
        behind = line.cells[self.leaf + 1 :]
        return tuple([cell for cell in behind if line.owns(cell) or is_plain_value(cell.text)])


@cache
def all_rows() -> tuple[Row, ...]:
    """Rows of both templates in the form's order, 其他处理 of 2019 before the three of 2021."""
    schema = load_schema()
    old = {row.id: row for row in schema.templates["2019"].application}
    rows = list(schema.templates["2021"].application)
    place = next(n for n, row in enumerate(rows) if row.id == "result.other.overdue_correction")
    return (*rows[:place], old["result.other"], *rows[place:])


@cache
def _by_id() -> dict[str, Row]:
    return {row.id: row for row in all_rows()}


@lru_cache(maxsize=4096)
def match_label(plain: str, after: str | None = None) -> Row | None:
    """The row whose label this folded text is; bare 其他 and 总计 need the row that stands before them."""
    rows = _by_id()
    if len(plain) > LONGEST_LABEL:
        return None
    if _TOTAL.match(plain):
        placed = after is not None and after.startswith("result.")
        return rows["result.total"] if "七" in plain or placed else None
    if _OTHER.match(plain):
        return rows["result.other.misc"] if after == LAST_OF_OTHER else None
    named = ("result.total", "result.other.misc", "result.other")
    for row in all_rows():
        if row.id not in named and row.matches(plain):
            return row
    return rows["result.other"] if rows["result.other"].matches(plain) else _cut(plain)


def _cut(plain: str) -> Row | None:
    """The only row whose label begins with a text that its cell has cut off."""
    bare = _NO_WORDS.sub("", _ENUM.sub("", plain))
    if len(bare) < _CUT or any(group.startswith(bare) for group in _GROUPS):
        return None
    found = [
        row for row in all_rows() if _NO_WORDS.sub("", _ENUM.sub("", folded(row.label))).startswith(bare)
    ]
    return found[0] if len(found) == 1 else None


def _alike(plain: str) -> Row | None:
    bare = _ENUM.sub("", plain)
    if len(bare) < 5 or any(bare.endswith(group) for group in _GROUPS):
        return None
    scored = [
        (SequenceMatcher(None, bare, _ENUM.sub("", folded(row.label))).ratio(), row) for row in all_rows()
    ]
    ratio, row = max(scored, key=lambda pair: pair[0])
    return row if ratio >= _LIKENESS else None


def entries_of(lines: Sequence[Line], out: Reading) -> tuple[list[Entry], list[Line]]:
    """Rows with their labels put together again, and the header lines."""
    entries: list[Entry] = []
    headers: list[Line] = []
    above: set[str] = set()
    pending = ""
    for line in lines:
        last = next((entry.row.id for entry in reversed(entries) if entry.row), None)
        leaf, row, label = _leaf(line, last)
        heading = HEADER.search(line.text) is not None or (not entries and _heads_one(line))
        if row is None and not entries:
            above.add(line.text)
        if row is not None and _ends_label(entries, line, leaf, row, out):
            pending = ""
        elif row is not None and not (heading and row.id in _SHORT):
            entries.append(Entry(row, line, leaf, label))
            pending = ""
        elif heading:
            headers.append(line)
        elif line.numbers:
            _take_values(entries, line, pending, last, out)
            pending = ""
        elif line.labels and not (entries and (line.text in above or _TITLE in line.text)):
            # Else the table's title, printed again on a new page.
            pending = _take_fragment(entries, line, pending, last, out)
    return entries, headers


def _heads_one(line: Line) -> bool:
    return not line.numbers and len(line.plain) > 1 and ONLY_HEAD.fullmatch(line.plain[-1]) is not None


def _ends_label(entries: list[Entry], line: Line, leaf: int, row: Row, out: Reading) -> bool:
    """Whether a row without numbers is the rest of the label above it, which stands beside the numbers."""
    previous = entries[-1] if entries else None
    if previous is None or previous.row is not None or any(line.plain[leaf + 1 :]):
        return False
    if not previous.label or _ENUM.match(line.plain[leaf]):
        return False
    if match_label(previous.label + line.plain[leaf]) is not row:
        return False
    previous.row = row
    out.note("split_label_repaired", f"application.{row.id}", line.plain[leaf])
    return True


def _leaf(line: Line, last: str | None) -> tuple[int, Row | None, str]:
    """Where a line's label stands, of which row it is, and its text."""
    innermost = _innermost(line)
    label = _put_together(line, innermost)
    if label is not None and (row := _by_whole_label().get(bare(label))) is not None:
        return innermost, row, label
    for n in reversed(line.labels):
        row = match_label(line.plain[n], LAST_OF_OTHER if _named_group(line, n) else last)
        # 其他处理 of 2019 is a group in 2021, with labels of rows, whole or cut, behind it.
        behind = n < innermost and line.plain[n] != line.plain[innermost]
        # Seven cells with a text in the first: a value that is no number.
        if behind and len(line.cells) - n - 1 == _COLUMNS and not _of_group(line.plain[innermost]):
            behind = False
        if row is not None and not (row.id == _GROUP and behind):
            return n, row, line.plain[n]
    return -1, None, ""


def _put_together(line: Line, leaf: int) -> str | None:
    """The text of a label that stands in several cells side by side; None where it stands in one."""
    if leaf >= 0 and not bare(line.plain[leaf]):
        return None
    first = leaf
    while first - 1 in line.labels and not any(name in line.plain[first - 1] for name in _ALL_GROUPS):
        first -= 1
    return "".join(line.plain[first : leaf + 1]) if first < leaf else None


@cache
def _by_whole_label() -> dict[str, Row]:
    return {bare(folded(text)): row for row in all_rows() for text in (row.label, row.path[-1])}


def _named_group(line: Line, leaf: int) -> bool:
    """Whether 其他处理 itself stands before a bare 其他: then it is the group's, whatever row came last."""
    if _OTHER.match(line.plain[leaf]) is None:
        return False
    before = (match_label(line.plain[n]) for n in line.labels if n < leaf)
    return any(row is not None and row.id == _GROUP for row in before)


def _of_group(plain: str) -> bool:
    """Whether a text is a label of 其他处理's rows of 2021, or a piece of one."""
    bare = _ENUM.sub("", plain)
    labels = [folded(row.label) for row in all_rows() if row.id.startswith(f"{_GROUP}.")]
    numbered = bare != plain and (not bare or _HAN.match(bare) is not None)
    return numbered or any(bare in label for label in labels)


def _innermost(line: Line) -> int:
    """Place of a row's last label, -1 without any; a text behind values, or behind blanks, is a remark."""
    leaf = -1
    for n in line.labels:
        between = [place for place in range(leaf + 1, n) if line.owns(line.cells[place])]
        if leaf >= 0 and (len(between) > 1 or any(line.plain[place] for place in between)):
            break
        leaf = n
    return leaf


def _take_values(entries: list[Entry], line: Line, pending: str, last: str | None, out: Reading) -> None:
    """A row of numbers whose own label says nothing: rest of a split row, a misspelt label, or unknown."""
    leaf = _innermost(line)
    own = (_put_together(line, leaf) or line.plain[leaf]) if leaf >= 0 else ""
    previous = entries[-1] if entries else None
    joined = match_label(pending + own, last) if pending else None
    if joined is None and previous and previous.row and not any(folded(c.text) for c in previous.values):
        whole = match_label(previous.label + own, None)
        other = _ENUM.match(own) or _SUB_ROW.match(own) or (own and _is_whole(previous))
        if whole is previous.row and not other:
            joined = whole
            entries.pop()
    if joined is not None:
        out.note("split_label_repaired", f"application.{joined.id}", pending + own)
    entries.append(Entry(joined or _alike(own), line, leaf, pending + own))
    if joined is None and entries[-1].row is not None:
        out.note("label_respelled", f"application.{entries[-1].row.id}", own)


def _is_whole(entry: Entry) -> bool:
    """Whether a row's label already has all the words of the form, so that nothing of it can follow."""
    return entry.row is not None and bare(folded(entry.row.label)) in bare(entry.label)


def bare(plain: str) -> str:
    """A label without its number and without any sign."""
    return _NO_WORDS.sub("", _ENUM.sub("", plain))


def _take_fragment(entries: list[Entry], line: Line, pending: str, last: str | None, out: Reading) -> str:
    """A row without numbers whose label is no row's: the rest of a label cut by a page break."""
    leaf = _innermost(line)
    text = line.plain[leaf]
    joined = match_label(pending + text, last) if pending else None
    if joined is not None:
        entries.append(Entry(joined, line, leaf, pending + text))
        out.note("split_label_repaired", f"application.{joined.id}", pending + text)
        return ""
    if not entries:
        return pending + text
    previous = entries[-1]
    if previous.row is None:
        previous.label += text
        previous.row = match_label(previous.label, last)
    if previous.row is not None:
        out.note("split_label_repaired", f"application.{previous.row.id}", text)
        return text
    return pending + text


def fill_gaps(entries: list[Entry], out: Reading) -> None:
    """Name unreadable labels by their order, where exactly as many rows are missing as stand there."""
    order = [row.id for row in all_rows() if row.id != "result.other"]
    for n, entry in enumerate(entries):
        if entry.row is not None or not 0 < n < len(entries) - 1:
            continue
        above, below = entries[n - 1].row, entries[n + 1].row
        if above is None or below is None or above.id not in order or below.id not in order:
            continue
        first, last = order.index(above.id), order.index(below.id)
        if last - first == 2 and _may_be(entry, wanted := _by_id()[order[first + 1]]):
            entry.row = wanted
            out.note("label_respelled", f"application.{entry.row.id}", entry.label)


def _may_be(entry: Entry, row: Row) -> bool:
    """Whether a label is somewhat like a row's; of one read unsurely on an image its number is enough."""
    if SequenceMatcher(None, entry.label, folded(row.label)).ratio() > 0.4:
        return True
    if entry.leaf < 0 or not entry.line.cells[entry.leaf].uncertain:
        return False
    group, within, _ = row.id.rpartition(".")
    kinds = [own.id for own in all_rows() if own.id.startswith(group + within)]
    number = _ENUM.match(entry.label)
    return "." in group and number is not None and _bare_number(number[0]) == kinds.index(row.id) + 1


def _bare_number(text: str) -> int | None:
    bare = _NO_WORDS.sub("", text)
    return int(bare) if bare.isdecimal() else None
