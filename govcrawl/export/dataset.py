"""Making a dataset: one pass over the reports fills all its files, in memory that does not grow."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govcrawl import __version__
from govcrawl.errors import UsageError
from govcrawl.export import relations, rules
from govcrawl.export.codebook import COLUMNS, codebook
from govcrawl.export.files import CsvFile, HashedFile, JsonLinesFile, TableFile
from govcrawl.export.folder import GENERATOR, MANIFEST, whole_folder
from govcrawl.export.relations import Relation, ReportRows
from govcrawl.reports.schema import load_schema
from govcrawl.store import Selection, Store

Opener = Callable[[Path, tuple[str, ...]], TableFile]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table and the kind of file it is written to."""

    relation: Relation
    ending: str
    open: Opener


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the folder, rows by file, counts over all reports."""

    folder: Path
    files: Mapping[str, int]
    counts: Mapping[str, int]


def export(store: Store, format_: str, folder: Path, selection: Selection | None = None) -> Exported:
    """Write the selected reports as a dataset; the same database gives the same bytes.

    Raises UsageError when nothing is selected or the folder holds something else.
    """
    selection = selection or Selection()
    with store.snapshot(), whole_folder(folder, format_) as part:
        counts, extractors, files = _write(store, selection, FORMATS[format_](), part)
        if not counts["reports"]:
            raise UsageError(f"{store.path}: no report matches{_told(selection)}; nothing to export")
        files["codebook.csv"] = _finished(_fixed(part / "codebook.csv", COLUMNS, codebook()))
        files["rules.csv"] = _finished(_fixed(part / "rules.csv", rules.COLUMNS, rules.RULES))
        manifest = _manifest(format_, selection, files, counts, extractors)
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        (part / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return Exported(folder, {name: file["rows"] for name, file in files.items()}, counts)


def _csv(relation: Relation) -> Sheet:
    return Sheet(relation, CsvFile.ending, CsvFile)


def _jsonl(relation: Relation) -> Sheet:
    return Sheet(relation, JsonLinesFile.ending, JsonLinesFile)


def _csv_sheets() -> list[Sheet]:
    tables = [relations.metadata(), relations.wide_facts(), *relations.long_tables()]
    return [*map(_csv, tables), _jsonl(relations.texts())]


def _jsonl_sheets() -> list[Sheet]:
    return list(map(_jsonl, [relations.whole_reports(), relations.wide_facts(), *relations.long_tables()]))


FORMATS: Mapping[str, Callable[[], list[Sheet]]] = {"jsonl": _jsonl_sheets, "csv": _csv_sheets}


def _write(
    store: Store, selection: Selection, sheets: list[Sheet], folder: Path
) -> tuple[Counter[str], list[str], dict[str, dict[str, Any]]]:
    opened = [
        (sheet.relation, sheet.open(folder / f"{sheet.relation.name}.{sheet.ending}", sheet.relation.columns))
        for sheet in sheets
    ]
    counts, extractors = Counter[str](reports=0), set[str]()
    for row in store.reports(selection):
        report = ReportRows.of(row, store)
        for relation, table in opened:
            table.add(relation.rows(report))
        counts["reports"] += 1
        counts.update(relations.counts(report))
        extractors.add(row["extractor"])
    return counts, sorted(extractors), {table.file.path.name: _finished(table) for _, table in opened}


def _fixed(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> TableFile:
    """A table that does not depend on the reports: codebook, rules."""
    table = CsvFile(path, columns)
    table.add(rows)
    return table


def _finished(table: TableFile) -> dict[str, Any]:
    file: HashedFile = table.file
    return {"sha256": file.close(), "bytes": file.bytes, "rows": table.rows}


def _manifest(
    format_: str,
    selection: Selection,
    files: Mapping[str, Mapping[str, Any]],
    counts: Mapping[str, int],
    extractors: list[str],
) -> dict[str, Any]:
    return {
        "generator": GENERATOR,
        "version": __version__,
        "format": format_,
        "schema_version": load_schema().version,
        "extractors": extractors,
        "query": {"region": selection.region, "years": list(selection.years)},
        "counts": dict(sorted(counts.items())),
        "files": dict(sorted(files.items())),
    }


def _told(selection: Selection) -> str:
    told = [f" region {selection.region}"] if selection.region else []
    told += [f" years {', '.join(map(str, selection.years))}"] if selection.years else []
    return " and".join(told) or " (the database holds none)"
