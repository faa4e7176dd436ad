"""croissant.json: the dataset for machine learning tools (https://mlcommons.org/croissant, version 1.0)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from govcrawl import __version__
from govcrawl.export.citation import HOME
from govcrawl.export.fields import Field
from govcrawl.export.frictionless import NAME, TITLE, media_type
from govcrawl.export.manifest import Told
from govcrawl.export.output import Written

_TYPES = {
    "text": "sc:Text", "nested": "sc:Text", "whole": "sc:Integer", "number": "sc:Float", "date": "sc:Date",
    "time": "sc:DateTime",
}  # fmt: skip
_KNOWN = {"jsonl": "application/jsonlines", "parquet": "application/x-parquet"}
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(told: Told, files: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The description: every file with its hash, and a record set for each table of text or Parquet."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": NAME,
        "description": f"{TITLE}. Made by govcrawl {__version__}; see README.md and codebook.csv.",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "url": HOME,
        "citeAs": f"{TITLE}, made by govcrawl {__version__}, as of {told.day}",
        "version": __version__,
        "datePublished": told.day.isoformat(),
        "inLanguage": "zh",
        "distribution": [*map(_file, files, files.values()), *_sets(told)],
        "recordSet": [
            _records(table)
            for table in told.written
            if _readable(table) and (table.rows or not _whole(table))
        ],
    }


def _readable(table: Written) -> bool:
    return bool(table.paths) and table.paths[0].endswith((".csv", ".jsonl", ".parquet"))


def _whole(table: Written) -> bool:
    return len(table.paths) == 1 and "/" not in table.paths[0]


def _file(path: str, about: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{about['bytes']} B",
        "encodingFormat": _encoding(path),
        "sha256": about["sha256"],
    }


def _encoding(path: str) -> str:
    """The type as Croissant's own reader knows it."""
    return _KNOWN.get(path.rpartition(".")[2]) or media_type(path)


def _sets(told: Told) -> Iterator[dict[str, Any]]:
    """The folders whose files are parts of one table."""
    for table in told.written:
        if table.paths and not _whole(table):
            yield {
                "@type": "cr:FileSet",
                "@id": f"{table.relation.name}-files",
                "name": f"{table.relation.name}-files",
                "encodingFormat": _encoding(table.paths[0]),
                "includes": f"{table.relation.name}/*/*.parquet",
            }


def _records(table: Written) -> dict[str, Any]:
    name = table.relation.name
    whole = _whole(table)
    source = {"fileObject": {"@id": table.paths[0]}} if whole else {"fileSet": {"@id": f"{name}-files"}}
    fields = [field for field in table.relation.fields if field.kind != "nested"]
    names = {
        field.name: "fiscal_year" if field.name == "year" and not whole else field.name for field in fields
    }
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{table.relation.chinese}: {table.relation.english}",
        "field": [_field(name, field, source, names[field.name]) for field in fields],
    }


def _field(table: str, field: Field, source: Mapping[str, Any], column: str) -> dict[str, Any]:
    rule = f" (derived: {field.rule})" if field.rule else ""
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{field.name}",
        "name": field.name,
        "description": f"{field.chinese}: {field.english}{rule}",
        "dataType": _TYPES[field.kind],
        "source": {**source, "extract": {"column": column}},
    }
