"""Table 二, 主动公开政府信息情况: stacked blocks, each with a banner, a header row and data rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from govcrawl.model import Fact, Status
from govcrawl.reports.lines import Line, Reading, shared
from govcrawl.reports.proactive_columns import BANNER, Head, column_named, cut_heads, heads_of, pick
from govcrawl.reports.proactive_spare import uneven_blocks, width_of
from govcrawl.reports.schema import Block, Row, Template, load_schema
from govcrawl.reports.values import plain_text as folded

HEADER = re.compile(
    "信息内容|新制作|新公开数|对外公开总|上一年项目|处理决定数|制发件数|废止件数|现行有效|采购项目数|采购总金额|收费金额"
)
_ITEMS = {"一": "art20_1", "五": "art20_5", "六": "art20_6", "八": "art20_8", "九": "art20_9"}
_PARENTHESES = re.compile(r"\([^()]*\)")
LONGEST_LABEL = 40
_CUT = 5
_PARENT = "other_services"
_SLUGS = {
    "行政检查": "inspection", "行政确认": "confirmation", "行政给付": "payment", "行政奖励": "reward",
    "行政裁决": "adjudication", "行政征收": "levy", "行政征用": "requisition", "公共服务": "public_service",
    "行政备案": "filing", "行政调解": "mediation", "其他行政权力": "other_powers", "其他": "other",
    "行政监督": "supervision", "其他权力": "other_powers",
}  # fmt: skip


@dataclass
class _State:
    template: Template
    out: Reading
    block: Block | None = None
    header: Line | None = None
    heads: list[Head] = field(default_factory=list)
    parent: Line | None = None
    subrows: dict[str, str] = field(default_factory=dict)
    seen: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    uneven: Collection[tuple[int, int]] = ()


def wording(lines: Sequence[Line]) -> dict[str, int]:
    """For each template how many of its words the table's cells hold."""
    text = "|".join(line.text for line in lines)
    templates = load_schema().templates
    return {name: sum(word in text for word in templates[name].words) for name in ("2019", "2021")}


def template_of(lines: Sequence[Line]) -> str | None:
    """The template whose words the table's cells hold, None where both are as likely."""
    score = wording(lines)
    best = max(score.values())
    names = [name for name, hits in score.items() if hits == best]
    return names[0] if len(names) == 1 else None


def read_proactive(lines: Sequence[Line], template: str, out: Reading) -> None:
    """Read table 二 of the given template into ``out``."""
    state = _State(load_schema().templates[template], out)
    own = state.template
    state.uneven = uneven_blocks(lines, _is_header, lambda line: _names_row(line, own))
    for line in lines:
        _take(line, state)
    _derive_parent(state)


def match_row(plain: str, template: Template) -> tuple[Block, Row] | None:
    """Block and row whose label this folded text is; what stands in parentheses only explains it."""
    return _named(plain, template.name)


@lru_cache(maxsize=4096)
def _named(plain: str, name: str) -> tuple[Block, Row] | None:
    bare = _PARENTHESES.sub("", plain)
    if len(bare) > LONGEST_LABEL:
        return None
    for text in dict.fromkeys((bare, plain)):
        for block in load_schema().templates[name].blocks:
            for row in block.rows:
                if row.matches(text):
                    return block, row
    return _cut(bare, name)


def _cut(plain: str, name: str) -> tuple[Block, Row] | None:
    """The only row whose label begins with a text that its cell has cut off."""
    blocks = load_schema().templates[name].blocks
    found = [(block, row) for block in blocks for row in block.rows if row.label.startswith(plain)]
    return found[0] if len(found) == 1 and len(plain) >= _CUT else None


def _take(line: Line, state: _State) -> None:
    if _one_number(line, state):
        return
    banner = BANNER.search(line.text)
    if banner and banner["item"] in _ITEMS:
        block = next((b for b in state.template.blocks if b.id == _ITEMS[banner["item"]]), None)
        if block is not state.block:
            state.block, state.parent = block, None
    if _is_header(line):
        state.header, state.heads = line, heads_of(line)
        return
    for n in reversed(line.labels):
        found = match_row(line.plain[n], state.template)
        if found is not None:
            _named_row(line, n, *found, state)
            return
    if (line.labels and line.numbers and state.parent is not None) or (
        line.labels and state.parent is not None and _in_parent(line, state.parent)
    ):
        _sub_row(line, line.labels[-1], state)
    elif line.labels and line.numbers:
        state.out.note("unknown_row", "proactive", line.text)


def _is_header(line: Line) -> bool:
    return line.numbers == 0 and HEADER.search(line.text) is not None


def _names_row(line: Line, template: Template) -> bool:
    return any(match_row(line.plain[n], template) is not None for n in line.labels)


def _one_number(line: Line, state: _State) -> bool:
    """Read a row of a single number: the form's row, then its column, then the number."""
    cells = line.cells
    if not line.aligned or not 3 <= len(cells) <= 4 or not line.owns(cells[-1]):
        return False
    found = match_row(line.plain[-3], state.template)
    column = column_named(line.plain[-2], found[0]) if found else None
    if found is None or column is None or (line.plain[-1] and line.numbers != 1):
        return False
    block, row = found
    state.out.cell(f"proactive.{block.id}.{row.id}", column, cells[-1], line, header=cells[-2].text)
    return True


