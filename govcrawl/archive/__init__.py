"""The archive: everything fetched as it came, in WARC 1.1 files for any web-archive tool."""

from govcrawl.archive.archive import Archive, DamagedArchive, Lookup
from govcrawl.archive.records import Asked

__all__ = ["Archive", "Asked", "DamagedArchive", "Lookup"]
