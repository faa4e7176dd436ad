"""What a reader sees of a formula in a page (MathML) or of a drawing's words (SVG), as plain text."""

from __future__ import annotations

from lxml import etree

from govcrawl.documents.layout import is_hidden, raw_text
from govcrawl.documents.marks import LOWERED, RAISED, as_marked

# The same formula in another notation, and what only keeps its room.
_NOT_SHOWN = ("annotation", "annotation-xml", "mphantom", "maction")
_SCRIPTS = {"msup": RAISED, "msub": LOWERED}


def formula_text(math: etree._Element) -> str:
    """A formula as text: exponents raised, parts of a fraction divided by a stroke."""
    for node in math.iter(*_NOT_SHOWN):
        _write(node, "")
    # The innermost first: what is raised may hold another exponent.
    for node in reversed(list(math.iter("msup", "msub", "mfrac"))):
        if len(node) != 2:
            continue
        if node.tag == "mfrac":
            node[0].tail = "/"
        else:
            _write(node[1], as_marked(raw_text(node[1]).strip(), _SCRIPTS[node.tag]))
    return "".join(raw_text(math).split())


def svg_text(drawing: etree._Element) -> str:
    """The words of a drawing, one after the other with spaces between: each has a place of its own."""
    words = [raw_text(node).strip() for node in drawing.iter("text") if not is_hidden(node)]
    return " ".join(filter(None, words))


def _write(node: etree._Element, text: str) -> None:
    for child in list(node):
        node.remove(child)
    node.text = text
