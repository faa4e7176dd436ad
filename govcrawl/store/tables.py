"""The layout of the database, as explicit DDL.

Facts are kept compact: a dimension table of fact ids and a WITHOUT ROWID table with integer keys, behind
the ``facts`` view that users read. ``raw`` is left out where it is the decimal form of an integer value.
"""

from __future__ import annotations

_CRAWL = (
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, verdict TEXT, exit_status INTEGER,
        command TEXT NOT NULL, arguments TEXT NOT NULL, version TEXT NOT NULL,
        requests INTEGER NOT NULL DEFAULT 0, reports_new INTEGER NOT NULL DEFAULT 0,
        reports_changed INTEGER NOT NULL DEFAULT 0, reports_unchanged INTEGER NOT NULL DEFAULT 0,
        entries_rejected INTEGER NOT NULL DEFAULT 0, entries_failed INTEGER NOT NULL DEFAULT 0,
        entries_pending INTEGER NOT NULL DEFAULT 0, entries_blocked INTEGER NOT NULL DEFAULT 0,
        detail TEXT NOT NULL DEFAULT '{}'
    ) STRICT
    """,
    """
    CREATE TABLE portals (
        key TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, division_code TEXT,
        first_seen TEXT NOT NULL, last_run INTEGER REFERENCES runs(id)
    ) STRICT
    """,
    """
    CREATE TABLE portal_runs (
        run_id INTEGER NOT NULL REFERENCES runs(id), portal TEXT NOT NULL REFERENCES portals(key),
        name TEXT NOT NULL, requests INTEGER NOT NULL DEFAULT 0, reports_new INTEGER NOT NULL DEFAULT 0,
        reports_changed INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0,
        rejected INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
        pending INTEGER NOT NULL DEFAULT 0, outcome TEXT NOT NULL, reason TEXT,
        PRIMARY KEY (run_id, portal)
    ) STRICT
    """,
    """
    CREATE TABLE records (
        id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, file TEXT NOT NULL, "offset" INTEGER NOT NULL,
        length INTEGER NOT NULL, url TEXT NOT NULL, media_type TEXT, status INTEGER NOT NULL,
        fetched_at TEXT NOT NULL, UNIQUE (file, "offset")
    ) STRICT
    """,
    "CREATE INDEX records_sha256 ON records(sha256)",
)

_REPORTS = (
    """
    CREATE TABLE reports (
        id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, portal TEXT NOT NULL, division_code TEXT,
        agency TEXT, year INTEGER, title TEXT NOT NULL, published TEXT, template TEXT NOT NULL,
        text TEXT NOT NULL, source_type TEXT NOT NULL, sha256 TEXT NOT NULL, extractor TEXT NOT NULL,
        first_seen TEXT NOT NULL, fetched_at TEXT NOT NULL, evidence TEXT NOT NULL,
        reading TEXT NOT NULL, run_id INTEGER REFERENCES runs(id)
    ) STRICT
    """,
    "CREATE INDEX reports_portal ON reports(portal, year)",
    "CREATE INDEX reports_division ON reports(division_code, year)",
    """
    CREATE TABLE entries (
        url TEXT PRIMARY KEY, portal TEXT NOT NULL, title TEXT NOT NULL, year INTEGER, published TEXT,
        listing TEXT, reason TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
        last_error TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, sha256 TEXT,
        report_id INTEGER REFERENCES reports(id), run_id INTEGER REFERENCES runs(id)
    ) STRICT
    """,
    "CREATE INDEX entries_portal ON entries(portal, state)",
    """
    CREATE TABLE versions (
        report_id INTEGER NOT NULL REFERENCES reports(id), sha256 TEXT NOT NULL, text TEXT NOT NULL,
        fetched_at TEXT NOT NULL, title TEXT NOT NULL, extractor TEXT NOT NULL, replaced_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX versions_report ON versions(report_id)",
)


def _part(name: str, columns: str) -> tuple[str, str]:
    """A table whose rows belong to one report, with its index."""
    return (
        f"CREATE TABLE {name} (report_id INTEGER NOT NULL REFERENCES reports(id), {columns}) STRICT",
        f"CREATE INDEX {name}_report ON {name}(report_id)",
    )


_PARTS = (
    *_part("sections", "number INTEGER NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL"),
    *_part(
        "tables",
        "number INTEGER NOT NULL, caption TEXT NOT NULL, grid TEXT NOT NULL, kind TEXT, aligned INTEGER",
    ),
    *_part(
        "attachments", "url TEXT NOT NULL, filename TEXT NOT NULL, media_type TEXT, sha256 TEXT, role TEXT"
    ),
    *_part("statements", "fact TEXT NOT NULL, value ANY NOT NULL, sentence TEXT NOT NULL"),
    *_part(
        "checks",
        "rule TEXT NOT NULL, subject TEXT NOT NULL, outcome TEXT NOT NULL, expected TEXT, actual TEXT",
    ),
    "CREATE INDEX checks_outcome ON checks(outcome, rule)",
    *_part("findings", "kind TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL"),
    *_part("removals", "rule TEXT NOT NULL, line TEXT NOT NULL"),
)

