"""The database for people who write programs: typed rows and frames, read-only."""

from govcrawl.library.database import Database, open_database
from govcrawl.library.nouns import (
    CheckRow,
    CoverageRow,
    FactRow,
    FullReport,
    ReportRow,
    RunRow,
    SeriesRow,
    SourceRow,
    StatementRow,
    TableRow,
    VersionRow,
)
from govcrawl.library.rows import Rows

__all__ = [
    "CheckRow",
    "CoverageRow",
    "Database",
    "FactRow",
    "FullReport",
    "ReportRow",
    "Rows",
    "RunRow",
    "SeriesRow",
    "SourceRow",
    "StatementRow",
    "TableRow",
    "VersionRow",
    "open_database",
]
