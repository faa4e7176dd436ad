"""The tables of a dataset: their columns, and the rows that one report gives to each."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from govcrawl.reports.schema import column_name, load_schema
from govcrawl.store import Store
from govcrawl.store.queries import Row

METADATA = {
    "id": "报告编号",
    "url": "网址",
    "portal": "门户",
    "division_code": "行政区划代码",
    "agency": "报告单位",
    "agency_norm": "报告单位（便于比较的简称）",
    "agency_type": "单位类型",
    "township_code": "乡级代码",
    "scope": "本单位或汇总",
    "year": "报告年度",
    "title": "标题",
    "published": "发布日期",
    "template": "格式",
    "source_type": "来源格式",
    "sha256": "原始文件校验值",
    "extractor": "抽取程序版本",
    "first_seen": "首次发现时间",
    "fetched_at": "获取时间",
    "gone_since": "网上已无的确认时间",
}
FACT_COLUMNS = ("fact", "value", "raw", "status", "unit", "unit_source", "note", "table_number", "row", "col")
SOURCE_COLUMNS = ("url", "sha256", "source_type", "first_seen", "fetched_at", "reason")
CHECK_COLUMNS = ("rule", "subject", "outcome", "expected", "actual")
WIDE_METADATA = (
    "id",
    "url",
    "portal",
    "division_code",
    "agency",
    "agency_norm",
    "scope",
    "year",
    "title",
    "published",
    "template",
)
_KEY = ("id", "division_code", "year")


@dataclass(frozen=True, slots=True)
class ReportRows:
    """A report with all its parts, read once for every table of the dataset."""

    metadata: Row
    text: str
    parts: dict[str, list[Row]]

    @classmethod
    def of(cls, report: Row, store: Store) -> ReportRows:
        """A report's rows, by a row of ``Store.reports``."""
        parts = {
            name: store.parts(name, report["id"])
            for name in ("sections", "tables", "checks", "findings", "statements", "attachments", "sources")
        }
        parts["sources"].sort(key=lambda row: str(row["url"]))
        parts["facts"] = sorted(store.facts(report["id"]), key=lambda row: _place(row["fact"]))
        metadata = {**{name: report[name] for name in METADATA}, "id": stable_id(report["url"])}
        return cls(metadata, report["text"], parts)

    def key(self) -> tuple[Any, ...]:
        """What every row of a long table begins with."""
        return tuple(self.metadata[name] for name in _KEY)


@cache
def _order() -> dict[str, int]:
    return {fact.id: place for place, fact in enumerate(load_schema().all_facts())}


def _place(fact: str) -> tuple[int, str]:
    """Where a fact stands in the schema's order; a local sub-row comes last, by its name."""
    return _order().get(fact, len(_order())), fact


@dataclass(frozen=True, slots=True)
class Relation:
    """A table of the dataset."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[ReportRows], Iterable[tuple[Any, ...]]]


def stable_id(url: str) -> str:
    """A report's id, the same in every database: 16 hexadecimal digits of its address's SHA-256."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def metadata() -> Relation:
    """One row for each report, without its text."""
    columns = tuple(METADATA)
    return Relation("reports", columns, lambda report: [tuple(report.metadata[name] for name in columns)])


def whole_reports() -> Relation:
    """One row for each report with its text, sections, tables, attachments and counts."""
    extra = ("text", "sections", "tables", "attachments", "counts")

    def rows(report: ReportRows) -> Iterable[tuple[Any, ...]]:
        tables = [{**table, "grid": json.loads(table["grid"])} for table in report.parts["tables"]]
        nested = (report.text, report.parts["sections"], tables, report.parts["attachments"], counts(report))
        yield (*report.metadata.values(), *nested)

    return Relation("reports", (*METADATA, *extra), rows)


def texts() -> Relation:
    """The text of each report."""
    return Relation("texts", ("id", "text"), lambda report: [(report.metadata["id"], report.text)])


def long(name: str, columns: tuple[str, ...]) -> Relation:
    """One row for each fact, check, finding or statement."""

    def rows(report: ReportRows) -> Iterable[tuple[Any, ...]]:
        key = report.key()
        return [(*key, *(row[column] for column in columns)) for row in report.parts[name]]

    return Relation(name, (*_KEY, *columns), rows)


def wide_facts() -> Relation:
    """One row for each report, one column for each fact of the schema; NULL where no number was printed."""
    facts = [fact.id for fact in load_schema().all_facts()]

    def rows(report: ReportRows) -> Iterable[tuple[Any, ...]]:
        values = {row["fact"]: row["value"] for row in report.parts["facts"]}
        yield (*(report.metadata[name] for name in WIDE_METADATA), *map(values.get, facts))

    return Relation("facts_wide", (*WIDE_METADATA, *map(column_name, facts)), rows)


def long_tables() -> tuple[Relation, ...]:
    """The long tables that every format has."""
    return (
        long("facts", FACT_COLUMNS),
        long("checks", CHECK_COLUMNS),
        long("findings", ("kind", "subject", "detail")),
        long("statements", ("fact", "value", "sentence")),
        long("sources", SOURCE_COLUMNS),
    )


def counts(report: ReportRows) -> dict[str, int]:
    """How much was read of a report: facts by status, checks by outcome, sections, tables, characters."""
    by_status = Counter(f"facts_{row['status']}" for row in report.parts["facts"])
    by_outcome = Counter(f"checks_{row['outcome']}" for row in report.parts["checks"])
    lengths = {name: len(report.parts[name]) for name in ("facts", "sections", "tables", "findings")}
    return dict(sorted({**by_status, **by_outcome, **lengths, "characters": len(report.text)}.items()))
