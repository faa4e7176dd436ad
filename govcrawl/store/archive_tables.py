"""The layout of what the archive is indexed by: how documents were read, what servers know pages by."""

from __future__ import annotations

ARCHIVE: tuple[str, ...] = (
    """
    CREATE TABLE readings (
        url TEXT PRIMARY KEY, portal TEXT NOT NULL, division_code TEXT, sha256 TEXT NOT NULL,
        fetched_at TEXT NOT NULL, name TEXT NOT NULL, answered TEXT NOT NULL, media_type TEXT, charset TEXT,
        title TEXT, published TEXT, place TEXT, extractor TEXT NOT NULL, reading TEXT
    ) STRICT
    """,
    "CREATE INDEX readings_sha256 ON readings(sha256)",
    """
    CREATE TABLE validators (
        url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, content_type TEXT, sha256 TEXT NOT NULL,
        asked_at TEXT NOT NULL
    ) STRICT
    """,
    "ALTER TABLE entries ADD COLUMN seen_run INTEGER",
    "ALTER TABLE entries ADD COLUMN looked_run INTEGER",
    "UPDATE entries SET looked_run = run_id",
    "ALTER TABLE reports ADD COLUMN gone_since TEXT",
    # what older databases do not say of a reading (charset, place) is what the archive and the registry say
    """
    INSERT INTO readings (url, portal, division_code, sha256, fetched_at, name, answered, media_type, title,
                          published, extractor, reading)
    SELECT s.url, r.portal, r.division_code, s.sha256, s.fetched_at, coalesce(a.url, s.url),
           coalesce(a.url, s.url), a.media_type, nullif(e.title, ''), e.published, r.extractor,
           CASE WHEN s.url = r.url THEN r.reading END
    FROM sources s JOIN reports r ON r.id = s.report_id LEFT JOIN entries e ON e.url = s.url
    LEFT JOIN records a ON a.id = (SELECT max(id) FROM records WHERE sha256 = s.sha256)
    """,
    """
    INSERT OR IGNORE INTO readings (url, portal, sha256, fetched_at, name, answered, media_type, title,
                                    published, extractor)
    SELECT e.url, e.portal, e.sha256, e.last_seen, a.url, a.url, a.media_type, nullif(e.title, ''),
           e.published, ''
    FROM entries e JOIN records a ON a.id = (SELECT max(id) FROM records WHERE sha256 = e.sha256)
    WHERE e.state IN ('rejected', 'failed')
    """,
)
"""``readings``: the bytes at an address and all that they were read with; ``reading`` NULL where they gave no
report. ``validators``: what a conditional request for a page is made of, and the bytes that it is about."""

OWN = "name = iif(name = '', url, name), answered = iif(answered = '', url, answered)"
"""What a row of ``readings`` leaves out, written out: for one that comes to stand under another address."""

ADDRESSES_ONCE: tuple[str, ...] = (
    "DROP INDEX readings_sha256",
    "UPDATE readings SET name = iif(name = url, '', name), answered = iif(answered = url, '', answered)",
)
"""A document's own address stands in its row once, and nobody asks for readings by their bytes."""

REREADING: tuple[str, ...] = (
    "ALTER TABLE readings ADD COLUMN files TEXT",
    "ALTER TABLE readings ADD COLUMN unread TEXT",
    "ALTER TABLE readings ADD COLUMN reread_run INTEGER",
)
"""Files attached to the page that were read with it, those that could not be had, and the last re-reading."""
