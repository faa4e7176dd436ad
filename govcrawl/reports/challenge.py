"""Table 四, 政府信息公开行政复议、行政诉讼情况: fifteen numbers in three groups of five."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from govcrawl.model import Cell
from govcrawl.reports.challenge_sums import goes_on, sums_up
from govcrawl.reports.lines import Line, Reading, shared, stacked
from govcrawl.reports.schema import Column, load_schema
from govcrawl.reports.values import is_plain_value
from govcrawl.reports.values import plain_text as folded

HEADER = re.compile("结果维持|结果纠正|其他结果|未审结|未经复议|复议后起诉|直接起诉")
_OUTCOMES = (
    ("upheld", re.compile("维持")),
    ("corrected", re.compile("纠正")),
    ("pending", re.compile("未审[结理]|未结")),
    ("total", re.compile("[总合]计")),
    ("other", re.compile("其他|其它")),
)
_GROUPS = (
    ("litigation_after_review", re.compile("复议后")),
    ("litigation_direct", re.compile("未经复议|直接起诉")),
    ("review", re.compile("^(?!.*诉讼).*行政复议|行政复议$")),
)
_FEWEST = 4
_GROUP_LABEL = 20
# The first row of a small table of one group.
GROUP_TITLE = re.compile(r"行政复议|行政诉讼(?:\(.{3,10}\))?")
_FRAGMENT = re.compile("(?<!结)果维持")
SYNONYMS = frozenset(("未审结", "尚未审理", "未审理", "尚未结案"))
"""Folded headers that stand for 尚未审结."""
_STANDARD = ("维持", "纠正", "他结果", "审", "计")


def read_challenge(lines: Sequence[Line], out: Reading, above: Mapping[int, str | None]) -> None:
    """Read table 四 into ``out``; ``above``: for each table the group that the words above it name."""
    headers: list[Line] = []
    fresh: list[Line] = []
    empty: list[Line] = []
    strays = _strays(lines)
    for line in lines:
        if id(line) in strays:
            out.note("unknown_row", "challenge", line.text)
        elif line.numbers:
            headers, fresh, empty = fresh or headers, [], []
            _read_line(line, headers, out, above)
        elif line.text:
            if empty and _complete(fresh, line):
                _read_line(empty[-1], fresh, out, above)
                headers, fresh, empty = fresh, [], []
            fresh.append(line)
            _synonyms(line, out)
            if _FRAGMENT.search(line.text):
                out.note("header_split", "challenge", " | ".join(text for text in line.plain if text))
        else:
            empty.append(line)
    if fresh and empty:
        _read_line(empty[-1], fresh, out, above)


def _complete(headers: Sequence[Line], following: Line) -> bool:
    """Whether the headers of a table left blank have ended: they name outcomes, the next line a group."""
    named = any("纠正" in line.text for line in headers)
    return named and (_group(following.text) is not None or following.table != headers[-1].table)


def _strays(lines: Sequence[Line]) -> set[int]:
    """Rows with numbers, but too few for the columns, beside rows that cover all of them: page numbers."""
    covered = {id(line): groups_of(line, [o for o in lines if o.table == line.table]) for line in lines}
    if set().union(*covered.values()) != set(_ids()[0]):
        return set()
    return {id(line) for line in lines if line.numbers and not covered[id(line)]}


def groups_of(line: Line, lines: Sequence[Line]) -> set[str]:
    """The groups whose numbers a row of a table with these lines has cells for; none for a header."""
    if line.text and not line.numbers:
        return set()
    groups, outcomes = _ids()
    cells = _data_cells(line)
    if len(cells) >= len(groups) * len(outcomes):
        return set(groups)
    named = _named_group(line, [other for other in lines if other.text and not other.numbers], None)
    return {named} if named and len(cells) >= len(outcomes) else set()


def _read_line(line: Line, headers: Sequence[Line], out: Reading, above: Mapping[int, str | None]) -> None:
    own = [header for header in headers if header.table == line.table]
    if _by_words(line, own, out) or (_label(line) < 0 and _by_header(line, own, out)):
        return
    _by_count(line, own or headers, _data_cells(line), above.get(line.table), out)


def _ids() -> tuple[tuple[str, ...], tuple[Column, ...]]:
    template = load_schema().templates["2021"]
    return tuple(group.id for group in template.groups), template.outcomes


def _synonyms(line: Line, out: Reading) -> None:
    for cell, text in zip(line.cells, line.plain, strict=True):
        if text in SYNONYMS:
            out.note("synonym_header", "challenge", f"{cell.text.strip()} for 尚未审结")


def _data_cells(line: Line) -> tuple[Cell, ...]:
    """Cells behind the label that the source has."""
    return tuple(cell for cell in line.cells[_label(line) + 1 :] if cell.colspan)


def _label(line: Line) -> int:
    """Place of the last cell that names a group; any other text among the numbers stands for a number."""
    return max((n for n in line.labels if any(p.search(line.plain[n]) for _, p in _GROUPS)), default=-1)


def _by_words(line: Line, headers: Sequence[Line], out: Reading) -> bool:
    """Read a row that is one outcome's: its group is named beside it, or above each number."""
    labels = [n for n, cell in enumerate(line.cells) if line.plain[n] and not is_plain_value(cell.text)]
    outcomes = [name for n in labels if (name := _outcome(line.plain[n])) and line.owns(line.cells[n])]
    if not line.aligned or len(set(outcomes)) != 1:
        return False
    beside = "".join(line.plain[n] for n in labels)
    tops = [*stacked(headers), *[""] * len(line.slots)]
    named: dict[str, Cell] = {}
    for cell in line.cells[labels[-1] + 1 :]:
        group = _group(tops[cell.column]) or _group(beside)
        if group is None or named.setdefault(group, cell) is not cell or not cell.colspan:
            return False
    column = next(column for column in _ids()[1] if column.id == outcomes[0])
    for group, cell in named.items():
        _put(line, group, column, cell, list(named.values()), out)
    return bool(named)


