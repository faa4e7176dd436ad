"""Ruled lines to tables: lines that cross make a table, and a missing border joins two slots to one cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from govcrawl.documents.left_out import left_out
from govcrawl.documents.printed.dotted import dotted_rules
from govcrawl.documents.printed.page import Glyph, PrintedPage, Rule
from govcrawl.documents.printed.slivers import without_slivers
from govcrawl.documents.printed.slots import Slot, without_stray_lines
from govcrawl.documents.printed.spilled import put_back
from govcrawl.documents.printed.words import downwards, is_shuffled, text_of

TOLERANCE = 2.5
"""Points by which borders miss each other and still meet."""

MAX_RULES = 6_000
MAX_SLOTS = 20_000
_SAME_LINE = 1.5
_OPEN_ROW = 6.0
_OPEN_SIDE = 12.0


@dataclass(slots=True)
class RuledTable:
    """Borders of a table, from left to right and from top to bottom, and its cells."""

    xs: list[float]
    ys: list[float]
    slots: list[Slot] = field(default_factory=list)
    page: int = 0

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1


def ruled_tables(page: PrintedPage) -> list[RuledTable]:
    """Tables of a page from top to bottom, each with at least two cells; frames around text are none."""
    dots_across, dots_down = dotted_rules(page.dots)
    across, down = joined([*page.across, *dots_across]), joined([*page.down, *dots_down])
    if max(len(across), len(down)) > MAX_RULES:
        left_out(f"ruled lines of a page beyond {MAX_RULES:,} in one direction")
        across, down = across[:MAX_RULES], down[:MAX_RULES]
    tables = []
    shuffled = is_shuffled(page.glyphs)
    for horizontals, verticals in _crossing(across, down):
        table = _table(horizontals, verticals, page.glyphs, shuffled)
        if table is not None and len(table.slots) > 1:
            tables.append(table)
    tables.sort(key=lambda table: (table.ys[0], table.xs[0]))
    return _outermost(tables)


def outside(glyphs: Sequence[Glyph], tables: Iterable[RuledTable]) -> Sequence[Glyph]:
    """The glyphs that stand in none of the tables."""
    for table in tables:
        left, right, top, bottom = table.xs[0] - 1, table.xs[-1] + 1, table.ys[0] - 1, table.ys[-1] + 1
        glyphs = [
            g
            for g in glyphs
            if not (top <= (g[2] + g[4]) / 2 <= bottom and left <= (g[1] + g[3]) / 2 <= right)
        ]
    return glyphs


def joined(rules: Iterable[Rule], gap: float = TOLERANCE) -> list[Rule]:
    """Rules with those that continue or cover each other made one, over gaps of so many points."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if lines and rule.at - lines[-1][0].at <= _SAME_LINE:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    found = []
    for line in lines:
        at = sum(rule.at for rule in line) / len(line)
        line.sort(key=lambda rule: rule.start)
        start, end = line[0].start, line[0].end
        for rule in line[1:]:
            if rule.start <= end + gap:
                end = max(end, rule.end)
            else:
                found.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        found.append(Rule(at, start, end))
    return found


def _crossing(across: Sequence[Rule], down: Sequence[Rule]) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Rules in groups of those that touch one another."""
    parent = list(range(len(across) + len(down)))
    order = [rule.at for rule in down]  # joined() sorted them
    for index, line in enumerate(across):
        first = bisect_left(order, line.start - TOLERANCE)
        last = bisect_right(order, line.end + TOLERANCE)
        for other in range(first, last):
            if down[other].start - TOLERANCE <= line.at <= down[other].end + TOLERANCE:
                parent[_root(parent, index)] = _root(parent, len(across) + other)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for index in range(len(parent)):
        horizontal = index < len(across)
        rule = across[index] if horizontal else down[index - len(across)]
        groups[_root(parent, index)][0 if horizontal else 1].append(rule)
    return groups.values()


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def clustered(values: Iterable[float], tolerance: float = TOLERANCE) -> list[float]:
    """Sorted values with neighbours closer than ``tolerance`` made one, their mean."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _table(
    across: list[Rule], down: list[Rule], glyphs: Sequence[Glyph], shuffled: bool
) -> RuledTable | None:
    if len(across) < 2 or not down:
        return None
    xs, ys = clustered(rule.at for rule in down), clustered(rule.at for rule in across)
    down = [*down, *_open_sides(xs, ys, across, glyphs)]
    across = [*across, *_open_ends(xs, ys, down)]
    xs, ys = clustered(rule.at for rule in down), clustered(rule.at for rule in across)
    if len(xs) < 2 or len(ys) < 2:
        return None
    xs, ys = without_slivers(xs, ys, glyphs)
    if (len(xs) - 1) * (len(ys) - 1) > MAX_SLOTS:
        left_out(f"the lines of a table of more than {MAX_SLOTS:,} cells; its text is in the paragraphs")
        return None
    printed = _printed(xs, ys, glyphs)
    unsure = put_back(printed, ys, glyphs)
    every = []
    for cell in _cells(xs, ys, across, down):
        numbers = (
            printed.get(cell[0], ()) if len(cell) == 1 else [n for own in cell for n in printed.get(own, ())]
        )
        inside = [glyphs[n] for n in sorted(numbers)]
        slot = _slot(cell, downwards(inside, shuffled=shuffled), xs)
        slot.uncertain = slot.uncertain or not unsure.isdisjoint(cell)
        every.append(slot)
    slots, gone = without_stray_lines(every)
    slots.sort(key=lambda slot: (slot.row, slot.column))
    return RuledTable(xs, [y for row, y in enumerate(ys) if row not in gone], slots)


