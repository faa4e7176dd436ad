"""The layout of checks: what a report compares, in lists; which list is of which checks, in forms.

A form says of each place which check it is, how it came out and which slots of the list hold what is
compared; a text there is it itself. Few forms serve all reports, for most reports pass the same checks.
"""
# ruff: noqa: S608 - only texts that stand in this module are put into SQL

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from govcrawl.reports.across import RULES
from govcrawl.store.outcomes import ACROSS, INSERT, READ, check_rows

_OUTCOME = "CASE o.outcome WHEN 0 THEN 'pass' WHEN 1 THEN 'fail' ELSE 'not_assessable' END"
_OLD_OUTCOME = _OUTCOME.replace("o.", "c.")
_OLD = f"""
    SELECT c.report_id, i.rule, i.subject, {_OLD_OUTCOME}, CAST(c.expected AS TEXT), CAST(c.actual AS TEXT)
    FROM check_outcomes c JOIN check_ids i ON i.id = c.check_id ORDER BY c.report_id, c.place
"""
_BATCH = 2000


def _side(column: str) -> str:
    listed = f"CAST(json_extract(l.list, '$[' || o.{column} || ']') AS TEXT)"
    return f"CASE typeof(o.{column}) WHEN 'integer' THEN {listed} ELSE o.{column} END AS {column}"


CHECK_LISTS_BEGIN: tuple[str, ...] = (
    "DROP VIEW checks",
    "DROP INDEX check_fails",
    "CREATE TABLE check_forms (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE) STRICT",
    """
    CREATE TABLE check_places (
        form_id INTEGER NOT NULL REFERENCES check_forms(id), place INTEGER NOT NULL,
        check_id INTEGER NOT NULL REFERENCES check_ids(id), outcome INTEGER NOT NULL,
        expected ANY, actual ANY, PRIMARY KEY (form_id, place)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE check_lists (
        report_id INTEGER NOT NULL REFERENCES reports(id), part INTEGER NOT NULL,
        form_id INTEGER NOT NULL REFERENCES check_forms(id), list TEXT NOT NULL,
        PRIMARY KEY (report_id, part)
    ) STRICT, WITHOUT ROWID
    """,
)
CHECK_LISTS_END: tuple[str, ...] = (
    "DROP TABLE check_outcomes",
    "CREATE INDEX check_lists_form ON check_lists(form_id)",
    # COLLATE is what SQLite itself adds where a query asks the view for outcome = 'fail': without, it scans
    f"""
    CREATE INDEX check_fails ON check_places(check_id, form_id)
    WHERE {_OUTCOME.replace("o.", "")} COLLATE BINARY = 'fail'
    """,
    f"""
    CREATE VIEW checks AS
    SELECT l.report_id, i.rule, i.subject, {_OUTCOME} AS outcome, {_side("expected")}, {_side("actual")},
           l.part << 16 | o.place AS place
    FROM check_lists l JOIN check_places o ON o.form_id = l.form_id JOIN check_ids i ON i.id = o.check_id
    """,
)
"""Before and after ``list_checks`` has carried the rows over."""


def list_checks(db: Database) -> None:
    """Make lists of the rows of an older layout, some thousand reports at a time (inside a transaction)."""
    made = []
    for report_id, rows in groupby(db.conn.execute(_OLD), itemgetter(0)):
        checks = [row[1:] for row in rows]
        for part in (READ, ACROSS):
            own = [check for check in checks if (check[0] in RULES) is (part == ACROSS)]
            made += check_rows(db, report_id, part, own)
        if len(made) >= _BATCH:
            db.conn.executemany(INSERT, made)
            made.clear()
    db.conn.executemany(INSERT, made)
