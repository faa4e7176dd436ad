"""Which part of a Word package holds the text, and what that part names. Source: ECMA-376 part 2."""

from __future__ import annotations

import posixpath

from govcrawl.documents.zipped import Parts

_USUAL = "word/document.xml"


def text_part(parts: Parts) -> str:
    """The part with the text; some programs number it, and the package says which it is."""
    relations = None if parts.xml(_USUAL) is not None else parts.xml("_rels/.rels")
    for node in () if relations is None else relations:
        if node.get("Type", "").endswith("/officeDocument"):
            return node.get("Target", "").lstrip("/")
    return _USUAL


def related(parts: Parts, main: str) -> dict[str, str]:
    """Targets of the document's relations by their id: images inside the file, addresses outside."""
    folder, name = posixpath.split(main)
    relations = parts.xml(f"{folder}/_rels/{name}.rels")
    if relations is None:
        return {}
    return {
        node.get("Id", ""): node.get("Target", "")
        if node.get("TargetMode") == "External"
        else posixpath.join(folder, node.get("Target", ""))
        for node in relations
        if isinstance(node.tag, str)
    }