def _by_header(line: Line, headers: Sequence[Line], out: Reading) -> bool:
    """Read a row whose columns are all named by what stands above them; an outcome may be left out."""
    if not line.aligned or not headers:
        return False
    named: dict[tuple[str, str], Cell] = {}
    tops = [*stacked([header for header in headers if not _is_title(header)]), *[""] * len(line.slots)]
    for cell, above in zip(line.slots, tops, strict=False):
        group, outcome = _group(above), _outcome(above)
        if group is None or outcome is None:
            # A label or a number of the row on the left, a column of the office's own on the right.
            own = above and group is None and (outcome is None or "合计" in above)
            if folded(cell.text) and named and not own:
                return False
            continue
        if named.setdefault((group, outcome), cell) is not cell:
            return False
    shown = [column for column in _ids()[1] if any(name == column.id for _, name in named)]
    groups = [group for group in _ids()[0] if any(name == group for name, _ in named)]
    whole = len(named) == len(groups) * len(shown) and all(cell.colspan for cell in named.values())
    # A row that goes on where no header is may stand too far on the right, but not if its sums are right.
    if len(shown) < _FEWEST or not whole or (goes_on(line, headers) and not sums_up(named, groups)):
        return False
    for group in groups:
        for column in shown:
            _put(line, group, column, named[group, column.id], list(named.values()), out)
    return True


def _is_title(header: Line) -> bool:
    """Whether a header is the whole table's, over all of its columns."""
    texts = set(header.plain) - {""}
    return len(texts) == 1 and all(word in header.text for word in ("复议", "诉讼"))


def _put(line: Line, group: str, column: Column, cell: Cell, all_cells: list[Cell], out: Reading) -> None:
    row = f"challenge.{group}"
    first = out.facts.get(f"{row}:{column.id}")
    if first is not None and not any(folded(other.text) for other in all_cells):
        return
    if first is not None and folded(first.raw) != folded(cell.text):
        out.note("duplicate_row", row, "other numbers than before")
    if folded(cell.text) and (shared(cell, line) or all_cells.count(cell) > 1):
        out.ambiguous(row, (column,), (cell,), line, "one cell stands for several rows or columns")
    else:
        out.cell(row, column, cell, line)


@lru_cache(maxsize=1024)
def _group(text: str) -> str | None:
    return next((name for name, pattern in _GROUPS if pattern.search(text)), None)


@lru_cache(maxsize=1024)
def _outcome(text: str) -> str | None:
    for word in ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"):
        text = text.replace(word, "")
    found = [name for name, pattern in _OUTCOMES if pattern.search(text)]
    return found[0] if len(found) == 1 else None


