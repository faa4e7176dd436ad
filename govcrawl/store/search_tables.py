"""The layout of the search index, and the triggers by which it is never out of date without knowing it."""

from __future__ import annotations

_FORGET = "DELETE FROM search_docs WHERE report_id = old.id"
_DROP = "DELETE FROM search_pending WHERE report_id = old.id"
_WANT = "INSERT OR IGNORE INTO search_pending (report_id) VALUES (new.id)"

SEARCH: tuple[str, ...] = (
    "CREATE VIRTUAL TABLE search_grams USING fts5(grams, content='', columnsize=0, tokenize='ascii')",
    """
    CREATE TABLE search_docs (
        doc INTEGER PRIMARY KEY, report_id INTEGER NOT NULL UNIQUE, year INTEGER,
        division_code TEXT, agency TEXT
    ) STRICT
    """,
    "CREATE TABLE search_pending (report_id INTEGER PRIMARY KEY) STRICT",
    "INSERT INTO search_pending (report_id) SELECT id FROM reports",
    f"CREATE TRIGGER search_new AFTER INSERT ON reports BEGIN {_WANT}; END",
    f"""
    CREATE TRIGGER search_changed AFTER UPDATE OF title, text, year, division_code, agency ON reports
    WHEN old.title IS NOT new.title OR old.text IS NOT new.text OR old.year IS NOT new.year
        OR old.division_code IS NOT new.division_code OR old.agency IS NOT new.agency
    BEGIN {_FORGET}; {_WANT}; END
    """,
    f"CREATE TRIGGER search_gone AFTER DELETE ON reports BEGIN {_FORGET}; {_DROP}; END",
)
"""``search_grams``: pairs of characters (``grams.py``) by document. ``search_docs``: a document's report;
one without a report is of a text that is there no more. ``search_pending``: reports in no document yet."""

SEARCH_ANEW: tuple[str, ...] = (
    "INSERT INTO search_grams (search_grams) VALUES ('delete-all')",
    "DELETE FROM search_docs",
    "INSERT OR IGNORE INTO search_pending (report_id) SELECT id FROM reports",
)
"""An empty index and every report waiting: when words are written in another way, and against waste."""

SEARCH_SCANNED: tuple[str, ...] = (
    "DROP TABLE search_grams",
    "CREATE VIRTUAL TABLE search_grams USING fts5(grams, content='', tokenize='ascii')",
    *SEARCH_ANEW[1:],
)
"""With the sizes of its documents, without which programs that count the rows of every table fail on it."""

SEARCH_RANKED: tuple[str, ...] = (
    "DROP TRIGGER search_changed",
    f"""
    CREATE TRIGGER search_changed
    AFTER UPDATE OF title, text, year, division_code, agency, template ON reports
    WHEN old.title IS NOT new.title OR old.text IS NOT new.text OR old.year IS NOT new.year
        OR old.division_code IS NOT new.division_code OR old.agency IS NOT new.agency
        OR old.template IS NOT new.template
    BEGIN {_FORGET}; {_WANT}; END
    """,
    "DROP TABLE search_docs",
    """
    CREATE TABLE search_docs (
        doc INTEGER PRIMARY KEY, report_id INTEGER NOT NULL UNIQUE, year INTEGER, division_code TEXT,
        agency TEXT
    ) STRICT
    """,
    "DROP TABLE search_grams",
    "CREATE VIRTUAL TABLE search_grams USING fts5(grams, content='', tokenize='ascii')",
    SEARCH_ANEW[-1],
)
"""Documents whose numbers say where they stand in the order of what is found (``ranks.py``); their words tell
the form too."""

SEARCH_LETTERS_ANEW: tuple[str, ...] = ("INSERT INTO search_letters (search_letters) VALUES ('delete-all')",)

SEARCH_LETTERS: tuple[str, ...] = (
    "CREATE VIRTUAL TABLE search_letters USING fts5(letters, content='', detail=none, tokenize='ascii')",
    *SEARCH_ANEW,
)
"""``search_letters``: single characters by document, without their places, which took two thirds of them."""