_FACTS = (
    "CREATE TABLE fact_ids (id INTEGER PRIMARY KEY, fact TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE fact_statuses (id INTEGER PRIMARY KEY, status TEXT NOT NULL UNIQUE) STRICT",
    """
    CREATE TABLE fact_units (
        id INTEGER PRIMARY KEY, unit TEXT NOT NULL, unit_source TEXT NOT NULL, UNIQUE (unit, unit_source)
    ) STRICT
    """,
    """
    CREATE TABLE fact_cells (
        report_id INTEGER NOT NULL REFERENCES reports(id), fact_id INTEGER NOT NULL REFERENCES fact_ids(id),
        value ANY, raw TEXT, status_id INTEGER NOT NULL REFERENCES fact_statuses(id),
        unit_id INTEGER REFERENCES fact_units(id), note TEXT,
        table_number INTEGER, "row" INTEGER, col INTEGER,
        PRIMARY KEY (report_id, fact_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE VIEW facts AS
    SELECT c.report_id, f.fact, c.value, coalesce(c.raw, CAST(c.value AS TEXT)) AS raw, s.status,
           nullif(u.unit, '') AS unit, nullif(u.unit_source, '') AS unit_source, c.note,
           c.table_number, c."row", c.col
    FROM fact_cells c
    JOIN fact_ids f ON f.id = c.fact_id
    JOIN fact_statuses s ON s.id = c.status_id
    LEFT JOIN fact_units u ON u.id = c.unit_id
    """,
)

FIRST_LIGHT: tuple[str, ...] = (*_CRAWL, *_REPORTS, *_PARTS, *_FACTS)

BODIES: tuple[str, ...] = (
    "ALTER TABLE reports ADD COLUMN scope TEXT NOT NULL DEFAULT 'own'",
    "ALTER TABLE reports ADD COLUMN agency_type TEXT",
    "ALTER TABLE reports ADD COLUMN agency_norm TEXT",
    "ALTER TABLE reports ADD COLUMN township_code TEXT",
    "ALTER TABLE reports ADD COLUMN narrative TEXT",
    "CREATE INDEX reports_body ON reports(agency_norm, year)",
    """
    CREATE TABLE sources (
        url TEXT PRIMARY KEY, report_id INTEGER NOT NULL REFERENCES reports(id), sha256 TEXT NOT NULL,
        source_type TEXT NOT NULL, first_seen TEXT NOT NULL, fetched_at TEXT NOT NULL, reason TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX sources_report ON sources(report_id)",
    """
    INSERT INTO sources (url, report_id, sha256, source_type, first_seen, fetched_at, reason)
    SELECT url, id, sha256, source_type, first_seen, fetched_at, 'stored' FROM reports
    """,
)

MEMORY: tuple[str, ...] = (
    """
    CREATE TABLE listings (
        portal TEXT NOT NULL REFERENCES portals(key), url TEXT NOT NULL, trail TEXT NOT NULL, parent TEXT,
        rows INTEGER NOT NULL, shown INTEGER NOT NULL, run_id INTEGER NOT NULL REFERENCES runs(id),
        PRIMARY KEY (portal, url)
    ) STRICT
    """,
)

PATHS: tuple[str, ...] = (
    """
    CREATE TABLE pages (
        portal TEXT NOT NULL REFERENCES portals(key), url TEXT NOT NULL, asked TEXT, parent TEXT,
        label TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL, dialect TEXT, trouble TEXT,
        first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, run_id INTEGER NOT NULL REFERENCES runs(id),
        PRIMARY KEY (portal, url)
    ) STRICT
    """,
    """
    CREATE TABLE refusals (
        id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES runs(id), portal TEXT NOT NULL,
        url TEXT NOT NULL, system TEXT NOT NULL, status INTEGER NOT NULL, evidence TEXT NOT NULL,
        headers TEXT NOT NULL, sha256 TEXT NOT NULL, seen_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX refusals_run ON refusals(run_id, portal)",
    """
    INSERT INTO pages (portal, url, parent, label, kind, reason, first_seen, last_seen, run_id)
    SELECT l.portal, l.url, l.parent, coalesce(json_extract(l.trail, '$[#-1]'), ''), 'column',
           'remembered as a listing', r.started, r.started, l.run_id
    FROM listings l JOIN runs r ON r.id = l.run_id
    """,
)
"""How each report was reached: the pages looked at, each with the one before it; and who refused."""

MEMORY_OF_LOOKS: tuple[str, ...] = (
    "ALTER TABLE listings ADD COLUMN data TEXT",
    "ALTER TABLE listings ADD COLUMN looked TEXT NOT NULL DEFAULT ''",
)

HOSTS: tuple[str, ...] = (
    """
    CREATE TABLE host_exceptions (
        host TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL,
        since TEXT NOT NULL, run_id INTEGER REFERENCES runs(id), PRIMARY KEY (host, kind)
    ) STRICT
    """,
    """
    CREATE TABLE host_days (
        host TEXT NOT NULL, day TEXT NOT NULL, requests INTEGER NOT NULL, PRIMARY KEY (host, day)
    ) STRICT, WITHOUT ROWID
    """,
)

RETRIES: tuple[str, ...] = (
    "ALTER TABLE entries ADD COLUMN failures INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE entries ADD COLUMN next_try TEXT",
)
"""How often in a row a link failed, and from when on it is asked for again; NULL: by the next run."""

SEEN: tuple[str, ...] = (
    "ALTER TABLE portal_runs ADD COLUMN listed INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE portal_runs ADD COLUMN whole INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE portal_runs ADD COLUMN measured INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE portal_runs ADD COLUMN numbers INTEGER NOT NULL DEFAULT 0",
)
"""What a run saw of a portal, for the next run to be compared with."""
