"""Several output folders made into one: the same as one machine would have made."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from govcrawl.errors import UsageError
from govcrawl.shards.archived import carry_archive
from govcrawl.shards.known_hosts import hosts_of, validators_at
from govcrawl.shards.ledger import carry_entries, carry_readings, settle_gone
from govcrawl.shards.lineage import Standing, families, standing, touched
from govcrawl.shards.memory import carry_hosts, carry_pages, carry_portals, carry_validators
from govcrawl.shards.reports import carry_reports, carry_sources
from govcrawl.shards.runs import carry_runs
from govcrawl.shards.shard import Shard, opened
from govcrawl.store import Store, bodies
from govcrawl.store.roomy import MERGING, roomy
from govcrawl.store.sqlite import write

Runs = dict[str, set[str]]


@dataclass(slots=True)
class Merged:
    """What merging has done: portals looked through, files taken, reports ``new`` and ``changed``, links."""

    portals: int = 0
    files: int = 0
    counts: Counter[str] = field(default_factory=Counter)


class Merging:
    """Output folders taken into a database ``store`` and the archive of ``output``, one after the other."""

    def __init__(self, store: Store, output: Path) -> None:
        self.store, self.output, self.merged = store, output, Merged()
        self._here = touched(store.db)

    def take(self, folder: Path, runs: dict[int, int] | None = None) -> None:
        """Merge one folder; ``runs`` are the ids that its runs have here, where they were carried before.

        Raises UsageError, OutputInUse and DiskFull, in one line that names the shard.
        """
        _require_other(folder, self.output)
        with opened(folder) as shard:
            shard.runs = carry_runs(self.store.db, [folder])[folder] if runs is None else runs
            self.merged.files += carry_archive(self.store.db, shard, self.output / "archive")
            _merge(self.store.db, shard, self._here, self.merged)


def merge(
    folders: Sequence[Path], store: Store, output: Path, moved: Callable[[], None] = lambda: None
) -> Merged:
    """Merge output folders into the database ``store`` and the archive of ``output``.

    What is there already is not doubled: the same shard twice changes nothing, and an interrupted merge is
    run again. Each family of portals is one transaction; ``moved`` is called after each shard. The shards
    are only read. New texts wait for ``govcrawl.store.indexing.catch_up``. Raises UsageError, OutputInUse
    and DiskFull, in one line that names the shard.
    """
    for folder in folders:
        _require_other(folder, output)
    runs = carry_runs(store.db, folders)
    merging = Merging(store, output)
    with roomy(store.db, MERGING):
        for folder in folders:
            merging.take(folder, runs[folder])
            moved()
    return merging.merged


def _require_other(folder: Path, output: Path) -> None:
    if folder.resolve() == output.resolve():
        raise UsageError(f"{folder}: is the output folder itself; name another one with --output")


def _merge(db: Database, shard: Shard, here: Runs, merged: Merged) -> None:
    there = touched(shard.store.db)
    known_better = set[str]()
    for family in families(shard.store.db):
        keys = json.dumps(family)
        stands = standing(_of(there, family), _of(here, family))
        if stands is Standing.EARLIER:
            known_better |= validators_at(shard.store.db, hosts_of(shard.store.db, keys))
        else:
            with write(db):
                merged.counts += _family(db, shard, keys, later=stands is Standing.LATER)
            for key in family:
                here[key] = here.get(key, set()) | there.get(key, set())
        merged.portals += len(family)
    with write(db):
        carry_hosts(db, shard)
        carry_validators(db, shard, known_better)


def _of(runs: Runs, family: Sequence[str]) -> set[str]:
    return set[str]().union(*(runs.get(key, set()) for key in family))


def _family(db: Database, shard: Shard, keys: str, *, later: bool) -> Counter[str]:
    """Carry all of some portals over, inside a transaction; what was new and changed."""
    if later:
        _forget_validators(db, shard, keys)
    carry_portals(db, shard, keys, later=later)
    carried = carry_reports(db, shard, keys, later=later)
    carry_sources(db, shard, carried, later=later)
    carried.counts["links"] = carry_entries(db, shard, keys, carried.ids, later=later)
    carry_readings(db, shard, keys, carried.asides, later=later)
    carry_pages(db, shard, keys, later=later)
    if not later:
        settle_gone(db, carried.ids.values())
    bodies.refresh(db, carried.compared)
    return carried.counts


def _forget_validators(db: Database, shard: Shard, keys: str) -> None:
    """Forget what servers knew pages of some portals by that a later state does not have any more."""
    hosts = hosts_of(db, keys)
    gone = validators_at(db, hosts) - validators_at(shard.store.db, hosts)
    db.conn.executemany("DELETE FROM validators WHERE url=?", [(url,) for url in sorted(gone)])
