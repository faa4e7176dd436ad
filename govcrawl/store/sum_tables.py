"""The layout of the sums of each fact by year, and the triggers by which they never say what is no more."""

# ruff: noqa: S608 - only texts that stand in this module are put into SQL

from __future__ import annotations

BLOCK_BITS = 10
"""1,024 reports that follow each other by id are summed at a time."""


def _waits(report: str) -> str:
    return f"INSERT OR IGNORE INTO fact_sums_pending (block) VALUES ({report} >> {BLOCK_BITS})"


_OLD, _NEW = _waits("old.report_id"), _waits("new.report_id")

FACT_SUMS: tuple[str, ...] = (
    """
    CREATE TABLE fact_sums (
        fact_id INTEGER NOT NULL REFERENCES fact_ids(id), block INTEGER NOT NULL, year INTEGER NOT NULL,
        scope TEXT NOT NULL, cells INTEGER NOT NULL, numbers INTEGER NOT NULL, total ANY NOT NULL,
        PRIMARY KEY (fact_id, block, year, scope)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX fact_sums_block ON fact_sums(block)",
    "CREATE TABLE fact_sums_pending (block INTEGER PRIMARY KEY) STRICT",
    f"INSERT INTO fact_sums_pending (block) SELECT DISTINCT report_id >> {BLOCK_BITS} FROM fact_lists",
    f"CREATE TRIGGER fact_sums_new AFTER INSERT ON fact_lists BEGIN {_NEW}; END",
    f"CREATE TRIGGER fact_sums_gone AFTER DELETE ON fact_lists BEGIN {_OLD}; END",
    f"CREATE TRIGGER fact_sums_changed AFTER UPDATE ON fact_lists BEGIN {_OLD}; {_NEW}; END",
    f"""
    CREATE TRIGGER fact_sums_moved AFTER UPDATE OF year, scope ON reports
    WHEN old.year IS NOT new.year OR old.scope IS NOT new.scope
    BEGIN {_waits("new.id")}; END
    """,
    f"""
    CREATE VIEW fact_years AS
    SELECT f.fact, s.year, s.scope, s.cells, s.numbers, s.total
    FROM fact_ids f JOIN fact_sums s ON s.fact_id = f.id
    WHERE s.block NOT IN (SELECT block FROM fact_sums_pending)
    UNION ALL
    SELECT f.fact, r.year, r.scope, 1, f.status = 'number',
           CASE f.status WHEN 'number' THEN f.value ELSE 0 END
    FROM fact_sums_pending p
    JOIN reports r ON r.id >= p.block << {BLOCK_BITS} AND r.id < (p.block + 1) << {BLOCK_BITS}
    JOIN facts f ON f.report_id = r.id
    WHERE r.year IS NOT NULL
    """,
)
"""``fact_sums``: for each fact, block of reports, year and scope how many cells there are, how many of them
are numbers, and their sum. ``fact_sums_pending``: blocks of which that is not known or not true any more; the
view ``fact_years`` reads their reports instead."""
