"""datapackage.json: the dataset as a Frictionless data package (https://specs.frictionlessdata.io)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govcrawl import __version__
from govcrawl.export.fields import Field
from govcrawl.export.manifest import Told
from govcrawl.export.output import Written

NAME = "govcrawl-annual-reports"
TITLE = "政府信息公开工作年度报告 / Annual reports on open government information (China)"
_TYPES = {"text": "string", "whole": "integer", "number": "number", "date": "date", "time": "datetime"}
_MEDIA = {
    "csv": "text/csv", "jsonl": "application/jsonl", "parquet": "application/vnd.apache.parquet",
    "dta": "application/x-stata-dta", "duckdb": "application/vnd.duckdb",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_ONCE = frozenset({"reports", "facts_wide", "harmonised", "texts"})
"""Tables with one row for each report."""


def datapackage(told: Told, files: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The package: csv tables with their schema, all other files by type, size and hash."""
    tables = {path: table for table in told.written for path in table.paths if path.endswith(".csv")}
    return {
        "name": NAME,
        "title": TITLE,
        "description": "See README.md and codebook.csv.",
        "version": __version__,
        "profile": "data-package",
        "resources": [
            _table(path, about, tables[path]) if path in tables else _file(path, about)
            for path, about in files.items()
        ],
    }


def media_type(path: str) -> str:
    """The media type of a file of the dataset."""
    return _MEDIA[path.rpartition(".")[2]]


def _file(path: str, about: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": _name(path),
        "path": path,
        "type": "file",
        "format": path.rpartition(".")[2],
        "mediatype": media_type(path),
        "bytes": about["bytes"],
        "hash": f"sha256:{about['sha256']}",
    }


def _table(path: str, about: Mapping[str, Any], table: Written) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(field) for field in table.relation.fields]}
    if table.relation.name in _ONCE:
        schema["primaryKey"] = ["id"]
    return {
        **_file(path, about),
        "type": "table",
        "title": f"{table.relation.chinese} / {table.relation.english}",
        "profile": "tabular-data-resource",
        "encoding": "utf-8-sig",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {**schema, "missingValues": [""]},
    }


def _field(field: Field) -> dict[str, Any]:
    told = {
        "name": field.name, "type": _TYPES[field.kind], "title": field.chinese,
        "description": field.english + (f"; derived: {field.rule}" if field.rule else ""),
    }  # fmt: skip
    return {**told, **({"unit": field.unit} if field.unit else {})}


def _name(path: str) -> str:
    return path.lower().replace("/", "-").replace("=", "-").replace("_", "-").replace(".", "-")
