"""The archive carried over: WARC files taken whole, their records told under the names they have here."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from govcrawl.archive.files import cut, is_open
from govcrawl.disk import is_full
from govcrawl.errors import DiskFull, UsageError
from govcrawl.model import ArchiveRecord
from govcrawl.shards.shard import Shard
from govcrawl.store.archived import note_record, records
from govcrawl.store.sqlite import write

SEED = "seed-"
"""How the files begin that a shard was given to start with: what they hold is in the archive it came from."""

_HEAD = 4096  # bytes; the first record of a file has an identity that no other file's has


def carry_archive(db: Database, shard: Shard, to: Path) -> int:
    """Take the files of a shard's archive and write down its records; how many files were taken.

    A file that is there already is not taken again; one of its name that is another is given another name.
    Records are written when their file is whole on the disk. Raises DiskFull, and UsageError where the
    archive cannot be written.
    """
    folder = shard.folder / "archive"
    held: dict[str, list[ArchiveRecord]] = {}
    for record in records(shard.store.db):
        held.setdefault(record.file, []).append(record)
    names, taken = {path.name for path in folder.glob("*.warc.gz")}, 0
    for name in sorted(names):
        own = held.get(name, [])
        if name.startswith(SEED) and all(_known(db, record) for record in own):
            continue
        try:
            given, made = _take(folder / name, to)
        except OSError as error:
            if is_full(error):
                raise DiskFull(f"{to}: the disk is full; make room and run again") from error
            raise UsageError(f"{folder / name}: cannot be taken into {to} ({error.strerror})") from error
        taken += made
        if own:
            with write(db):
                for record in sorted(own, key=lambda one: one.offset):
                    note_record(db, replace(record, file=given))
    return taken


def _known(db: Database, record: ArchiveRecord) -> bool:
    found = db.conn.execute("SELECT 1 FROM records WHERE sha256 = ?", (record.sha256,))
    return found.fetchone() is not None


def _take(path: Path, to: Path) -> tuple[str, bool]:
    """(name that a file has in the archive, whether it was put there now)."""
    to.mkdir(parents=True, exist_ok=True)
    place, number = to / path.name, 1
    while place.exists() and not _same(path, place):
        number += 1
        place = to / path.name.replace(".warc.gz", f"-{number}.warc.gz")
    if place.exists() and (is_open(path) or place.stat().st_size >= path.stat().st_size):
        return place.name, False
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        _copy(path, aside)
        aside.replace(place)
    finally:
        aside.unlink(missing_ok=True)
    return place.name, True


def _copy(path: Path, aside: Path) -> None:
    """Put a file aside: by a link where that can be and nobody may still cut its end, else byte by byte."""
    if not is_open(path):
        try:
            os.link(path, aside)
        except OSError:
            pass
        else:
            return
    shutil.copyfile(path, aside)
    if is_open(path):
        cut(aside)
    with aside.open("rb") as file:
        os.fsync(file.fileno())


def _same(one: Path, other: Path) -> bool:
    """Whether two files are one and the same, or one of them its beginning."""
    heads = []
    for path in (one, other):
        with path.open("rb") as file:
            heads.append(file.read(_HEAD))
    shorter = min(map(len, heads))
    return heads[0][:shorter] == heads[1][:shorter]
