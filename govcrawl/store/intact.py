"""Whether what is stored of a report is still what was read: ``reports.reading`` is the digest of that."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from govcrawl import EXTRACTOR
from govcrawl.reports.across import RULES
from govcrawl.store.bodies import DERIVED
from govcrawl.store.digest import COUNTED, digest_of
from govcrawl.store.facts import FactRow, facts_of
from govcrawl.store.parts import COLUMNS
from govcrawl.store.queries import ORDER

Rows = list[tuple[Any, ...]]

_ELSEWHERE = {"checks": frozenset(RULES), "findings": frozenset(DERIVED)}  # comparisons with other reports


def altered(db: Database) -> Iterator[str]:
    """Addresses of reports of this extractor whose rows are not those of their reading.

    Left out is a report with several facts of one cell or of none: the order that the digest counts is lost.
    """
    named = ", ".join(("id", "url", "reading", *COUNTED))
    ids = db.conn.execute("SELECT id FROM reports WHERE extractor = ? ORDER BY url", (EXTRACTOR,)).fetchall()
    for (report_id,) in ids:
        _, url, reading, *told = db.conn.execute(
            f"SELECT {named} FROM reports WHERE id = ?", (report_id,)
        ).fetchone()
        rows = {table: _rows(db, table, report_id) for table in COLUMNS if table != "removals"}
        facts = facts_of(db, report_id)
        fields = dict(zip(COUNTED, told, strict=True))
        orders = (sorted(facts, key=_cell), facts)
        if reading not in {digest_of(fields, rows, order) for order in orders} and _ordered(facts):
            yield url


def _ordered(facts: Sequence[FactRow]) -> bool:
    """Whether the order of reading, which older layouts did not store, is told by the facts' cells."""
    return len({_cell(fact) for fact in facts}) == len(facts)


def _rows(db: Database, table: str, report_id: int) -> Rows:
    columns = ", ".join(COLUMNS[table])
    order = ORDER.get(table, "rowid")
    found = db.conn.execute(
        f"SELECT {columns} FROM {table} WHERE report_id = ? ORDER BY {order}", (report_id,)
    )
    return [values for values in found.fetchall() if values[0] not in _ELSEWHERE.get(table, ())]


def _cell(fact: FactRow) -> tuple[bool, int, int, int]:
    table, row, column = fact[7:]
    return table is None, table or 0, row or 0, column or 0