def _in_parent(line: Line, parent: Line) -> bool:
    """Whether a blank row is one of the parent's: by its name, or because the parent's label hangs in."""
    named = any(_PARENTHESES.sub("", line.plain[n]) in _SLUGS for n in line.labels)
    hangs = any(cell is other for cell in line.slots if not line.owns(cell) for other in parent.slots)
    return named or hangs


def _named_row(line: Line, leaf: int, block: Block, row: Row, state: _State) -> None:
    state.block = block
    state.parent = line if row.id == _PARENT else None
    if row.id == _PARENT and leaf + 1 in line.labels and _names_sub_row(line, leaf + 1, block):
        _sub_row(line, leaf + 1, state)
        return
    name = f"proactive.{block.id}.{row.id}"
    texts = tuple(line.plain[leaf + 1 :])
    if name in state.seen and not _replaces(name, line, texts, state):
        return
    state.seen[name] = (line.table, texts)
    if row.id == _PARENT and not any(texts):
        state.seen.pop(name)
        if not line.cells[leaf + 1 :]:
            return
    _read_row(line, leaf, name, block, state)


def _names_sub_row(line: Line, place: int, block: Block) -> bool:
    """Whether the text behind the parent's label is a sub-row's name, not a text in its first column."""
    known = _PARENTHESES.sub("", line.plain[place]) in _SLUGS
    return known or len(line.cells) - place > len(block.columns)


def _replaces(name: str, line: Line, texts: tuple[str, ...], state: _State) -> bool:
    """Whether a repeated row is to be read too: one with other numbers, or for one that was left blank."""
    if not any(texts):
        return False
    table, before = state.seen[name]
    kind = "duplicate_table" if table != line.table else "duplicate_row"
    if not any(before):
        state.out.forget(name)
        state.out.note(kind, name, "blank before, the filled one is read")
    elif before == texts:
        state.out.note(kind, "proactive", "same numbers again, ignored")
    else:
        state.out.note(kind, name, "other numbers than before")
    return before != texts


def _sub_row(line: Line, leaf: int, state: _State) -> None:
    block = next(b for b in state.template.blocks if any(row.id == _PARENT for row in b.rows))
    label = line.cells[leaf].text.strip()
    slug = _SLUGS.get(_PARENTHESES.sub("", line.plain[leaf]), f"item{len(state.subrows) + 1}")
    state.subrows.setdefault(slug, label)
    _read_row(line, leaf, f"proactive.{block.id}.{_PARENT}.{slug}", block, state, note=f"sub-row {label}")


def _read_row(line: Line, leaf: int, name: str, block: Block, state: _State, note: str | None = None) -> None:
    cells = tuple(cell for cell in line.cells[leaf + 1 :] if cell.colspan)
    heads = state.heads if state.header is not None and _heads(state.header, line) else []
    for cut in cut_heads(heads, block):
        state.out.note("header_truncated", f"proactive.{block.id}", cut)
    even = state.header is None or (state.header.table, state.header.row) not in state.uneven
    picked = pick(line, cells, heads, block, width_of(state.header), even=even)
    if picked is None:
        if not any(folded(cell.text) for cell in cells):
            picked = [(None, "")] * len(block.columns)
        else:
            reason = f"{len(cells)} cells for {len(block.columns)} columns"
            state.out.ambiguous(name, block.columns, cells, line, reason)
            return
    taken = Counter(id(cell) for cell, _ in picked if cell is not None)
    for column, (cell, head) in zip(block.columns, picked, strict=True):
        if cell is not None and folded(cell.text) and (shared(cell, line) or taken[id(cell)] > 1):
            state.out.ambiguous(name, (column,), (cell,), line, "one cell stands for several rows or columns")
            continue
        label = line.cells[leaf].text
        state.out.cell(name, column, cell, line, header=head, label=label, note=note)


def _heads(header: Line, line: Line) -> bool:
    """Whether a header stands over a row: in its table, or in the piece of as many columns before it."""
    if header.table == line.table:
        return True
    return header.table == line.table - 1 and header.aligned and len(header.slots) == len(line.slots)


def _derive_parent(state: _State) -> None:
    """A parent row without cells of its own is the sum of its sub-rows, where all of them are numbers."""
    block = next((b for b in state.template.blocks if any(row.id == _PARENT for row in b.rows)), None)
    if block is None or not state.subrows:
        return
    name = f"proactive.{block.id}.{_PARENT}"
    for column in block.columns:
        fact = f"{name}:{column.id}"
        if fact in state.out.facts:
            continue
        parts = [state.out.facts[f"{name}.{slug}:{column.id}"] for slug in state.subrows]
        raw = " + ".join(part.raw.strip() for part in parts)
        if all(part.status is Status.NUMBER for part in parts):
            total = sum(part.value for part in parts if part.value is not None)
            note = "derived: sum of " + ", ".join(state.subrows.values())
            state.out.facts[fact] = Fact(fact, total, raw, Status.NUMBER, column.unit, "format_default", note)
        else:
            doubtful = any(part.status is Status.AMBIGUOUS for part in parts)
            status = Status.AMBIGUOUS if doubtful else Status.MISSING
            note = "only in sub-rows, not all of them numbers"
            state.out.facts[fact] = Fact(fact, None, raw, status, note=note)
    state.out.note("sub_rows", name, ", ".join(state.subrows.values()))
