"""Drawings of an OFD file that are kept apart and put on a page by their number, as some producers do.

Source: GB/T 33190-2016, 13 (composite objects) and 7.9 (resources).
"""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from govcrawl.documents.left_out import left_out
from govcrawl.documents.ofd_seen import is_shown
from govcrawl.documents.zipped import Zipped

_DEEPEST = 3
_MOST = 40_000  # objects that are put on the pages of a document this way
_LONG = 100  # signs, for which an object counts once more
_PLACED = ("TextObject", "PathObject", "ImageObject", "CompositeObject")
_SAME = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Units:
    """Drawings of a document's resources by their number, and how many objects of them may still be put."""

    drawn: dict[str, etree._Element] = field(default_factory=dict)
    left: int = _MOST


def units_of(parts: Zipped, document: etree._Element, path: str) -> Units:
    """The drawings in the resources that a document names."""
    found = Units()
    for node in document.iter("{*}DocumentRes", "{*}PublicRes"):
        name = posixpath.join(posixpath.dirname(path), (node.text or "").strip())
        resources = parts.xml(name)
        for unit in () if resources is None else resources.iter("{*}CompositeGraphicUnit"):
            found.drawn[unit.get("ID", "")] = unit
    return found


def put_units(contents: Iterable[etree._Element], units: Units) -> None:
    """Put what composite objects of a page name in their place, moved and scaled as they say."""
    for content in contents:
        _put(content, units)


def _put(content: etree._Element, units: Units) -> None:
    for _ in range(_DEEPEST if units.drawn else 0):
        for node in list(content.iter("{*}CompositeObject")):
            around, unit = node.getparent(), units.drawn.get(node.get("ResourceID", ""))
            if around is None or unit is None or not is_shown(node):
                continue
            for own in _objects(unit):
                units.left -= 1 + sum(len(part.text or "") for part in own.iter()) // _LONG
                if units.left < 0:
                    left_out(f"drawings put on pages beyond {_MOST:,} objects")
                    return
                around.append(_placed(own, node))
            around.remove(node)


def _objects(unit: etree._Element) -> Iterator[etree._Element]:
    return (node for node in unit.iter(*(f"{{*}}{name}" for name in _PLACED)))


def _placed(own: etree._Element, place: etree._Element) -> etree._Element:
    """A copy of an object as it stands on the page."""
    made = copy.deepcopy(own)
    made.tail = None
    a, b, c, d, e, f = _six(place.get("CTM")) or _SAME
    left, top, *_ = [*_floats(place.get("Boundary")), 0.0, 0.0]
    x, y, width, height = ([*_floats(own.get("Boundary")), 0.0, 0.0, 0.0, 0.0])[:4]
    box = a * x + c * y + e + left, b * x + d * y + f + top, abs(a) * width, abs(d) * height
    made.set("Boundary", " ".join(f"{value:g}" for value in box))
    if (a, b, c, d) != _SAME[:4]:
        inner = _six(own.get("CTM")) or _SAME
        pairs = zip(inner[::2], inner[1::2], strict=True)
        product = [value for x, y in pairs for value in (x * a + y * c, x * b + y * d)]
        made.set("CTM", " ".join(f"{value:g}" for value in product))
    return made


def _six(raw: str | None) -> tuple[float, ...] | None:
    values = _floats(raw)
    return tuple(values) if len(values) == 6 else None


def _floats(raw: str | None) -> list[float]:
    try:
        values = [float(word) for word in (raw or "").split()]
    except ValueError:
        return []
    return values if all(abs(value) < 1e6 for value in values) else []
