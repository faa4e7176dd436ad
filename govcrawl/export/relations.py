"""The tables of a dataset, and the rows that one report gives to each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from govcrawl.export import fields
from govcrawl.export.fields import KEY, METADATA, WIDE_KEY, Field, Relation, no_rows
from govcrawl.export.harmonised import derived
from govcrawl.export.names import english
from govcrawl.export.rows import ReportRows, counts, fact_places
from govcrawl.reports.schema import FactDef, column_name, load_schema
from govcrawl.store.check_columns import CheckColumns
from govcrawl.store.columns import Same
from govcrawl.store.fact_columns import as_columns


def reports() -> Relation:
    """One row for each report, without its text."""
    names = tuple(field.name for field in METADATA)
    pick = itemgetter(*names)
    return Relation(
        "reports", "报告", "one row per report", METADATA, lambda report: (pick(report.metadata),)
    )


def texts() -> Relation:
    """The text of each report; by its id alone in the file beside the csv files."""

    def rows(report: ReportRows) -> Iterable[tuple[Any, ...]]:
        return ((*report.key(), report.text),)

    return Relation("texts", "全文", "the text of each report", (*KEY, *fields.TEXT), rows)


def documents() -> Relation:
    """Each report whole: id, text, metadata with counts, sections, tables, attachments."""

    def rows(report: ReportRows) -> Iterable[tuple[Any, ...]]:
        about = {name: value for name, value in report.metadata.items() if name != "id"}
        tables = [{**table, "grid": json.loads(table["grid"])} for table in report.parts["tables"]]
        whole = (report.parts["sections"], tables, report.parts["attachments"])
        return ((report.metadata["id"], report.text, {**about, **counts(report)}, *whole),)

    nested = (
        Field("metadata", "nested", "元数据", "columns of the table reports, and counts of what was read"),
        Field("sections", "nested", "章节", "the sections: number, heading, text"),
        Field("tables", "nested", "表格", "the tables: number, caption, grid, kind, aligned"),
        Field("attachments", "nested", "附件", "files that belong to the report"),
    )
    columns = (METADATA[0], *fields.TEXT, *nested)
    told = "one report a line, with its text and tables"
    return Relation("reports", "报告", told, columns, rows, ("sections", "tables", "attachments"))


def wide() -> Relation:
    """One row for each report, a column for each fact of the forms; empty where no number was printed."""
    facts = load_schema().all_facts()
    ids = [fact.id for fact in facts]
    key = itemgetter(*(field.name for field in WIDE_KEY))

    def rows(report: ReportRows) -> Iterable[tuple[Any, ...]]:
        values = as_columns(report.facts).values
        return ((*key(report.metadata), *map(values.get, ids)),)

    columns = (*WIDE_KEY, *map(fact_field, facts))
    return Relation("facts_wide", "指标（宽表）", "one row per report, one column per fact", columns, rows)


def harmonised() -> Relation:
    """One row for each report with the columns that are derived to mean the same in every form."""
    made = derived()
    key = itemgetter(*(field.name for field in WIDE_KEY))

    def rows(report: ReportRows) -> Iterable[tuple[Any, ...]]:
        values, template = as_columns(report.facts).values, report.metadata["template"]
        return ((*key(report.metadata), *(item.of(template, values) for item in made)),)

    columns = tuple(
        Field(item.name, "number", item.chinese, item.english, "件", rule=item.rule) for item in made
    )
    return Relation(
        "harmonised", "可比指标（推算）", "one row per report, derived columns that all forms share",
        (*WIDE_KEY, *columns), rows,
    )  # fmt: skip


def facts() -> Relation:
    """Every cell in long form."""

    def rows(report: ReportRows) -> Iterable[tuple[Any, ...]]:
        key = report.key()
        return [key + row for row in report.facts]

    def columns(report: ReportRows) -> Sequence[Sequence[Any]]:
        key, number = report.key(), len(report.facts)
        return (*(Same(cell, number) for cell in key), *as_columns(report.facts).columns) if number else ()

    told = "one row per report and fact"
    return Relation("facts", "指标（长表）", told, (*KEY, *fields.FACT), rows, by_column=columns)


def long(name: str, chinese: str, english_: str, columns: tuple[Field, ...]) -> Relation:
    """A row for each check, finding, statement ... of a report."""
    pick = itemgetter(*(column.name for column in columns))

    def rows(report: ReportRows) -> Iterable[tuple[Any, ...]]:
        key, own = report.key(), report.parts[name]
        if isinstance(own, CheckColumns):
            return [key + row for row in zip(*own.columns, strict=True)]
        return [key + pick(row) for row in own]

    def by_column(report: ReportRows) -> Sequence[Sequence[Any]]:
        own = report.parts[name]
        made = own.columns if isinstance(own, CheckColumns) else list(zip(*map(pick, own), strict=True))
        return (*(Same(cell, len(own)) for cell in report.key()), *made) if own else ()

    return Relation(name, chinese, english_, (*KEY, *columns), rows, (name,), by_column)


def long_tables() -> tuple[Relation, ...]:
    """The long tables that every format has."""
    return (
        facts(),
        long("checks", "校验", "the rules and their outcome", fields.CHECK),
        long("findings", "问题", "defects of the documents that reading dealt with", fields.FINDING),
        long("statements", "文中数字", "numbers taken from sentences", fields.STATEMENT),
        long("sources", "来源", "every address at which a report was found", fields.SOURCE),
    )


def parts() -> tuple[Relation, ...]:
    """The parts of documents, for formats that hold long texts."""
    return (
        long("sections", "章节", "the sections of each report", fields.SECTION),
        long("tables", "表格", "every table of each document", fields.TABLE),
        long("attachments", "附件", "files that belong to the reports", fields.ATTACHMENT),
    )


def coverage() -> Relation:
    """Every body and year that the law asks for; made of the whole database."""
    return Relation("coverage", "覆盖", "every body and year owed or found", fields.COVERAGE, no_rows)


def panel() -> Relation:
    """Every body, under one id through renames, and year; made of the whole database."""
    return Relation(
        "panel", "面板", "every body and year, renamed bodies under one id", fields.PANEL, no_rows
    )


def fact_field(fact: FactDef) -> Field:
    """The column of a fact in a wide table."""
    return Field(
        column_name(fact.id), "number", " / ".join(fact.label), english(fact), fact.unit, fact=fact.id
    )


@cache
def known_facts() -> frozenset[str]:
    """Ids of the facts that the forms have; others are local rows under them."""
    return frozenset(fact_places())
