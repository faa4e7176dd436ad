"""A stored report taken out of one database and written into another, with all that was read of it."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from govcrawl.model import Fact, Report, Source, Statement, Status
from govcrawl.reports.across import RULES
from govcrawl.store import bodies, facts
from govcrawl.store.beside import parts_beside
from govcrawl.store.parts import COLUMNS, Parts
from govcrawl.store.shapes import cells_of
from govcrawl.store.sqlite import row

Row = dict[str, Any]

_COMPARED = {"checks": frozenset(RULES), "findings": frozenset(bodies.DERIVED)}
"""What a report's rows say of others: made anew where it comes to stand beside others."""


@dataclass(frozen=True, slots=True)
class Content:
    """A report's row and its parts."""

    row: Row
    parts: Parts

    @classmethod
    def of(cls, db: Database, found: Row) -> Content:
        """All of a report, whose row is given."""
        read = parts_beside(db, COLUMNS, {found["id"]: found["text"]})[found["id"]]
        rows = {table: _kept(table, read[table]) for table in COLUMNS}
        cells = cells_of(facts.facts_of(db, found["id"]))
        return cls(found, Parts(rows, cells, found["evidence"], found["reading"], found["text"]))

    def as_read(self) -> tuple[Report, Source]:
        """The report and its source, as far as telling it from others takes them."""
        names = ("title", "agency", "year", "published", "template", "text", "source_type", "scope")
        statements = tuple(Statement(*told) for told in self.parts.rows["statements"])
        report = Report(
            **{name: self.row[name] for name in names},
            agency_norm=self.row["agency_norm"],
            facts=tuple(
                Fact(fact, value, raw, Status(status), *rest)
                for fact, value, raw, status, *rest in self.parts.cells.facts
            ),
            statements=statements,
        )
        keys = ("url", "portal", "division_code", "sha256", "fetched_at")
        return report, Source(**{name: self.row[name] for name in keys})


def is_same(known: Row, content: Content) -> bool:
    """Whether all that counts of a report's reading is stored already."""
    return all(known[name] == content.row[name] for name in ("reading", "extractor", "text"))


def write_content(db: Database, report_id: int | None, content: Content, values: Mapping[str, Any]) -> int:
    """Write a report under an id, or a new one, with ``values`` as its row (inside a transaction); its id.

    It waits to be indexed for the search: the words of a portal's reports together may be gigabytes.
    """
    names = [name for name in values if name != "id"]
    given = [values[name] for name in names]
    known = None if report_id is None else row(db, "SELECT * FROM reports WHERE id = ?", (report_id,))
    if report_id is not None and known is not None:
        settings = ", ".join(f"{name}=?" for name in names)
        db.conn.execute(f"UPDATE reports SET {settings} WHERE id=?", (*given, report_id))
        if is_same(known, content):
            content.parts.write_uncounted(db, report_id)
            return report_id
        Parts.delete(db, report_id)
    else:
        marks = ", ".join("?" * len(names))
        cursor = db.conn.execute(f"INSERT INTO reports ({', '.join(names)}) VALUES ({marks})", given)
        report_id = int(cursor.lastrowid or 0)
    content.parts.write(db, report_id)
    return report_id


def delete_report(db: Database, report_id: int) -> None:
    """Take a report away with all that belongs to it but its links (inside a transaction)."""
    Parts.delete(db, report_id)
    for table in ("sources", "versions"):
        db.conn.execute(f"DELETE FROM {table} WHERE report_id=?", (report_id,))
    db.conn.execute("UPDATE entries SET report_id=NULL WHERE report_id=?", (report_id,))
    db.conn.execute("DELETE FROM reports WHERE id=?", (report_id,))


def _kept(table: str, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """A part's rows as they are written, without what compares the report with others."""
    compared, columns = _COMPARED.get(table, frozenset()), COLUMNS[table]
    return [tuple(row[name] for name in columns) for row in rows if row[columns[0]] not in compared]
