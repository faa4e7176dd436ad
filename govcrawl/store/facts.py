"""Facts in their compact form: lists of numbers, and forms that say which cell of which table each is.

A list is JSON: an integer is a number printed as its digits, a text the number of a row of ``fact_prints``,
which says how any other cell is printed and what it holds.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from typing import Any

from sqlite_utils import Database

from govcrawl.errors import ContradictoryFacts
from govcrawl.model import Status
from govcrawl.store.keys import known, name_of, number_of
from govcrawl.store.shapes import DIGITS, Cells, FactRow, List, Place, cells_of

__all__ = ["FactRow", "Place"]

_LACKING = frozenset({Status.MISSING, Status.IMAGE, Status.AMBIGUOUS})
INSERT_LISTS = (
    "INSERT INTO fact_lists (report_id, part, form_id, first_table, cells, numbers, lacking, list) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_LISTS = "SELECT form_id, first_table, list FROM fact_lists WHERE report_id = ? ORDER BY part"
_SAME = "raw = ? AND status_id = ? AND value IS ? AND typeof(value) = typeof(?) AND note IS ?"


def write_facts(db: Database, report_id: int, facts: Sequence[FactRow]) -> None:
    """Insert the facts of a report (inside a transaction).

    Raises ContradictoryFacts when two cells claim the same fact, for neither could be trusted.
    """
    db.conn.executemany(INSERT_LISTS, list_rows(db, report_id, cells_of(facts)))


def list_rows(db: Database, report_id: int, cells: Cells) -> list[tuple[Any, ...]]:
    """The rows of ``fact_lists`` that a report's facts make; see write_facts."""
    shape = cells.shape
    if shape.doubled:
        raise ContradictoryFacts(f"two cells of one report claim the same fact: {', '.join(shape.doubled)}")
    digits = list(cells.plain)
    for place in cells.odd:
        fact = cells.facts[place]
        digits[place] = f'"{_print_number(db, *fact[1:4], fact[6])}"'
    rows = []
    statuses = [cells.facts[place][3] for place in cells.odd]
    for part, own in enumerate(shape.lists):
        begin, end = own.begin, own.end
        others = statuses[bisect_left(cells.odd, begin) : bisect_left(cells.odd, end)]
        lacking = sum(map(_LACKING.__contains__, others)) if others else 0
        numbers = end - begin - len(others) + others.count(Status.NUMBER)
        written = f"[{','.join(digits[begin:end])}]"
        rows.append(
            (report_id, part, _form_number(db, own), own.first_table, end - begin, numbers, lacking, written)
        )
    return rows


def facts_of(db: Database, report_id: int) -> list[FactRow]:
    """The facts of a report in the order in which they were read."""
    lists = db.conn.execute(_LISTS, (report_id,)).fetchall()
    return [fact for written in lists for fact in as_facts(db, *written)]


def as_facts(db: Database, form: int, first: int, written: str) -> Iterator[FactRow]:
    """The facts of a row of ``fact_lists``: its form, its first table, its list."""
    names, units, sources, tables, rows, columns = columns_of(db, form, first)
    values, raws, statuses, notes, _ = cells_in(db, written)
    return zip(names, values, raws, statuses, units, sources, notes, tables, rows, columns, strict=True)


def cells_in(
    db: Database, written: str
) -> tuple[list[Any], list[str], list[str], list[str | None], list[int]]:
    """Values, prints, statuses and notes of a list of cells, and the places of all but plain numbers."""
    values = json.loads(written)
    raws, statuses = list(map(DIGITS.__getitem__, values)), [Status.NUMBER.value] * len(values)
    notes: list[str | None] = [None] * len(values)
    odd = [place for place, cell in enumerate(values) if type(cell) is str] if '"' in written else []
    for place in odd:
        raws[place], statuses[place], values[place], notes[place] = _print(db, int(values[place]))
    return values, raws, statuses, notes, odd


def numbers_of(db: Database, report_id: int, *, every: bool = False) -> dict[str, int | float | None]:
    """The numbers of a report's facts by id; with ``every`` the other cells too, as None."""
    names, values = _values(db, report_id)
    found = dict(zip(names, values, strict=True))
    return found if every else {fact: value for fact, value in found.items() if value is not None}


def values_among(
    db: Database, chosen: str, wanted: Set[str]
) -> Iterator[tuple[tuple[Any, ...], str, int | float]]:
    """The numbers of some facts in the reports that a query chooses, whose first column is the report's id.

    Each with its report's row of that query. For many reports: it reads their lists, a place or two of each.
    """
    picked: dict[int, list[tuple[int, str]]] = {}
    rows = db.conn.execute(
        f"SELECT l.form_id, l.list, c.* FROM ({chosen}) c CROSS JOIN fact_lists l ON l.report_id = c.id"  # noqa: S608
    )
    for form, written, *about in rows:
        if form not in picked:
            places = enumerate(_places(db, form))
            picked[form] = [(place, fact) for place, (fact, *_) in places if fact in wanted]
        cells = json.loads(written) if picked[form] else ()
        for place, fact in picked[form]:
            cell = cells[place]
            value = cell if type(cell) is int else _print(db, int(cell))[2]
            if value is not None:
                yield tuple(about), fact, value


def fact_numbers(db: Database, form: int) -> list[int]:
    """The facts of a form by their numbers, in the order of its lists."""
    found = db.conn.execute("SELECT fact_id FROM fact_places WHERE form_id = ? ORDER BY place", (form,))
    return [fact for (fact,) in found]


def value_of(db: Database, number: int) -> int | float | None:
    """The number that a print holds."""
    return _print(db, number)[2]


