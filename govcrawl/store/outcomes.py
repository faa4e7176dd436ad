"""Checks in their compact form: a number for rule and subject, numbers for what is compared."""
# ruff: noqa: S608 - only marks are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlite_utils import Database

from govcrawl.store.keys import known, number_of

CheckRow = tuple[str, str, str, str | None, str | None]
"""rule, subject, outcome, expected, actual."""

OUTCOMES = {"pass": 0, "fail": 1, "not_assessable": 2}
_LONGEST = 18  # digits that fit into SQLite's integers
INSERT = (
    "INSERT INTO check_outcomes (report_id, place, check_id, outcome, expected, actual) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)


def write_checks(db: Database, report_id: int, rows: Sequence[CheckRow]) -> None:
    """Insert all checks of a report that has none yet (inside a transaction)."""
    db.conn.executemany(INSERT, check_rows(db, report_id, 0, rows))


def add_checks(db: Database, report_id: int, rows: Sequence[CheckRow]) -> None:
    """Insert further checks of a report, behind those that are there (inside a transaction)."""
    (first,) = db.conn.execute(
        "SELECT coalesce(max(place) + 1, 0) FROM check_outcomes WHERE report_id = ?", (report_id,)
    ).fetchone()
    db.conn.executemany(INSERT, check_rows(db, report_id, first, rows))


def delete_checks(db: Database, report_id: int, rules: Iterable[str]) -> None:
    """Take away the checks of some rules (inside a transaction)."""
    named = tuple(rules)
    marks = ", ".join("?" * len(named))
    db.conn.execute(
        "DELETE FROM check_outcomes WHERE report_id = ? "
        f"AND check_id IN (SELECT id FROM check_ids WHERE rule IN ({marks}))",
        (report_id, *named),
    )


def check_rows(
    db: Database, report_id: int, first: int, rows: Sequence[CheckRow]
) -> list[tuple[int, int, int, int, str | int | None, str | int | None]]:
    """What write_checks inserts, for ``INSERT``; ``first`` is the place of the first."""
    packed = known(db).other("checks")
    made = []
    for place, told in enumerate(rows, first):
        found = packed.get(told)
        if found is None:
            rule, subject, outcome, expected, actual = told
            number = number_of(db, "check_ids", rule, subject)
            found = number, OUTCOMES[outcome], expected and _compact(expected), actual and _compact(actual)
            packed[told] = found
        made.append((report_id, place, *found))
    return made


@lru_cache(maxsize=4096)  # small numbers, which most are, come again and again
def _compact(text: str) -> str | int:
    """A number where that is printed just so."""
    if len(text) <= _LONGEST and text.isascii() and text.removeprefix("-").isdigit():
        number = int(text)
        if str(number) == text:
            return number
    return text
