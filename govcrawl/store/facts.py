"""Facts in their compact form: integer keys, and no ``raw`` where it only repeats the value."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from operator import itemgetter

from sqlite_utils import Database

from govcrawl.errors import ContradictoryFacts
from govcrawl.model import Fact

_INSERT = (
    "INSERT INTO fact_cells (report_id, fact_id, value, raw, status_id, unit_id, note, table_number, "
    '"row", col) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
)


def write_facts(db: Database, report_id: int, facts: Sequence[Fact]) -> None:
    """Insert the facts of a report (inside a transaction).

    Raises ContradictoryFacts when two cells claim the same fact, for neither could be trusted.
    """
    if len({f.fact for f in facts}) < len(facts):
        doubled = sorted(name for name, count in Counter(f.fact for f in facts).items() if count > 1)
        raise ContradictoryFacts(f"two cells of one report claim the same fact: {', '.join(doubled)}")
    names = _keys(db, "fact_ids", "fact", {f.fact for f in facts})
    statuses = _keys(db, "fact_statuses", "status", {f.status for f in facts})
    units = _unit_keys(db, {(f.unit or "", f.unit_source or "") for f in facts})
    rows = [
        (report_id, names[fact], value, None if type(value) is int and raw == str(value) else raw,
         statuses[status], units.get((unit or "", source or "")), note, table, row, column)
        for fact, value, raw, status, unit, source, note, table, row, column in facts
    ]  # fmt: skip
    db.conn.executemany(_INSERT, sorted(rows, key=itemgetter(1)))


def numbers_of(db: Database, report_id: int, *, every: bool = False) -> dict[str, int | float | None]:
    """The numbers of a report's facts by id; with ``every`` the other cells too, as None."""
    condition = "" if every else " AND c.value IS NOT NULL"
    return dict(
        db.conn.execute(
            "SELECT f.fact, c.value FROM fact_cells c JOIN fact_ids f ON f.id = c.fact_id "
            f"WHERE c.report_id = ?{condition} ORDER BY f.fact",
            (report_id,),
        ).fetchall()
    )


def delete_facts(db: Database, report_id: int) -> None:
    """Take away the facts of a report (inside a transaction)."""
    db.conn.execute("DELETE FROM fact_cells WHERE report_id = ?", (report_id,))


def move_facts(db: Database, report_id: int, to: int) -> None:
    """Give the facts of a report to another, which has none (inside a transaction)."""
    db.conn.execute("UPDATE fact_cells SET report_id = ? WHERE report_id = ?", (to, report_id))


def _keys(db: Database, table: str, column: str, names: Set[str]) -> dict[str, int]:
    """Ids of names in a dimension table, adding those that are not there yet."""
    query = f"SELECT {column}, id FROM {table}"
    known = dict(db.conn.execute(query).fetchall())
    if missing := sorted(map(str, names - known.keys())):
        db.conn.executemany(f"INSERT INTO {table} ({column}) VALUES (?)", [(name,) for name in missing])
        known = dict(db.conn.execute(query).fetchall())
    return known


def _unit_keys(db: Database, pairs: Set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Ids of the pairs of unit and its source, adding those that are not there yet."""
    query = "SELECT unit, unit_source, id FROM fact_units"
    known = {(unit, source): key for unit, source, key in db.conn.execute(query)}
    if missing := sorted(pairs - {("", "")} - known.keys()):
        db.conn.executemany("INSERT INTO fact_units (unit, unit_source) VALUES (?, ?)", missing)
        known = {(unit, source): key for unit, source, key in db.conn.execute(query)}
    return known
