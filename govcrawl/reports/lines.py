"""Rows of tables as the mappers see them, and the collector of what they read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from govcrawl.model import Cell, Fact, Finding, Grid, Status
from govcrawl.reports.schema import Column, fact_id
from govcrawl.reports.values import is_plain_value, read_value
from govcrawl.reports.values import plain_text as folded

_FIRST_HEADS = frozenset(("统计指标", "指标", "指标名称", "信息内容"))
_TOP = 4
UNCERTAIN = "read not surely"
RIVALS = "two rows of this name with different numbers"


@dataclass(frozen=True)
class Line:
    """A row of a table: ``slots`` as in the grid, ``cells`` each once from left to right.

    ``plain`` is the folded text of each of ``cells``, ``text`` those of the row's own cells in one;
    ``labels`` are the places in ``cells`` of own texts that can be no value, ``numbers`` counts the others.
    Of a table that was ``turned`` it is a column of the published grid.
    """

    table: int
    row: int
    slots: tuple[Cell, ...]
    aligned: bool
    turned: bool = False
    cells: tuple[Cell, ...] = field(init=False, repr=False, compare=False)
    plain: tuple[str, ...] = field(init=False, repr=False, compare=False)
    labels: tuple[int, ...] = field(init=False, repr=False, compare=False)
    numbers: int = field(init=False, repr=False, compare=False)
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cells = _each_once(self.slots) if self.aligned else self.slots
        plain = tuple([folded(cell.text) for cell in cells])
        aligned, row = self.aligned, self.row
        own = [n for n, text in enumerate(plain) if text and (not aligned or cells[n].row == row)]
        labels = tuple([n for n in own if not is_plain_value(cells[n].text)])
        # Every mapper asks for all of them, again and again.
        vars(self).update(
            cells=cells,
            plain=plain,
            labels=labels,
            numbers=len(own) - len(labels),
            text="".join([plain[n] for n in own]),
        )

    def place(self, cell: Cell) -> tuple[int, int, int]:
        """Table, row and column of a cell in the published grid."""
        if self.turned:
            return self.table, cell.column, cell.row
        return self.table, cell.row if self.aligned else self.row, cell.column

    @property
    def is_doubtful(self) -> bool:
        """Whether a cell was read not surely: where one is too many, a mark's stroke may have parted it."""
        return any(cell.uncertain for cell in self.cells)

    def owns(self, cell: Cell) -> bool:
        """Whether the cell begins in this row; one that hangs in from above does not."""
        return not self.aligned or cell.row == self.row

    def at(self, slots: Iterable[int]) -> list[Cell]:
        """Cells standing in these slots, each once."""
        found: list[Cell] = []
        for slot in slots:
            if slot < len(self.slots) and not any(self.slots[slot] is cell for cell in found):
                found.append(self.slots[slot])
        return found


def _each_once(slots: Sequence[Cell]) -> tuple[Cell, ...]:
    """Cells of a row, one that covers several slots once."""
    cells: list[Cell] = []
    last = None
    for cell in slots:
        if cell is not last:
            cells.append(cell)
            last = cell
    return tuple(cells)


def lines_of(grid: Grid, table: int, *, turned: bool = False) -> list[Line]:
    """The rows of a grid that hold any cell."""
    return [Line(table, n, tuple(row), grid.aligned, turned) for n, row in enumerate(grid.rows) if row]


def one_below_the_other(lines: Sequence[Line]) -> list[Line]:
    """The lines of a table whose parts stand side by side, part by part."""
    for line in lines[:_TOP]:
        named = [slot for slot, cell in enumerate(line.slots) if folded(cell.text) in _FIRST_HEADS]
        # A label over two slots begins nothing in its second one.
        starts = [slot for slot in named if slot - 1 not in named]
        if line.aligned and len(starts) > 1 and starts[0] == 0:
            ends = [*starts[1:], len(line.slots)]
            parts = zip(starts, ends, strict=True)
            return [replace(own, slots=own.slots[start:end]) for start, end in parts for own in lines]
    return list(lines)


