"""The compact layout of what is read of a report: nothing of it is said twice, all of it is read by views.

A section is a place in ``reports.text``; so is a table, whose grid is that piece of Markdown written as JSON.
A check is a number of a rule and subject; the facts of a report are up to four lists of numbers, each with
the form that says which cell stands where. What does not fit (a text that stands nowhere, a cell that is no
plain number) is kept as it is, so that the views give what was read, to the letter.
"""

# ruff: noqa: S608 - only texts that stand in this module are put into SQL

from __future__ import annotations

_OWNER = "report_id INTEGER NOT NULL REFERENCES reports(id)"

CELLS = (
    "substr(r.text, c.start, c.head) || "
    "substr(r.text, c.start + c.head + c.ruler, c.length - c.head - c.ruler)"
)
"""A table's Markdown without the line below its head."""


def _replaced(expression: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        expression = f"replace({expression}, {old}, {new})"
    return expression


# | a | b |      ["a","b"],
# | c | d |  ->  ["c","d"]     quotes and backslashes first, while no quote of JSON's own is there
_INNER = f"substr({CELLS}, 3, c.length - c.ruler - 4)"
_ROW, _SLOT = ("' |' || char(10) || '| '", "'\"],[\"'"), ("' | '", "'\",\"'")
GRID = "'[[\"' || " + _replaced(
    _INNER, ("'\\'", "'\\\\'"), ("'\"'", "'\\\"'"), _ROW, _SLOT
) + " || '\"]]'"  # fmt: skip
"""The grid of a table as JSON, from its Markdown; ``govcrawl.store.places`` says the same in Python."""

_PATCHED = f"""(
    SELECT json_group_array(json(x.cells)) FROM (
        SELECT (
            SELECT json_group_array(
                coalesce(json_extract(c.patches, '$."' || l.key || ',' || k.key || '"'), k.value)
            ) FROM json_each(l.value) k
        ) AS cells FROM json_each({GRID}) l
    ) x
)"""
"""The same with the cells that Markdown shows otherwise, such as those with a line break."""

OUTCOME = "CASE c.outcome WHEN 0 THEN 'pass' WHEN 1 THEN 'fail' ELSE 'not_assessable' END"

_PLACES = (
    f"""
    CREATE TABLE section_places (
        {_OWNER}, place INTEGER NOT NULL, number INTEGER NOT NULL,
        heading_start INTEGER, heading_length INTEGER, start INTEGER, length INTEGER,
        heading TEXT, text TEXT, PRIMARY KEY (report_id, place)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE VIEW sections AS
    SELECT c.report_id, c.number,
           coalesce(c.heading, substr(r.text, c.heading_start, c.heading_length)) AS heading,
           coalesce(c.text, substr(r.text, c.start, c.length)) AS text, c.place
    FROM section_places c JOIN reports r ON r.id = c.report_id
    """,
    f"""
    CREATE TABLE table_places (
        {_OWNER}, place INTEGER NOT NULL, number INTEGER NOT NULL, aligned INTEGER, start INTEGER,
        head INTEGER, ruler INTEGER, length INTEGER, kind TEXT, caption TEXT NOT NULL, patches TEXT,
        grid TEXT,
        PRIMARY KEY (report_id, place)
    ) STRICT, WITHOUT ROWID
    """,
    f"""
    CREATE VIEW tables AS
    SELECT c.report_id, c.number, c.caption, CASE WHEN c.grid IS NOT NULL THEN c.grid
           WHEN c.patches IS NULL THEN {GRID} ELSE {_PATCHED} END AS grid, c.kind, c.aligned, c.place
    FROM table_places c JOIN reports r ON r.id = c.report_id
    """,
)

_CHECKS = (
    """
    CREATE TABLE check_ids (
        id INTEGER PRIMARY KEY, rule TEXT NOT NULL, subject TEXT NOT NULL, UNIQUE (rule, subject)
    ) STRICT
    """,
    f"""
    CREATE TABLE check_outcomes (
        {_OWNER}, place INTEGER NOT NULL, check_id INTEGER NOT NULL REFERENCES check_ids(id),
        outcome INTEGER NOT NULL, expected ANY, actual ANY, PRIMARY KEY (report_id, place)
    ) STRICT, WITHOUT ROWID
    """,
    f"""
    CREATE VIEW checks AS
    SELECT c.report_id, i.rule, i.subject, {OUTCOME} AS outcome, CAST(c.expected AS TEXT) AS expected,
           CAST(c.actual AS TEXT) AS actual, c.place
    FROM check_outcomes c JOIN check_ids i ON i.id = c.check_id
    """,
    f"""
    CREATE INDEX check_fails ON check_outcomes(check_id, report_id)
    WHERE {OUTCOME.replace("c.", "")} COLLATE BINARY = 'fail'
    """,
)

_FACTS = (
    """
    CREATE TABLE fact_prints (
        id INTEGER PRIMARY KEY, raw TEXT NOT NULL, status_id INTEGER NOT NULL REFERENCES fact_statuses(id),
        value ANY, note TEXT
    ) STRICT
    """,
    "CREATE INDEX fact_prints_raw ON fact_prints(raw, status_id)",
    "CREATE TABLE fact_forms (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE) STRICT",
    """
    CREATE TABLE fact_places (
        form_id INTEGER NOT NULL REFERENCES fact_forms(id), fact_id INTEGER NOT NULL REFERENCES fact_ids(id),
        place INTEGER NOT NULL, unit_id INTEGER REFERENCES fact_units(id), "table" INTEGER, "row" INTEGER,
        col INTEGER, PRIMARY KEY (form_id, fact_id)
    ) STRICT, WITHOUT ROWID
    """,
    f"""
    CREATE TABLE fact_lists (
        {_OWNER}, part INTEGER NOT NULL, form_id INTEGER NOT NULL REFERENCES fact_forms(id),
        first_table INTEGER NOT NULL, cells INTEGER NOT NULL, numbers INTEGER NOT NULL,
        lacking INTEGER NOT NULL, list TEXT NOT NULL, PRIMARY KEY (report_id, part)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE VIEW facts AS
    SELECT c.report_id, f.fact,
           CASE typeof(c.cell) WHEN 'text' THEN p.value ELSE c.cell END AS value,
           CASE typeof(c.cell) WHEN 'text' THEN p.raw ELSE CAST(c.cell AS TEXT) END AS raw,
           coalesce(s.status, 'number') AS status,
           nullif(u.unit, '') AS unit, nullif(u.unit_source, '') AS unit_source, p.note,
           c.table_number, c."row", c.col
    FROM (
        SELECT l.report_id, o.fact_id, o.unit_id, l.first_table + o."table" AS table_number, o."row", o.col,
               json_extract(l.list, '$[' || o.place || ']') AS cell
        FROM fact_lists l JOIN fact_places o ON o.form_id = l.form_id
    ) c
    JOIN fact_ids f ON f.id = c.fact_id
    LEFT JOIN fact_units u ON u.id = c.unit_id
    LEFT JOIN fact_prints p ON p.id = CASE typeof(c.cell) WHEN 'text' THEN CAST(c.cell AS INTEGER) END
    LEFT JOIN fact_statuses s ON s.id = p.status_id
    """,
)

# COLLATE is what SQLite itself adds where a query asks the view for outcome = 'fail': without, it scans

RENAMED = ("sections", "tables", "checks")

COMPACT_BEGIN: tuple[str, ...] = (
    "DROP VIEW facts",
    *(f"DROP INDEX {name}_report" for name in RENAMED),
    "DROP INDEX checks_outcome",
    "DROP INDEX reports_division",
    "CREATE INDEX reports_division ON reports(division_code, year, scope)",
    *(f"ALTER TABLE {name} RENAME TO old_{name}" for name in RENAMED),
    *_PLACES,
    *_CHECKS,
    *_FACTS,
)
PLACES_OF_BODIES: tuple[str, ...] = (
    *(f"DROP INDEX reports_{name}" for name in ("body", "portal", "division")),
    "CREATE INDEX reports_portal ON reports(portal, year, agency_norm, scope)",
    "CREATE INDEX reports_division ON reports(division_code, year, agency_norm, scope)",
)
"""A body is found by its place first: there is an 教育局 in every county."""

COMPACT_END: tuple[str, ...] = (*(f"DROP TABLE old_{name}" for name in RENAMED), "DROP TABLE fact_cells")
"""Before and after ``govcrawl.store.compacting.compact`` has carried the rows over."""
