"""The nouns that travel between the rooms: frozen, typed, free of any library's classes."""

from govcrawl.model.crawl import (
    ArchiveRecord,
    DataRequest,
    Declined,
    Entry,
    EntryState,
    HostException,
    Listing,
    Portal,
    Source,
    Visit,
)
from govcrawl.model.defects import Finding, Removal
from govcrawl.model.documents import Block, Cell, Document, Figure, Grid, Link, Paragraph, Table
from govcrawl.model.reports import (
    Attachment,
    Check,
    Fact,
    Outcome,
    Report,
    ReportTable,
    Section,
    Statement,
    Status,
)

__all__ = [
    "ArchiveRecord",
    "Attachment",
    "Block",
    "Cell",
    "Check",
    "DataRequest",
    "Declined",
    "Document",
    "Entry",
    "EntryState",
    "Fact",
    "Figure",
    "Finding",
    "Grid",
    "HostException",
    "Link",
    "Listing",
    "Outcome",
    "Paragraph",
    "Portal",
    "Removal",
    "Report",
    "ReportTable",
    "Section",
    "Source",
    "Statement",
    "Status",
    "Table",
    "Visit",
]
