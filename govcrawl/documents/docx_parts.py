"""Which part of a Word package holds the text, and what that part names. Source: ECMA-376 part 2."""

from __future__ import annotations

import posixpath

from lxml import etree

from govcrawl.documents.zipped import Parts

_USUAL = "word/document.xml"


def text_part(parts: Parts) -> tuple[str, etree._Element | None]:
    """The part with the text and its root; some programs number it, and the package says which it is."""
    name, root = _USUAL, parts.xml(_USUAL)
    relations = parts.xml("_rels/.rels") if root is None else None
    for node in () if relations is None else relations:
        if node.get("Type", "").endswith("/officeDocument"):
            name = node.get("Target", "").lstrip("/")
            return name, parts.xml(name)
    return name, root


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
