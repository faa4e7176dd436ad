"""Some portals of a database given a folder of their own, from which a crawl goes on where it stood."""
# ruff: noqa: S608 - only names that stand in this room are put into SQL; values are bound

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from govcrawl.archive import Archive, DamagedArchive
from govcrawl.model import ArchiveRecord
from govcrawl.shards.archived import SEED
from govcrawl.shards.known_hosts import hosts_of, validators_at
from govcrawl.shards.layout import BY_PORTAL, BY_REPORT, NUMBERS
from govcrawl.shards.lineage import families
from govcrawl.shards.shard import DATABASE
from govcrawl.store import Store
from govcrawl.store.archived import note_record, record_of
from govcrawl.store.sqlite import write

_CHOSEN = "SELECT value FROM json_each(:keys)"
_REPORTS = f"SELECT id FROM whole.reports WHERE portal IN ({_CHOSEN})"
_READINGS = f"""
    url IN (SELECT url FROM whole.entries WHERE portal IN ({_CHOSEN})
            UNION SELECT url FROM whole.sources WHERE report_id IN ({_REPORTS}))
"""
_RULES: dict[str, str] = {
    **dict.fromkeys(("runs", "host_exceptions", "host_days", *NUMBERS), "1"),
    "portals": f"key IN ({_CHOSEN})",
    "reports": f"portal IN ({_CHOSEN})",
    **dict.fromkeys(BY_PORTAL, f"portal IN ({_CHOSEN})"),
    "readings": _READINGS,
    **dict.fromkeys(BY_REPORT, f"report_id IN ({_REPORTS})"),
    "validators": "url IN (SELECT value FROM json_each(:validators))",
}
"""Which rows of each table go along, in an order that foreign keys allow. Records are made anew."""

_WITHOUT_ROWID = frozenset(
    {
        "section_places",
        "table_places",
        "check_places",
        "check_lists",
        "fact_lists",
        "fact_places",
        "host_days",
    }
)
_BYTES = """
    SELECT sha256 FROM validators UNION SELECT sha256 FROM readings UNION SELECT sha256 FROM sources
    UNION SELECT json_extract(f.value, '$[0]') FROM readings g, json_each(g.files) f
    UNION SELECT sha256 FROM attachments WHERE sha256 IS NOT NULL
"""


def extract(
    store: Store, archive: Archive, portals: Iterable[str], folder: Path,
    related: Sequence[Sequence[str]] | None = None,
) -> None:  # fmt: skip
    """Make an output folder of some portals, with all that a crawl of them remembers, and no search index.

    Portals that have reports in common with them go along; who extracts often gives the ``families`` of the
    whole as ``related``. Ids are those of the whole. Of the archive only
    what stands at their addresses now goes along. Raises FileExistsError where the folder has a database.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / DATABASE
    if path.exists():
        raise FileExistsError(path)
    wanted = set(portals)
    related = families(store.db) if related is None else related
    keys = sorted(wanted.union(*(family for family in related if wanted & set(family))))
    with Store.open(path) as part:
        part.db.conn.execute("ATTACH DATABASE ? AS whole", (str(store.path),))
        told = json.dumps(keys)
        validators = json.dumps(sorted(validators_at(store.db, hosts_of(store.db, told))))
        with write(part.db):
            for table, chosen in _RULES.items():
                part.db.conn.execute(
                    f"INSERT INTO main.{table} SELECT * FROM whole.{table} WHERE {chosen} "
                    f"ORDER BY {'1' if table in _WITHOUT_ROWID else 'rowid'}",
                    {"keys": told, "validators": validators},
                )
        part.db.conn.execute("DETACH DATABASE whole")
        _copy_bytes(store.db, archive, part.db, folder / "archive")


def _copy_bytes(whole: Database, archive: Archive, part: Database, folder: Path) -> None:
    """Copy the records that are needed, as they are compressed, into one file, and write down where."""
    wanted = [sha256 for (sha256,) in part.conn.execute(_BYTES)]
    if not wanted:
        return
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{SEED}{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-{os.getpid()}.warc.gz"
    with write(part), (folder / name).open("wb") as file:
        for record, member in _members(whole, archive, wanted):
            place = file.tell()
            file.write(member)
            note_record(part, replace(record, file=name, offset=place))
        file.flush()
        os.fsync(file.fileno())


def _members(
    whole: Database, archive: Archive, wanted: Iterable[str]
) -> Iterator[tuple[ArchiveRecord, bytes]]:
    for sha256 in wanted:
        record = record_of(whole, sha256)
        if record is None:
            continue
        try:
            yield record, archive.member(record)
        except DamagedArchive:
            continue  # the crawl asks for the page without condition then, as it would with the whole
