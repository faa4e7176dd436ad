"""A report with all its parts, read once for every table of the dataset."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from govcrawl.export.fields import KEY, METADATA
from govcrawl.export.masking import Mask
from govcrawl.export.shown import shown_report
from govcrawl.model import Outcome, Status
from govcrawl.reports.schema import load_schema
from govcrawl.store import Store
from govcrawl.store.beside import parts_beside
from govcrawl.store.facts import FactRow
from govcrawl.store.in_order import facts_in_order, reports_in_order
from govcrawl.store.queries import Row

PARTS = ("sections", "tables", "checks", "findings", "statements", "attachments", "sources")
COUNTED = frozenset({"checks", "findings"})
"""Parts that every dataset reads, since its data card counts what is in them."""
_AT_ONCE = 100
_NAMES = tuple(field.name for field in METADATA)


@dataclass(frozen=True, slots=True)
class ReportRows:
    """A report: metadata, text, facts in the order of the form, and the parts asked for, as rows."""

    metadata: Row
    text: str
    facts: Sequence[FactRow]
    parts: dict[str, Sequence[Row]]

    def key(self) -> tuple[Any, ...]:
        """What every row of a long table begins with."""
        return tuple(self.metadata[field.name] for field in KEY)


def report_rows(
    store: Store, keys: array[int], mask: Mask | None, names: Collection[str] = PARTS
) -> Iterator[ReportRows]:
    """The reports with these keys, one at a time, with parts by name; texts masked where there is a mask."""
    facts_of = facts_in_order(store.db, fact_places())
    wanted = [name for name in PARTS if name in names or name in COUNTED]
    for begin in range(0, len(keys), _AT_ONCE):
        rows = reports_in_order(store.db, keys[begin : begin + _AT_ONCE])
        parts = parts_beside(store.db, wanted, {row["id"]: row["text"] for row in rows})
        facts = facts_of([row["id"] for row in rows])
        for row in rows:
            report = _report(row, facts[row["id"]], parts[row["id"]])
            yield report if mask is None else _masked(report, mask)


def _report(row: Row, facts: Sequence[FactRow], parts: dict[str, Sequence[Row]]) -> ReportRows:
    if "sources" in parts:
        parts["sources"] = sorted(parts["sources"], key=lambda source: str(source["url"]))
    metadata = {**{name: row[name] for name in _NAMES}, "id": stable_id(row["url"])}
    return shown_report(ReportRows(metadata, row["text"], facts, parts))


def stable_id(url: str) -> str:
    """A report's id, the same in every database: 16 hexadecimal digits of its address's SHA-256."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@cache
def fact_places() -> dict[str, int]:
    """Where each fact stands in the order of the forms."""
    return {fact.id: place for place, fact in enumerate(load_schema().all_facts())}


def counts(report: ReportRows) -> dict[str, int]:
    """How much was read of a report; every report has the same keys, so that they make columns."""
    by_status = Counter(row[3] for row in report.facts)
    by_outcome = Counter(row["outcome"] for row in report.parts["checks"])
    return {
        "characters": len(report.text),
        **{f"checks_{outcome}": by_outcome[outcome] for outcome in Outcome},
        "facts": len(report.facts),
        **{f"facts_{status}": by_status[status] for status in Status},
        **{name: len(report.parts[name]) for name in ("findings", "sections", "tables")},
    }


def _masked(report: ReportRows, mask: Mask) -> ReportRows:
    """The report with what is prose in it masked; cells of the form only where they hold no number."""
    parts = dict(report.parts)
    for name, columns in (
        ("sections", ("heading", "text")),
        ("statements", ("sentence",)),
        ("findings", ("detail",)),
        ("tables", ("caption",)),
    ):
        if name in parts:
            parts[name] = [
                {**row, **{column: mask.text(row[column], name) for column in columns}} for row in parts[name]
            ]
    if "tables" in parts:
        parts["tables"] = [{**row, "grid": _masked_grid(row["grid"], mask)} for row in parts["tables"]]
    facts = [
        row if row[3] == Status.NUMBER and not row[6] else _masked_fact(row, mask) for row in report.facts
    ]
    return ReportRows(report.metadata, mask.text(report.text, "text"), facts, parts)


def _masked_fact(row: FactRow, mask: Mask) -> FactRow:
    raw = row[2] if row[3] == Status.NUMBER else mask.cell(row[2], "facts")
    return (*row[:2], raw, *row[3:6], row[6] and mask.text(row[6], "facts"), *row[7:])


def _masked_grid(grid: str, mask: Mask) -> str:
    rows = json.loads(grid)
    masked = [[mask.cell(cell, "tables") for cell in row] for row in rows]
    return grid if masked == rows else json.dumps(masked, ensure_ascii=False, separators=(",", ":"))
