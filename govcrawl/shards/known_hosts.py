"""The hosts that portals have pages on, and what their servers know those by."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from govcrawl.hosts import host_of

_IN = "IN (SELECT value FROM json_each(:keys))"
_ADDRESSES = f"""
    SELECT url FROM portals WHERE key {_IN} UNION SELECT url FROM entries WHERE portal {_IN}
    UNION SELECT url FROM pages WHERE portal {_IN} UNION SELECT asked FROM pages WHERE portal {_IN}
    UNION SELECT url FROM listings WHERE portal {_IN}
    UNION SELECT a.url FROM attachments a JOIN reports r ON r.id = a.report_id WHERE r.portal {_IN}
"""  # noqa: S608 - a text of ours


def hosts_of(db: Database, keys: str) -> set[str]:
    """The hosts of all addresses that some portals (a JSON list) are known by."""
    found = db.conn.execute(_ADDRESSES, {"keys": keys})
    return {host for (url,) in found if url and (host := host_of(url))}


def validators_at(db: Database, hosts: Iterable[str]) -> set[str]:
    """The addresses on some hosts that their servers know a state of."""
    found = set[str]()
    for host in hosts:
        for scheme in ("http", "https"):
            start = f"{scheme}://{host}"
            near = db.conn.execute(
                "SELECT url FROM validators WHERE url >= ? AND url < ?", (f"{start}/", f"{start}0")
            )
            ports = db.conn.execute(
                "SELECT url FROM validators WHERE url >= ? AND url < ?", (f"{start}:", f"{start};")
            )
            found |= {url for (url,) in [*near, *ports]}
    return found