def _slot(cell: Sequence[Place], inside: Sequence[Glyph], xs: Sequence[float]) -> Slot:
    """A cell, given by its places from the first to the last, with the glyphs in it."""
    (row, column), (last, end) = cell[0], cell[-1]
    height, width, room = last - row + 1, end - column + 1, xs[end + 1] - xs[column]
    text = inside[0][0] if len(inside) == 1 else text_of(inside)  # most are a figure
    return Slot(row, column, height, width, text, any(glyph[6] for glyph in inside), inside, room)


def _open_ends(xs: list[float], ys: list[float], down: list[Rule]) -> Iterable[Rule]:
    """The border that is missing where a page breaks within a row: there the verticals run on."""
    ends, starts = sorted(rule.end for rule in down), sorted(rule.start for rule in down)
    low, high = ends[-1 - len(ends) // 4], starts[len(starts) // 4]
    if low - ys[-1] > _OPEN_ROW:
        yield Rule(low, xs[0], xs[-1])
    if ys[0] - high > _OPEN_ROW:
        yield Rule(high, xs[0], xs[-1])


def _open_sides(
    xs: list[float], ys: list[float], across: list[Rule], glyphs: Sequence[Glyph]
) -> Iterable[Rule]:
    """The borders that are missing on both sides of a table whose rows are open there."""
    starts, ends = sorted(rule.start for rule in across), sorted(rule.end for rule in across)
    for edge, low, high in ((starts[1], starts[1], xs[0]), (ends[-2], xs[-1], ends[-2])):
        if high - low > _OPEN_SIDE and any(
            low < glyph.x < high and ys[0] < glyph.y < ys[-1] for glyph in glyphs
        ):
            yield Rule(edge, ys[0], ys[-1])


Place = tuple[int, int]


def _cells(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> list[list[Place]]:
    """Slots joined to cells where no border parts them; what is no rectangle falls apart into its rows."""
    columns, rows = len(xs) - 1, len(ys) - 1
    beside, below = _drawn(xs, ys, down), _drawn(ys, xs, across)
    parent = list(range(rows * columns))
    for row in range(rows):
        for column in range(columns):
            own = row * columns + column
            if column + 1 < columns and (column + 1, row) not in beside:
                parent[_root(parent, own + 1)] = _root(parent, own)
            if row + 1 < rows and (row + 1, column) not in below:
                parent[_root(parent, own + columns)] = _root(parent, own)
    groups: dict[int, list[Place]] = defaultdict(list)
    for index in range(rows * columns):
        groups[_root(parent, index)].append(divmod(index, columns))
    return [cell for group in groups.values() for cell in _rectangles(group)]


def _drawn(lines: list[float], steps: list[float], rules: list[Rule]) -> set[Place]:
    """Where a border is drawn: (number of the line, number of the step along it)."""
    found = set()
    middles = [(a + b) / 2 for a, b in pairwise(steps)]
    for rule in rules:
        number = min(bisect_left(lines, rule.at), len(lines) - 1)
        if number and rule.at - lines[number - 1] <= lines[number] - rule.at:
            number -= 1
        first = bisect_left(middles, rule.start - TOLERANCE)
        last = bisect_right(middles, rule.end + TOLERANCE)
        found.update([(number, step) for step in range(first, last)])
    return found


def _rectangles(group: list[Place]) -> list[list[Place]]:
    rows, columns = {row for row, _ in group}, {column for _, column in group}
    if len(rows) * len(columns) == len(group):
        return [group]
    runs: list[list[Place]] = []
    for row, column in sorted(group):
        if runs and runs[-1][-1] == (row, column - 1):
            runs[-1].append((row, column))
        else:
            runs.append([(row, column)])
    return runs


def _printed(xs: list[float], ys: list[float], glyphs: Sequence[Glyph]) -> dict[Place, list[int]]:
    """Numbers of the glyphs in each slot."""
    found: dict[Place, list[int]] = defaultdict(list)
    left, right, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
    inner_xs, inner_ys = xs[1:-1], ys[1:-1]
    for number, (_, start, high, end, low, _, _) in enumerate(glyphs):
        x, y = (start + end) / 2, (high + low) / 2
        if left <= x <= right and top <= y <= bottom:
            found[bisect_right(inner_ys, y), bisect_right(inner_xs, x)].append(number)
    return found


def _outermost(tables: list[RuledTable]) -> list[RuledTable]:
    """Tables without those that lie in a cell of another: their glyphs are read there."""
    return [
        table
        for table in tables
        if not any(
            other is not table
            and other.holds(table.xs[0], table.ys[0])
            and other.holds(table.xs[-1], table.ys[-1])
            and len(other.slots) >= len(table.slots)
            for other in tables
        )
    ]