def _named_order(headers: Sequence[Line], count: int) -> list[Column] | None:
    """Columns as headers of any height name them (a dump has no columns), None unless they name ``count``."""
    outcomes = {column.id: column for column in _ids()[1]}
    found = [
        (cell.column * line.aligned, name)
        for line in headers
        for cell, text in zip(line.cells, line.plain, strict=True)
        if line.owns(cell) and (name := _outcome(text))
    ]
    names = [name for _, name in (sorted(found) if len(dict(found)) == len(found) else found)]
    size = len(outcomes)
    rounds = [names[n : n + size] for n in range(0, len(names), size)]
    if any(set(names) != set(outcomes) or len(names) != size for names in rounds):
        return None
    if count == size and rounds and all(names == rounds[0] for names in rounds):
        return [outcomes[name] for name in rounds[0]]
    return [outcomes[name] for name in names] if len(names) == count else None


def _groups_in_order(headers: Sequence[Line]) -> bool:
    """Whether the headers name the groups in the form's order, where one line names several."""
    known = _ids()[0]
    for line in headers:
        found = [
            known.index(name) for text in line.plain if len(text) < _GROUP_LABEL and (name := _group(text))
        ]
        if found != sorted(found):
            return False
    return True


def _only_litigation(headers: Sequence[Line]) -> bool:
    """Whether the headers name the two groups of litigation, in the form's order, and no reviews."""
    texts = [text for line in headers for text in line.plain if len(text) < _GROUP_LABEL]
    return tuple(dict.fromkeys(filter(None, map(_group, texts)))) == _ids()[0][1:]


def _in_order(headers: Sequence[Line]) -> bool:
    """Whether the words of the headers, where there are any, run through the form's order again and again."""
    for line in headers:
        words = [n for text in line.plain for n, key in enumerate(_STANDARD) if key in text]
        rounds = 1 + sum(later <= earlier for earlier, later in pairwise(words))
        if words and rounds > -(-len(words) // len(_STANDARD)):
            return False
    return True


def _by_count(
    line: Line, headers: Sequence[Line], cells: Sequence[Cell], above: str | None, out: Reading
) -> None:
    groups, outcomes = _ids()
    full = len(groups) * len(outcomes)
    cells, named = _trimmed(cells, full), _named_group(line, headers, above)
    five = _trimmed(cells, len(outcomes))
    standard = list(outcomes) if _in_order(headers) else None
    if len(cells) == full and _groups_in_order(headers) and (order := _order(headers, full, standard)):
        for n, (column, cell) in enumerate(zip(order, cells, strict=True)):
            _put(line, groups[n // len(outcomes)], column, cell, list(cells), out)
    elif len(cells) == full - len(outcomes) and _only_litigation(headers) and standard:
        for n, (column, cell) in enumerate(zip((*outcomes, *outcomes), cells, strict=True)):
            _put(line, groups[1 + n // len(outcomes)], column, cell, list(cells), out)
    elif named and len(five) == len(outcomes) and (order := _order(headers, len(outcomes), standard)):
        for column, cell in zip(order, five, strict=True):
            _put(line, named, column, cell, list(five), out)
    else:
        for group in (named,) if named else groups:
            if not any(fact.startswith(f"challenge.{group}:") for fact in out.facts):
                reason = f"{len(cells)} cells for {len(outcomes) if named else full} columns"
                out.ambiguous(f"challenge.{group}", outcomes, cells, line, reason)


def _order(headers: Sequence[Line], count: int, standard: list[Column] | None) -> list[Column] | None:
    """Columns of ``count`` cells: as the headers name them, else in the form's order if none is against."""
    return _named_order(headers, count) or (standard * (count // len(standard)) if standard else None)


def _trimmed(cells: Sequence[Cell], count: int) -> Sequence[Cell]:
    """Cells without blank ones behind a full row, or before it."""
    if len(cells) > count:
        for own, others in ((cells[:count], cells[count:]), (cells[-count:], cells[:-count])):
            whole = all(folded(cell.text) and is_plain_value(cell.text) for cell in own)
            if whole and not any(folded(cell.text) for cell in others):
                return own
    return cells


def _named_group(line: Line, headers: Sequence[Line], above: str | None) -> str | None:
    """The one group that the row's label, else its table's headers, else the words ``above`` it name."""
    label = "".join(text for text in line.plain if text and not text[0].isdigit())
    headed = "".join(header.text for header in headers if header.table == line.table)
    return _only_group(label) or _only_group(headed) or above


def group_above(title: str) -> str | None:
    """The one group that the words above a table name."""
    return _only_group(folded(title))


@lru_cache(maxsize=1024)
def _only_group(text: str) -> str | None:
    found = [name for name, pattern in _GROUPS if pattern.search(text)]
    return found[0] if len(found) == 1 else None