def stacked(headers: Sequence[Line]) -> list[str]:
    """For each slot the folded texts of the header cells above it, from the top, a cell once."""
    texts: list[str] = []
    for slot in range(max((len(line.slots) for line in headers), default=0)):
        cells = {id(line.slots[slot]): line.slots[slot] for line in headers if slot < len(line.slots)}
        texts.append("".join(dict.fromkeys(folded(cell.text) for cell in cells.values())))
    return texts


@dataclass
class Reading:
    """What the mappers have read so far: facts by id, findings in order.

    Two readings of a cell that differ leave it ambiguous: which of two rows is meant cannot be told.
    """

    facts: dict[str, Fact] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def note(self, kind: str, subject: str, detail: str = "") -> None:
        """Record a defect of the document, once."""
        finding = Finding(kind, subject, detail)
        if finding not in self.findings:
            self.findings.append(finding)

    def cell(
        self,
        row: str,
        column: Column,
        cell: Cell | None,
        line: Line,
        *,
        header: str = "",
        label: str = "",
        note: str | None = None,
    ) -> None:
        """Read one cell into the fact ``row:column``; None is a cell that the table does not have."""
        fact = fact_id(row, column.id)
        if cell is None or not cell.colspan:
            read = Fact(fact, None, "", Status.MISSING, note=note or "no such cell", table=line.table)
        else:
            kind, text = column.kind, cell.text
            # Only amounts are read by what stands around them: a count is remembered wherever it stands.
            number, status, unit, source, notes = (
                read_value(text, kind, column.unit, header, label)
                if kind == "money"
                else read_value(text, kind, column.unit)
            )
            if note:
                notes = f"{notes}; {note}" if notes else note
            if cell.uncertain:
                number, status = None, Status.AMBIGUOUS
                notes = f"{UNCERTAIN}; {notes}" if notes else UNCERTAIN
            read = Fact(fact, number, text, status, unit, source, notes or None, *line.place(cell))
        first = self.facts.setdefault(fact, read)
        if first is not read:
            self._settle(first, read)

    def _settle(self, first: Fact, fact: Fact) -> None:
        """Keep the first of two readings of a cell where they agree."""
        same = (first.value, first.status) == (fact.value, fact.status)
        if same or Status.AMBIGUOUS in (first.status, fact.status):
            return
        raw = f"{first.raw} | {fact.raw}"
        self.facts[fact.fact] = Fact(
            fact.fact, None, raw, Status.AMBIGUOUS, note=RIVALS, table=first.table, row=first.row
        )

    def forget(self, row: str) -> None:
        """Take back what was read of a row, for another that holds more."""
        for fact in [fact for fact in self.facts if fact.startswith(f"{row}:")]:
            del self.facts[fact]

    def ambiguous(
        self, row: str, columns: Sequence[Column], cells: Sequence[Cell], line: Line, reason: str
    ) -> None:
        """Say of every cell of a row that it cannot be told which number belongs to it; raw keeps the row."""
        raw = " | ".join(cell.text for cell in cells)
        row_of = None if line.turned else line.row
        for column in columns:
            fact = fact_id(row, column.id)
            self.facts.setdefault(
                fact, Fact(fact, None, raw, Status.AMBIGUOUS, note=reason, table=line.table, row=row_of)
            )
        self.note("short_rows", row, f"{reason}: {raw}")


def labels_of(lines: Iterable[Line]) -> list[str]:
    """Texts of all labels, as printed."""
    return [line.cells[n].text for line in lines for n in line.labels]


def wrapped_labels(labels: Iterable[str], table: str, out: Reading) -> None:
    """Record labels that the document broke over several lines."""
    broken = [text for text in labels if "\n" in text.strip()]
    if broken:
        shown = ", ".join(" / ".join(text.split()) for text in dict.fromkeys(broken))
        out.note("wrapped_labels", table, shown[:300])


def shared(cell: Cell, line: Line) -> bool:
    """Whether a cell also covers another row of its table, so that its number belongs to no single one."""
    return line.aligned and (cell.rowspan > 1 or cell.row != line.row)
