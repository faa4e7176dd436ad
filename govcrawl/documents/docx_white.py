"""White runs of a Word file: nobody sees them on paper, and they are no part of the number they touch."""

from __future__ import annotations

from collections.abc import Container

from lxml import etree

from govcrawl.documents.word_numbers import W
from govcrawl.documents.zipped import Parts

_RUN, _TEXT, _PARAGRAPH, _VALUE = f"{W}r", f"{W}t", f"{W}p", f"{W}val"
_COLOUR, _SHADE, _FILL, _WHITE = f"{W}color", f"{W}shd", f"{W}fill", "FFFFFF"
_PROPERTIES = tuple(f"{W}{name}" for name in ("rPr", "pPr", "tcPr", "tblPr"))
_STYLES = tuple(f"{W}{name}" for name in ("rStyle", "pStyle", "tblStyle"))


def take_out_white(body: etree._Element, parts: Parts) -> None:
    """Empty white runs that stand in a line with others, but where anything around them is filled."""
    white = {
        run
        for node in body.iter(_COLOUR)
        if node.get(_VALUE, "").upper() == _WHITE and (run := _run_of(node)) is not None
    }
    white = {run for run in white if _is_beside_others(run, white)}
    filled = _filled_styles(parts) if white else frozenset[str]()
    for run in white:
        if not _is_filled(run, filled):
            for text in run.iterchildren(_TEXT):
                text.text = ""


def _run_of(colour: etree._Element) -> etree._Element | None:
    properties = colour.getparent()
    run = None if properties is None else properties.getparent()
    return run if run is not None and run.tag == _RUN else None


def _is_beside_others(run: etree._Element, white: Container[etree._Element]) -> bool:
    """Whether the paragraph has text of another colour: one that is white as a whole stands on a picture."""
    paragraph = next(run.iterancestors(_PARAGRAPH), None)
    return paragraph is not None and any(
        (text.text or "").strip()
        for own in paragraph.iter(_RUN)
        if own not in white
        for text in own.iterchildren(_TEXT)
    )


def _is_filled(run: etree._Element, filled: Container[str]) -> bool:
    """Whether the run, its paragraph, cell or table has a ground of its own or by its style."""
    return any(
        _has_ground(properties)
        or any(style.get(_VALUE, "") in filled for style in properties.iterchildren(*_STYLES))
        for node in (run, *run.iterancestors())
        for properties in node.iterchildren(*_PROPERTIES)
    )


def _has_ground(node: etree._Element) -> bool:
    return any(shade.get(_FILL, "auto").upper() not in ("AUTO", _WHITE) for shade in node.iter(_SHADE))


def _filled_styles(parts: Parts) -> frozenset[str]:
    """Styles that fill any part of what they are for, by themselves or by those that they rest on."""
    root = parts.xml("word/styles.xml")
    styles = [] if root is None else list(root.iterchildren(f"{W}style"))
    found = {style.get(f"{W}styleId", "") for style in styles if _has_ground(style)}
    more = True
    while more:
        named = {
            style.get(f"{W}styleId", "")
            for style in styles
            for base in style.iterchildren(f"{W}basedOn")
            if base.get(_VALUE, "") in found
        }
        more = not named <= found
        found |= named
    return frozenset(found)
