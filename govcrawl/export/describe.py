"""Descriptions that other programs and people read: data card, Frictionless, Croissant, citation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from govcrawl.export.card import card
from govcrawl.export.citation import citation
from govcrawl.export.croissant import croissant
from govcrawl.export.frictionless import datapackage
from govcrawl.export.manifest import Files, Told, files_in


def describe(folder: Path, told: Told) -> Files:
    """Write README.md, CITATION.cff, datapackage.json and croissant.json; the files that they describe."""
    files = files_in(folder, told.written)
    _text(folder / "datapackage.json", _json(datapackage(told, files)))
    _text(folder / "croissant.json", _json(croissant(told, files)))
    _text(folder / "CITATION.cff", citation(told))
    _text(folder / "README.md", card(told))
    return files


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _text(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="\n")
