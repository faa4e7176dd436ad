"""Checks in their compact form: a list of what is compared, and the form that says of which checks.

A list is JSON: an integer is a number printed as its digits. What both sides of a check say is there once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from json import dumps, loads

from sqlite_utils import Database

from govcrawl.store.keys import known, number_of
from govcrawl.store.shapes import quoted

CheckRow = tuple[str, str, str, str | None, str | None]
"""rule, subject, outcome, expected, actual."""

ListRow = tuple[int, int, int, str]

OUTCOMES = {"pass": 0, "fail": 1, "not_assessable": 2}
READ, ACROSS = 0, 1
"""The parts of a report's checks: those of what was read, and those against the year before."""

_LONGEST = 18  # digits that fit into SQLite's integers
_FORMS = 4096  # of checks remembered by their heads
INSERT = "INSERT INTO check_lists (report_id, part, form_id, list) VALUES (?, ?, ?, ?)"


def write_checks(db: Database, report_id: int, part: int, rows: Sequence[CheckRow]) -> None:
    """Insert a part of a report's checks, of which it has none yet (inside a transaction)."""
    db.conn.executemany(INSERT, check_rows(db, report_id, part, rows))


def delete_checks(db: Database, report_id: int, part: int) -> None:
    """Take away a part of a report's checks (inside a transaction)."""
    db.conn.execute("DELETE FROM check_lists WHERE report_id = ? AND part = ?", (report_id, part))


def check_rows(db: Database, report_id: int, part: int, rows: Sequence[CheckRow]) -> list[ListRow]:
    """What write_checks inserts, for ``INSERT``."""
    if not rows:
        return []
    heads, sides = zip(*map(_packed, rows), strict=True)
    forms = known(db).other("check forms")
    form = forms.get(heads)
    if form is None:
        if len(forms) > _FORMS:
            forms.clear()
        form = forms[heads] = _form_number(db, heads)
    return [(report_id, part, form, f"[{','.join(filter(None, sides))}]")]


@lru_cache(maxsize=1 << 14)
def _packed(told: CheckRow) -> tuple[str, str]:
    """What a check has in common with those of other reports, as JSON, and what it compares, for the list."""
    rule, subject, outcome, expected, actual = told
    sides: list[str] = []
    slots: list[int | str | None] = []
    for side in (expected, actual):
        if side is None or "\0" in side:  # JSON of older SQLites ends with that
            slots.append(side)
        else:
            if not sides or expected != actual:
                sides.append(_written(side))
            slots.append(len(sides) - 1)
    head = dumps((rule, subject, OUTCOMES[outcome], *slots), ensure_ascii=False)
    return head, ",".join(sides)


def _written(text: str) -> str:
    """A number as its digits where it is printed just so, any other text as JSON."""
    if len(text) <= _LONGEST and text.isascii() and text.removeprefix("-").isdigit():
        number = str(int(text))
        if number == text:
            return number
    return quoted(text)


def _form_number(db: Database, heads: Sequence[str]) -> int:
    """The number of a form, which is added when it is not there yet."""
    digest = blake2b("\n".join(heads).encode(), digest_size=16).digest()
    found = db.conn.execute("SELECT id FROM check_forms WHERE digest = ?", (digest,)).fetchone()
    if found is not None:
        return int(found[0])
    made = db.conn.execute("INSERT INTO check_forms (digest) VALUES (?)", (digest,))
    number, slot = int(made.lastrowid or 0), 0
    rows = []
    for place, head in enumerate(heads):
        rule, subject, outcome, *slots = loads(head)
        own = [slot + side if type(side) is int else side for side in slots]
        rows.append((number, place, number_of(db, "check_ids", rule, subject), outcome, *own))
        slot = max((side + 1 for side in own if type(side) is int), default=slot)
    db.conn.executemany(
        "INSERT INTO check_places (form_id, place, check_id, outcome, expected, actual) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )
    return number
