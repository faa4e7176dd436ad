"""The canonical schema of the statutory tables, typed, from report_schema.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from govcrawl.text import folded

TEMPLATES = ("2019", "2021", "2014")


@dataclass(frozen=True, slots=True)
class Column:
    """A value column; ``kind`` is count, signed_count or money, ``unit`` its canonical unit."""

    id: str
    label: str
    unit: str = "件"
    kind: str = "count"
    aliases: tuple[str, ...] = ()
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row; its label holds every text of ``match_all`` and none of ``match_none`` (both folded)."""

    id: str
    label: str
    path: tuple[str, ...]
    match_all: tuple[str, ...] = ()
    match_none: tuple[str, ...] = ()
    leaf: bool = True
    unit: str | None = None

    def matches(self, plain: str) -> bool:
        """Whether a folded label is this row's."""
        for key in self.match_all:
            if key not in plain:
                return False
        return not any(key in plain for key in self.match_none)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A part of table 二: its own columns and rows under a banner 第二十条第(N)项; there is one of each."""

    id: str
    label: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class FactDef:
    """A cell of a statutory table: id, label path from table to column, unit, kind and table."""

    id: str
    label: tuple[str, ...]
    unit: str
    kind: str
    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Template:
    """One format of the form; ``name`` is 2019, 2021 or 2014, ``words`` tell it by a table's wording."""

    name: str
    words: tuple[str, ...]
    blocks: tuple[Block, ...]
    application: tuple[Row, ...]
    groups: tuple[Row, ...]
    outcomes: tuple[Column, ...]
    statistics: tuple[Row, ...]
    facts: tuple[FactDef, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """Every template with its facts in canonical order; ``applicants`` are the seven columns of table 三."""

    version: str
    applicants: tuple[Column, ...]
    templates: Mapping[str, Template]

    def facts(self, template: str) -> tuple[FactDef, ...]:
        """Facts of a template in canonical order: 198 for 2019, 200 for 2021, 58 for 2014, none for free."""
        return self.templates[template].facts if template in self.templates else ()

    def all_facts(self) -> tuple[FactDef, ...]:
        """Facts of all templates, each id once, in the order of 2019, 2021, 2014."""
        known: dict[str, FactDef] = {}
        for name in TEMPLATES:
            for fact in self.facts(name):
                known.setdefault(fact.id, fact)
        return tuple(known.values())


def fact_id(row: str, column: str) -> str:
    """``<table>.<row>:<column>``; a table of one value column (stat2014) has ids without a column."""
    return f"{row}:{column}" if column else row


def column_name(fact: str) -> str:
    """Name of a fact's column in a wide table, e.g. ``application_received_new__total``."""
    return fact.replace(".", "_").replace(":", "__")


@cache
def load_schema() -> Schema:
    """The schema shipped with the package, loaded once."""
    text = files("govcrawl.reports").joinpath("report_schema.yaml").read_text(encoding="utf-8")
    # libyaml's, where PyYAML has it, takes a tenth of the time: every process that reads loads this once
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - it is a safe one
    applicants = tuple(_column(item) for item in data["applicant_columns"])
    formats = data["formats"]
    templates = {
        "2019": _template("2019", formats["fmt2019"], applicants),
        "2021": _template("2021", formats["fmt2021"], applicants),
        "2014": _statistics(formats["stat2014"]),
    }
    return Schema(str(data["schema_version"]), applicants, templates)


def _column(item: Mapping[str, Any]) -> Column:
    return Column(
        item["id"],
        item["cn"],
        item.get("unit", "件"),
        item.get("kind", "count"),
        tuple(item.get("aliases", ())),
        tuple(item.get("header_path", (item["cn"],))),
    )


def _row(item: Mapping[str, Any]) -> Row:
    return Row(
        item["id"],
        item["cn"],
        tuple(item.get("label_path", (item["cn"],))),
        tuple(folded(key) for key in item.get("match_all", ())),
        tuple(folded(key) for key in item.get("match_none", ())),
        bool(item.get("leaf", True)),
        item.get("unit"),
    )


def _template(name: str, data: Mapping[str, Any], applicants: tuple[Column, ...]) -> Template:
    tables = data["tables"]
    blocks = tuple(
        Block(
            block["id"],
            block["cn"],
            tuple(_column(item) for item in block["columns"]),
            tuple(_row(item) for item in block["rows"]),
        )
        for block in tables["proactive"]["blocks"]
    )
    application = tuple(_row(item) for item in tables["application"]["rows"])
    groups = tuple(_row(item) for item in tables["challenge"]["groups"])
    outcomes = tuple(_column(item) for item in tables["challenge"]["columns"])
    facts: list[FactDef] = []
    for block in blocks:
        facts += _cells("proactive", tables["proactive"]["cn"], block.rows, block.columns, f"{block.id}.")
    facts += _cells("application", tables["application"]["cn"], application, applicants)
    facts += _cells("challenge", tables["challenge"]["cn"], groups, outcomes)
    if len(facts) != data["fact_count"]:
        raise ValueError(
            f"report_schema.yaml: {len(facts)} facts in template {name}, not {data['fact_count']}"
        )
    words = tuple(folded(word) for word in data["detect_any"])
    return Template(name, words, blocks, application, groups, outcomes, (), tuple(facts))


def _cells(
    table: str, title: str, rows: tuple[Row, ...], columns: tuple[Column, ...], prefix: str = ""
) -> list[FactDef]:
    return [
        FactDef(
            fact_id(f"{table}.{prefix}{row.id}", column.id),
            (title, *row.path, *column.path),
            column.unit,
            column.kind,
            table,
            prefix + row.id,
            column.id,
        )
        for row in rows
        for column in columns
    ]


def _statistics(data: Mapping[str, Any]) -> Template:
    rows = tuple(_row(item) for item in data["rows"] if not item.get("header_only"))
    facts = tuple(
        FactDef(
            fact_id(f"stat2014.{row.id}", ""),
            (data["title_hint"], row.label),
            row.unit or "件",
            "money" if row.unit == "万元" else "count",
            "stat2014",
            row.id,
            "",
        )
        for row in rows
    )
    return Template("2014", (folded(data["title_hint"]),), (), (), (), (), rows, facts)
