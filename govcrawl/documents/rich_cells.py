"""Cells of a workbook whose text is set in several fonts: raised or struck parts belong to no number.

``31`` with a raised 1 is written ``31¹``, as in every other format. What is white beside other letters may be
seen or not, as the cell is filled; figures of it become a gap that cannot be read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from govcrawl.documents.encoding import GAP
from govcrawl.documents.marks import LOWERED, RAISED, STRUCK, as_marked, settled
from govcrawl.documents.zipped import Zipped, xml_root

_TINIEST = 3.0  # points; nobody reads smaller print
_STRINGS = "xl/sharedstrings.xml"
_SHEETS = "xl/worksheets/"
_RICH = re.compile(
    rb"\brPr\b(?s:.){0,400}?(?:vertAlign|strike|rgb=\"[fF]{8}\"|theme=\"0\"|sz\s+val=\"[0-3](?:\.\d+)?\")"
)
_FIGURES = re.compile(r"[\d,.\s+%-]*\d[\d,.\s+%-]*")
_OFF = ("0", "false")
_SCRIPTS = {"superscript": RAISED, "subscript": LOWERED}


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a cell's text in one font."""

    text: str
    mark: str = ""
    white: bool = False
    tiny: bool = False


def as_seen(runs: Sequence[Run]) -> str:
    """The text of a cell with what sets its parts apart written out."""
    alike = {(run.white, run.tiny) for run in runs if run.text.strip()}
    pieces: list[str] = []
    for run in runs:
        if len(alike) > 1 and run.tiny:
            continue
        if len(alike) > 1 and run.white and _FIGURES.fullmatch(run.text):
            pieces.append(GAP)
        else:
            pieces.append(as_marked(run.text, run.mark) if run.mark else run.text)
    return settled("".join(pieces))


def with_rich_cells(content: bytes, parts: Zipped) -> bytes:
    """The workbook (.xlsx) with the texts of such cells as they are seen; as it came where it has none."""
    changed: dict[str, bytes] = {}
    for name in parts.names():
        if name == _STRINGS or (name.startswith(_SHEETS) and name.endswith(".xml")):
            part = parts.read(name) or b""
            if _RICH.search(part) and (made := _rewritten(part, name)) is not None:
                changed[name] = made
    if not changed:
        return content
    made_file = io.BytesIO()
    with zipfile.ZipFile(made_file, "w") as file:
        for name in parts.names():
            file.writestr(name, changed.get(name) or parts.read(name) or b"")
    return made_file.getvalue()


def _rewritten(part: bytes, name: str) -> bytes | None:
    root = xml_root(part, f"part {name}")
    if root is None:
        return None
    for text in root.iter("{*}si", "{*}is"):
        runs = list(text.iterchildren("{*}r"))
        if not runs:
            continue
        seen = as_seen([_run(run) for run in runs])
        first = runs[0].find("{*}t")
        tag = f"{runs[0].tag[:-1]}t" if first is None else first.tag
        for child in list(text):
            text.remove(child)
        etree.SubElement(text, tag).text = seen
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _run(node: etree._Element) -> Run:
    text = "".join(part.text or "" for part in node.iterchildren("{*}t"))
    properties = next(node.iterchildren("{*}rPr"), None)
    if properties is None:
        return Run(text)
    said = {str(part.tag).rpartition("}")[2]: part for part in properties if isinstance(part.tag, str)}
    mark = _SCRIPTS.get(said["vertAlign"].get("val", ""), "") if "vertAlign" in said else ""
    if "strike" in said and said["strike"].get("val", "1") not in _OFF:
        mark = STRUCK
    colour = said.get("color")
    white = colour is not None and (colour.get("rgb", "").upper() == "FFFFFFFF" or colour.get("theme") == "0")
    return Run(text, mark, white, "sz" in said and _size(said["sz"].get("val", "")) <= _TINIEST)


def _size(raw: str) -> float:
    return float(raw) if re.fullmatch(r"\d{1,4}(?:\.\d{1,4})?", raw) else _TINIEST + 1
