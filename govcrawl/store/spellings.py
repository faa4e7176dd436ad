"""An address looked up in whatever spelling: http or https, www or not, index page or folder, mobile twin."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from sqlite_utils import Database

from govcrawl.discovery.urls import normalised, page_key
from govcrawl.registry.hosts import fault

_TABLES = ("entries", "sources", "reports", "pages")  # where addresses stand, the most telling first
_LAST = "\U0010ffff"  # sorts behind every character of an address


def spelling(text: str) -> str | None:
    """One spelling of an address that a person typed (http unless it says https); None for what is none."""
    text = text.strip()
    if "://" not in text:
        text = f"http://{text.removeprefix('//')}"
    return None if fault(text) else normalised(text)


def known_as(db: Database, url: str) -> tuple[str, str] | None:
    """(table, address) under which a page stands in the database, None when it is unknown.

    An address that stands there as it is goes before its twins.
    """
    for table in _TABLES:
        if db.conn.execute(f"SELECT 1 FROM {table} WHERE url = ?", (url,)).fetchone():
            return table, url
    if url.startswith("file:"):
        return None
    key = page_key(url)
    for table in _TABLES:
        for prefix in _prefixes(key):
            near = db.conn.execute(
                f"SELECT url FROM {table} WHERE url >= ? AND url < ?", (prefix, prefix + _LAST)
            )
            for (other,) in near:
                if page_key(other) == key:
                    return table, other
    return None


def _prefixes(key: str) -> list[str]:
    """Beginnings of every spelling of a page: its folder over both schemes, with and without ``www.``."""
    folder = key.partition("?")[0].rpartition("/")[0] + "/"
    return [f"{scheme}://{www}{folder}" for scheme in ("http", "https") for www in ("", "www.")]