def delete_facts(db: Database, report_id: int) -> None:
    """Take away the facts of a report (inside a transaction)."""
    db.conn.execute("DELETE FROM fact_lists WHERE report_id = ?", (report_id,))


def move_facts(db: Database, report_id: int, to: int) -> None:
    """Give the facts of a report to another, which has none (inside a transaction)."""
    db.conn.execute("UPDATE fact_lists SET report_id = ? WHERE report_id = ?", (to, report_id))


def count_facts(db: Database) -> int:
    """Number of facts of all reports."""
    return int(db.conn.execute("SELECT coalesce(sum(cells), 0) FROM fact_lists").fetchone()[0])


def _values(db: Database, report_id: int) -> tuple[Sequence[str], Iterator[int | float | None]]:
    """The facts of a report in the order of their ids, and what each holds."""
    values: list[Any] = []
    forms = []
    for form, _, written in db.conn.execute(_LISTS, (report_id,)).fetchall():
        own = json.loads(written)
        if '"' in written:
            own = [cell if type(cell) is int else value_of(db, int(cell)) for cell in own]
        values += own
        forms.append(form)
    names, order = _in_order(db, tuple(forms))
    return names, map(values.__getitem__, order)


def _in_order(db: Database, forms: tuple[int, ...]) -> tuple[Sequence[str], Sequence[int]]:
    """The facts of some forms in the order of their ids, and where each stands in their lists."""
    known_orders = known(db).other("orders")
    found: tuple[Sequence[str], Sequence[int]] | None = known_orders.get(forms)
    if found is None:
        names = [fact for form in forms for fact, *_ in _places(db, form)]
        order = sorted(range(len(names)), key=names.__getitem__)
        found = known_orders[forms] = [names[place] for place in order], order
    return found


# --- forms: which cell stands at which place of a list


def _form_number(db: Database, own: List) -> int:
    numbers = known(db).other("form numbers")
    number = numbers.get(own.digest)
    if number is None:
        number = numbers[own.digest] = _known_form(db, own)
    return int(number)


def _known_form(db: Database, own: List) -> int:
    found = db.conn.execute("SELECT id FROM fact_forms WHERE digest = ?", (own.digest,)).fetchone()
    if found is not None:
        return int(found[0])
    number = int(db.conn.execute("INSERT INTO fact_forms (digest) VALUES (?)", (own.digest,)).lastrowid or 0)
    rows = [
        (number, number_of(db, "fact_ids", fact), place, _unit_number(db, unit, source), table, row, col)
        for place, (fact, unit, source, table, row, col) in enumerate(own.places)
    ]
    db.conn.executemany(
        'INSERT INTO fact_places (form_id, fact_id, place, unit_id, "table", "row", col) '
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    return number


def _unit_number(db: Database, unit: str | None, source: str | None) -> int | None:
    return number_of(db, "fact_units", unit or "", source or "") if unit or source else None


def _places(db: Database, form: int) -> list[Place]:
    """The places of a form in the order of its lists."""
    forms = known(db).other("forms")
    found: list[Place] | None = forms.get(form)
    if found is None:
        rows = db.conn.execute(
            'SELECT fact_id, unit_id, "table", "row", col FROM fact_places WHERE form_id = ? ORDER BY place',
            (form,),
        ).fetchall()
        found = forms[form] = [
            (name_of(db, "fact_ids", fact)[0], *_unit_of(db, unit), table, row, col)
            for fact, unit, table, row, col in rows
        ]
    return found


def columns_of(db: Database, form: int, first: int) -> tuple[tuple[Any, ...], ...]:
    """What a form says of each cell: fact, unit, unit_source, table_number, row, col; ``first`` is the table
    that its list begins in."""
    known_columns = known(db).other("columns")
    found: tuple[tuple[Any, ...], ...] | None = known_columns.get((form, first))
    if found is None:
        names, units, sources, tables, rows, columns = zip(*_places(db, form), strict=True)
        numbers = tuple(None if table is None else table + first for table in tables)
        found = known_columns[form, first] = names, units, sources, numbers, rows, columns
    return found


def _unit_of(db: Database, number: int | None) -> tuple[str | None, str | None]:
    if number is None:
        return None, None
    unit, source = name_of(db, "fact_units", number)
    return unit or None, source or None


# --- prints: how a cell is printed that is not just the digits of its number


def _print_number(db: Database, value: int | float | None, raw: str, status: str, note: str | None) -> int:
    numbers = known(db).other("print numbers")
    told = (raw, status, type(value), value, note)
    number = numbers.get(told)
    if number is None:
        key = number_of(db, "fact_statuses", str(status))
        found = db.conn.execute(
            f"SELECT id FROM fact_prints WHERE {_SAME}",  # noqa: S608 - a text of ours
            (raw, key, value, value, note),
        ).fetchone()
        if found is None:
            made = db.conn.execute(
                "INSERT INTO fact_prints (raw, status_id, value, note) VALUES (?, ?, ?, ?)",
                (raw, key, value, note),
            )
            found = (made.lastrowid,)
        number = numbers[told] = found[0]
    return int(number)


def _print(db: Database, number: int) -> tuple[str, str, int | float | None, str | None]:
    """Raw, status, value and note of a print."""
    prints = known(db).other("prints")
    found: tuple[str, str, int | float | None, str | None] | None = prints.get(number)
    if found is None:
        raw, status, value, note = db.conn.execute(
            "SELECT raw, status_id, value, note FROM fact_prints WHERE id = ?", (number,)
        ).fetchone()
        found = prints[number] = (raw, name_of(db, "fact_statuses", status)[0], value, note)
    return found
