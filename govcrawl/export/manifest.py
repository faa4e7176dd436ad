"""The manifest: what is in the folder, byte by byte, and what it was made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from govcrawl import __version__
from govcrawl.export.folder import GENERATOR, MANIFEST
from govcrawl.export.output import Written
from govcrawl.export.tally import Tally
from govcrawl.reports.schema import load_schema
from govcrawl.store import Selection


@dataclass(frozen=True, slots=True)
class Told:
    """All that manifest, data card and descriptions tell: the query, counts, tables, and the day of it all.

    ``masked`` counts what was masked, None where nothing was to be.
    """

    format: str
    query: Mapping[str, Any]
    tally: Tally
    written: Sequence[Written]
    day: date
    masked: Mapping[str, Mapping[str, int]] | None = None


Files = Mapping[str, Mapping[str, Any]]
"""Size, SHA-256 and rows of files, by their path."""


def files_in(folder: Path, written: Sequence[Written], known: Files = MappingProxyType({})) -> Files:
    """Every file below the folder; those that are ``known`` are not read again."""
    rows: dict[str, int] = {}
    for table in written:
        if len(table.paths) == 1:
            rows[table.paths[0]] = table.rows
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name in known:
            found[name] = known[name]
        elif path.is_file() and name != MANIFEST:
            counted = {"rows": rows[name]} if name in rows else {}
            found[name] = {"sha256": _sha256(path), "bytes": path.stat().st_size, **counted}
    return found


def write_manifest(folder: Path, told: Told, known: Files) -> None:
    """Write the manifest, which names every other file; those that are ``known`` are not read again."""
    tally = told.tally
    contents = {table.relation.name: table.contents for table in told.written if table.contents}
    manifest = {
        "generator": GENERATOR,
        "version": __version__,
        "format": told.format,
        "schema_version": load_schema().version,
        "extractors": sorted(tally.extractors),
        "query": told.query,
        "as_of": told.day.isoformat(),
        "published": tally.published,
        "fetched": tally.fetched,
        **({} if told.masked is None else {"masked": told.masked}),
        "counts": dict(sorted(tally.totals.items())),
        "tables": {table.relation.name: table.rows for table in told.written},
        **({"contents": contents} if contents else {}),
        **({"texts_cut": cut} if (cut := texts_cut(told)) else {}),
        **({"numbers_rounded": rounded} if (rounded := numbers_rounded(told)) else {}),
        "files": files_in(folder, told.written, known),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def texts_cut(told: Told) -> dict[str, int]:
    """How many texts the format could not hold whole, by table; tables without any are left out."""
    return {table.relation.name: table.cut for table in told.written if table.cut}


def numbers_rounded(told: Told) -> dict[str, int]:
    """How many numbers have more digits than the format holds, by table; tables without any are left out."""
    return {table.relation.name: table.rounded for table in told.written if table.rounded}


def query_of(selection: Selection, *, masked: bool) -> dict[str, Any]:
    """The query that made the dataset."""
    return {**{name: _plain(value) for name, value in asdict(selection).items()}, "mask": masked}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
