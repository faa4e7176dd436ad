"""What of an OFD page is seen: not what is told to be hidden, nor white letters on white paper."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

_WHITEST = 252  # of 255, of grey or of each of three colours; of four inks white has none

Box = tuple[float, float, float, float]


def unseen_white(contents: Iterable[etree._Element]) -> frozenset[etree._Element]:
    """Texts filled with white, but those that lie on a picture or a filled area."""
    white: list[tuple[etree._Element, Box | None]] = []
    grounds: list[Box] = []
    for content in contents:
        for node in content.iter("{*}TextObject", "{*}ImageObject", "{*}PathObject", "{*}CompositeObject"):
            name = _name(node)
            if name == "TextObject":
                if _is_white(node):
                    white.append((node, _boundary(node)))
            elif (box := _boundary(node)) is not None and (name != "PathObject" or _is_filled(node)):
                grounds.append(box)
    return frozenset(
        node for node, box in white if box is not None and not any(_holds(ground, box) for ground in grounds)
    )


def is_shown(node: etree._Element) -> bool:
    """Whether an object is told to be shown, and text to be filled or outlined."""

    def says(name: str, default: str) -> bool:
        return (node.get(name) or default).lower() in ("true", "1")

    if not says("Visible", "true") or node.get("Alpha") == "0":
        return False
    return _name(node) != "TextObject" or says("Fill", "true") or says("Stroke", "false")


def _name(node: etree._Element) -> str:
    """The element's name without its space; in a damaged file it may be none that XML allows."""
    return str(node.tag).rpartition("}")[2]


def _is_white(node: etree._Element) -> bool:
    colour = next(node.iterchildren("{*}FillColor"), None)
    stroked = (node.get("Stroke") or "false").lower() in ("true", "1")
    if colour is None or stroked:
        return False
    parts = (colour.get("Value") or "").split()
    if len(parts) == 4:
        return parts == ["0"] * 4
    return bool(parts) and all(part.isdecimal() and int(part) >= _WHITEST for part in parts)


def _is_filled(node: etree._Element) -> bool:
    return (node.get("Fill") or "false").lower() in ("true", "1") and not _is_white(node)


def _boundary(node: etree._Element) -> Box | None:
    try:
        left, top, width, height = map(float, (node.get("Boundary") or "").split())
    except ValueError:
        return None
    return left, top, left + width, top + height


def _holds(ground: Box, box: Box) -> bool:
    """Whether a text begins on an area: its own bounds may be wider than its letters."""
    y = (box[1] + box[3]) / 2
    return ground[0] <= box[2] and ground[2] >= box[0] and ground[1] <= y <= ground[3]
