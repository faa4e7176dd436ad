"""Making a dataset: one pass over the reports fills all its files, in memory that does not grow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from govcrawl.errors import UsageError
from govcrawl.export import codebook, relations, rules
from govcrawl.export.describe import describe
from govcrawl.export.duck import DuckOutput
from govcrawl.export.files import CsvFile
from govcrawl.export.folder import whole_folder
from govcrawl.export.manifest import Told, query_of, write_manifest
from govcrawl.export.masking import Mask
from govcrawl.export.output import Job, Opener, Output, Written, csv_output, jsonl_output
from govcrawl.export.owed import as_of, coverage_rows, material_of, panel_rows
from govcrawl.export.parquet import ParquetOutput
from govcrawl.export.rows import COUNTED, report_rows
from govcrawl.export.share import Done, write_share
from govcrawl.export.shares import Sharers, sharers, shares_of
from govcrawl.export.shown import shown_rows
from govcrawl.export.stata import StataOutput
from govcrawl.export.tally import Tally
from govcrawl.export.workbook import WorkbookOutput
from govcrawl.store import Selection, Store
from govcrawl.store.in_order import ids_in_order
from govcrawl.store.roomy import READING, roomy

FORMATS: Mapping[str, Opener] = {
    "csv": csv_output,
    "jsonl": jsonl_output,
    "parquet": ParquetOutput,
    "dta": StataOutput,
    "duckdb": DuckOutput,
    "xlsx": WorkbookOutput,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the folder, rows by table, counts over all reports."""

    folder: Path
    tables: Mapping[str, int]
    counts: Mapping[str, int]


def export(
    store: Store, format_: str, folder: Path, selection: Selection | None = None, *, mask: bool = False
) -> Exported:
    """Write the selected reports as a dataset; the same database gives the same bytes.

    ``mask`` takes out of texts what leads to persons, see ``Mask``. Raises UsageError when nothing is
    selected, the folder holds something else, or the format's library is not installed.
    """
    selection = selection or Selection()
    with (
        sharers(store, format_, selection) as others,
        store.snapshot(),
        roomy(store.db, READING),
        whole_folder(folder, format_) as part,
    ):
        others.begin(store)
        keys = ids_in_order(store.db, selection)
        if not keys:
            filters = _told(selection)
            raise UsageError(
                f"{store.path}: no report matches{filters}; leave some of it out"
                if filters
                else f"{store.path}: holds no report yet; run a crawl or `govcrawl ingest` first"
            )
        job, tally, masking = Job(store, selection, keys, part), Tally(), Mask() if mask else None
        day = as_of(store)
        written = _tables(FORMATS[format_](job), job, tally, masking, day, others)
        written += _explained(part, written)
        query = query_of(selection, masked=mask)
        told = Told(format_, query, tally, written, day, masking.told() if masking else None)
        write_manifest(part, told, describe(part, told))
    return Exported(folder, {table.relation.name: table.rows for table in written}, tally.totals)


def _tables(
    output: Output, job: Job, tally: Tally, mask: Mask | None, day: date, others: Sharers
) -> list[Written]:
    if others and isinstance(output, ParquetOutput):
        others.start(shares_of(job.store, job.selection, job.keys, job.folder, masked=mask is not None))
        owed = Tally()
        _of_all(output, job, owed, day)
        for done in others.finish(partial(write_share, job.store)):
            _adopt(done, output, tally, mask)
        tally.join(owed)
    else:
        for report in report_rows(job.store, job.keys, mask, output.parts):
            output.report(report)
            tally.add(report)
        _of_all(output, job, tally, day)
    return list(output.close())


def _adopt(done: Done, output: ParquetOutput, tally: Tally, mask: Mask | None) -> None:
    """Take in what another process wrote and counted."""
    output.adopt(done.written)
    tally.join(done.tally)
    if mask is not None:
        mask.counts.update(done.masked)


def _of_all(output: Output, job: Job, tally: Tally, day: date) -> None:
    """The tables that are made of the whole database."""
    tally.add_unread(job.store, job.selection, output.parts | COUNTED)
    owed, material = relations.coverage(), material_of(job.store, job.selection)
    rows = shown_rows(coverage_rows(material, job.selection, day))
    output.table(owed, tally.counted(rows, owed.columns.index("status")))
    output.table(relations.panel(), shown_rows(panel_rows(job.store, material, job.selection, day)))


def _explained(folder: Path, written: Sequence[Written]) -> list[Written]:
    """The tables that explain the others: codebook and rules."""
    explained = {
        codebook.RELATION: codebook.rows_of(table.relation for table in written),
        rules.RELATION: rules.RULES,
    }
    found = []
    for relation, rows in explained.items():
        name = f"{relation.name}.csv"
        file = CsvFile(folder / name, relation)
        file.add(rows)
        file.close()
        found.append(Written(relation, (name,), file.rows))
    return found


def _told(selection: Selection) -> str:
    told = [f" region {selection.region}"] if selection.region else []
    told += [f" years {', '.join(map(str, selection.years))}"] if selection.years else []
    for name in ("agency_types", "templates", "quality"):
        if values := getattr(selection, name):
            told.append(f" {name.replace('_', ' ')} {', '.join(values)}")
    return " and".join(told)
