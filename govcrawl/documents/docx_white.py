"""White and tiny runs of a Word file: nobody sees them on paper, they are no part of a number beside them."""

from __future__ import annotations

from collections.abc import Container, Iterable

from lxml import etree

from govcrawl.documents.word_numbers import W
from govcrawl.documents.zipped import Parts

_RUN, _TEXT, _PARAGRAPH, _VALUE = f"{W}r", f"{W}t", f"{W}p", f"{W}val"
_COLOUR, _SHADE, _FILL, _WHITE = f"{W}color", f"{W}shd", f"{W}fill", "FFFFFF"
_OUTLINED = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
_SIZE, _WIDTH, _STYLE, _VANISH = f"{W}sz", f"{W}w", f"{W}rStyle", f"{W}vanish"
_TINY = frozenset("123456")  # half points: nobody reads such print
_NARROW = frozenset("123456789")  # per cent of a letter's width
_OFF = frozenset(("0", "false", "off"))
_PROPERTIES = tuple(f"{W}{name}" for name in ("rPr", "pPr", "tcPr", "tblPr"))
_STYLES = tuple(f"{W}{name}" for name in ("rStyle", "pStyle", "tblStyle"))


def take_out_unseen(body: etree._Element, parts: Parts) -> None:
    """Empty runs that stand in a line with others and are tiny, white on no ground, or hidden by style."""
    white = _runs(node for node in body.iter(_COLOUR) if _is_white(node.get(_VALUE, "")))
    white |= _runs(node for node in body.iter(_OUTLINED) if len(node) and node[0].tag.endswith("}noFill"))
    tiny = _runs(node for node in body.iter(_SIZE) if node.get(_VALUE) in _TINY)
    tiny |= _runs(node for node in body.iter(_WIDTH) if node.get(_VALUE) in _NARROW)
    _empty({run for run in tiny if _is_beside_others(run, tiny)})
    named = list(body.iter(_STYLE))
    _empty(_runs(node for node in named if node.get(_VALUE, "") in _hidden_styles(parts)) if named else set())
    white = {run for run in white if _is_beside_others(run, white)}
    filled = _filled_styles(parts) if white else frozenset[str]()
    _empty({run for run in white if not _is_filled(run, filled)})


def _empty(runs: set[etree._Element]) -> None:
    for run in runs:
        for text in run.iterchildren(_TEXT):
            text.text = ""


def _runs(nodes: Iterable[etree._Element]) -> set[etree._Element]:
    return {run for node in nodes if (run := _run_of(node)) is not None}


def _is_white(colour: str) -> bool:
    """Whether a colour, in six figures, is so near to white that nobody sees it on paper."""
    return len(colour) == 6 and all(part.upper() >= "FC" for part in (colour[:2], colour[2:4], colour[4:]))


def _hidden_styles(parts: Parts) -> frozenset[str]:
    """Styles of characters that hide them."""
    root = parts.xml("word/styles.xml")
    nodes = [] if root is None else list(root.iter(_VANISH))
    return frozenset(
        style.get(f"{W}styleId", "")
        for node in nodes
        if node.get(_VALUE, "true") not in _OFF
        for style in node.iterancestors(f"{W}style")
    )


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
