"""An OFD file to a Document: the fixed-layout format of GB/T 33190-2016, a zip of XML parts.

Namespaces and the case of part names differ between producers, so neither is looked at. Lengths in the file
are millimetres.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from govcrawl.documents.leaning import is_leaning
from govcrawl.documents.left_out import left_out
from govcrawl.documents.ofd_seen import is_shown, unseen_white
from govcrawl.documents.ofd_units import Units, put_units, units_of
from govcrawl.documents.printed import Glyph, Picture, PrintedPage, blocks_of_pages, draw
from govcrawl.documents.radicals import unified
from govcrawl.documents.scanned import (
    PRIVATE_SHARE,
    font_files,
    is_available,
    is_private,
    next_step,
    recognised_glyphs,
    recognised_images,
    recognition_findings,
    require,
    scanned_pages,
)
from govcrawl.documents.titles import title_candidates
from govcrawl.documents.zipped import Zipped
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Document, Finding, Paragraph

MAX_PAGES = 300
MAX_GLYPHS = 40_000
_POINTS = 72 / 25.4
_A4 = (0.0, 0.0, 210.0, 297.0)
_NUMBER = re.compile(r"-?\d*\.?\d+(?:[eE][+-]?\d+)?")
_STEP = re.compile(rf"[A-Za-z]|{_NUMBER.pattern}")
_TOP = 8

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


def read_ofd(content: bytes) -> Document:
    """Paragraphs and tables of all pages of all documents in the file.

    Raises UnreadableDocument for a damaged or encrypted file, one without text and one whose characters are
    private to its fonts.
    """
    parts = Zipped(content)
    pages: list[PrintedPage] = []
    cut = False
    for printed in _pages(parts):
        if len(pages) == MAX_PAGES:
            cut = True
            break
        pages.append(printed)
    noted = [*_recognise_private(parts, pages), *_recognise(parts, pages)]
    if not any(page.glyphs for page in pages):
        raise UnreadableDocument("OFD file with no text")
    blocks, removed = blocks_of_pages(pages)
    first = [block for block in blocks if isinstance(block, Paragraph)][:_TOP]
    if cut:
        noted.append(Finding("page_cut", "document", f"read up to page {MAX_PAGES}"))
    return Document(
        "ofd", tuple(blocks), titles=title_candidates(first), defects=tuple(noted), removed=tuple(removed)
    )


def _recognise(parts: Zipped, pages: list[PrintedPage]) -> Iterator[Finding]:
    """Put what is recognised on pages that are an image in their place, and say so."""
    filled = set(scanned_pages(pages))
    scans = [n for n, page in enumerate(pages) if page.pictures and (n in filled or not page.glyphs)]
    if scans and not is_available() and any(page.glyphs for page in pages):
        told = ", ".join(str(number + 1) for number in scans)
        yield Finding("scanned_pages", "document", f"not read: page {told}; {next_step()}")
        for number in scans:  # what a program once recognised on them
            pages[number].glyphs = [glyph._replace(uncertain=True) for glyph in pages[number].glyphs]
    elif scans:
        require("OFD file")
        read = recognised_images(parts, pages, scans)
        for number, result in read.items():
            pages[number] = result.page
        yield from recognition_findings(list(read.values()))


def _recognise_private(parts: Zipped, pages: list[PrintedPage]) -> Iterator[Finding]:
    """Put what is recognised on pages whose characters are private to their fonts in their place."""
    glyphs = sum(len(page.glyphs) for page in pages)
    private = sum(is_private(glyph) for page in pages for glyph in page.glyphs)
    if private <= PRIVATE_SHARE * glyphs:
        return
    if not font_files(parts):
        raise UnreadableDocument(
            f"OFD file with {private} of {glyphs} characters unnamed, and without their fonts; "
            "ask the office for a PDF"
        )
    require(f"OFD file without names for {private} of its {glyphs} characters")
    read = recognised_glyphs(parts, pages)
    for number, result in read.items():
        pages[number] = result.page
    yield from recognition_findings(list(read.values()))


def _pages(parts: Zipped) -> Iterator[PrintedPage]:
    root = parts.xml("OFD.xml")
    if root is None:
        raise UnreadableDocument("OFD file without OFD.xml, or an encrypted one; ask for an open copy")
    for body in _all(root, "DocRoot"):
        path = (body.text or "").strip()
        document = parts.xml(path)
        if document is None:
            continue
        templates = {
            node.get("ID"): _beside(path, node.get("BaseLoc", "")) for node in _all(document, "TemplatePage")
        }
        box, units = _box(document) or _A4, units_of(parts, document, path)
        for node in _all(document, "Page"):
            page = parts.xml(_beside(path, node.get("BaseLoc", ""))) if node.get("BaseLoc") else None
            if page is not None:
                yield _page(parts, page, templates, _box(page) or box, units)


def _page(
    parts: Zipped,
    page: etree._Element,
    templates: dict[str | None, str],
    box: tuple[float, ...],
    units: Units,
) -> PrintedPage:
    printed = PrintedPage(box[2] * _POINTS, box[3] * _POINTS)
    unseen = PrintedPage(printed.width, printed.height)
    used = [
        templates[node.get("TemplateID")]
        for node in _all(page, "Template")
        if node.get("TemplateID") in templates
    ]
    roots = [*map(parts.xml, used), page]
    contents = [content for root in roots if root is not None for content in _all(root, "Content")]
    put_units(contents, units)
    white = unseen_white(contents)
    for content in contents:
        _draw(content, printed, unseen, white)
    if not printed.glyphs:  # the text that a program recognised on a scan
        printed.glyphs, printed.fonts = unseen.glyphs, unseen.fonts
    return printed


def _draw(
    content: etree._Element, printed: PrintedPage, unseen: PrintedPage, white: frozenset[etree._Element]
) -> None:
    for node in content.iter():
        name = _name(node)
        if name == "TextObject":
            _text(node, printed if is_shown(node) and node not in white else unseen)
        elif not is_shown(node):
            continue
        elif name == "PathObject":
            _path(node, printed)
        elif name == "ImageObject" and len(box := _numbers(node.get("Boundary"))) == 4:
            left, top, width, height = (length * _POINTS for length in box)
            printed.pictures.append(
                Picture(node.get("ResourceID", ""), left, top, left + width, top + height)
            )


def _text(node: etree._Element, page: PrintedPage) -> None:
    a, b, *_ = _matrix(node.get("CTM"))
    if is_leaning(math.atan2(b, a)):
        page.watermark += "".join(code.text or "" for code in _all(node, "TextCode"))
        return
    room = MAX_GLYPHS - len(page.glyphs)
    glyphs = list(islice(_glyphs(node), room + 1))
    page.glyphs += glyphs[:room]
    page.fonts += [node.get("Font", "")] * len(glyphs[:room])
    if len(glyphs) > room:
        left_out(f"characters of a page beyond {MAX_GLYPHS:,}")


def _glyphs(node: etree._Element) -> Iterator[Glyph]:
    """Characters of a text object: each stands so far behind the one before as the deltas say."""
    left, top, *_ = [*_numbers(node.get("Boundary")), 0.0, 0.0]
    a, b, c, d, e, f = _matrix(node.get("CTM"))
    size = (_numbers(node.get("Size")) or [3.0])[0]
    x = y = 0.0
    for code in _all(node, "TextCode"):
        text = unified(code.text or "")
        x, y = (_numbers(code.get("X")) or [x])[0], (_numbers(code.get("Y")) or [y])[0]
        across, down = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
        spaced = False
        for number, sign in enumerate(text):
            wide = 1.0 if ord(sign) > 0x2E80 else 0.5
            if sign.isspace():
                spaced = True
            else:
                px, py = a * x + c * y + e + left, b * x + d * y + f + top
                width, height = size * wide * (abs(a) or 1.0), size * (abs(d) or 1.0)
                # The place is that of the base line: most of a character stands above it.
                yield Glyph(
                    sign, px * _POINTS, (py - 0.85 * height) * _POINTS, (px + width) * _POINTS,
                    (py + 0.15 * height) * _POINTS, spaced,
                )  # fmt: skip
                spaced = False
            x += across[number] if number < len(across) else (0.0 if down else size * wide)
            y += down[number] if number < len(down) else 0.0


def _deltas(raw: str | None, most: int) -> list[float]:
    """Distances between characters; ``g 3 5.2`` stands for three times 5.2."""
    words = (raw or "").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < most:
        if words[at] == "g" and at + 2 < len(words):
            times, value = _numbers(words[at + 1]), _numbers(words[at + 2])
            if times and value:
                found += value[:1] * max(0, min(int(times[0]), most))
            at += 3
            continue
        found += _numbers(words[at])[:1]
        at += 1
    return found


def _path(node: etree._Element, printed: PrintedPage) -> None:
    left, top, *_ = [*_numbers(node.get("Boundary")), 0.0, 0.0]
    a, b, c, d, e, f = _matrix(node.get("CTM"))
    stroke = (node.get("Stroke") or "true").lower() != "false"
    data = next((part.text for part in _all(node, "AbbreviatedData")), "") or ""
    for outline in _outlines(data):
        places = [
            ((a * x + c * y + e + left) * _POINTS, (b * x + d * y + f + top) * _POINTS) for x, y in outline
        ]
        draw(printed, places, stroked=stroke)


def _outlines(data: str) -> Iterator[list[Point]]:
    """Parts of a path: M starts one, L draws a line, Q, B and A curves to their last point, C closes."""
    points: list[Point] = []
    command, values = "", list[float]()
    for step in [*_STEP.findall(data), "M"]:
        if not step.isalpha():
            values += _numbers(step)
            continue
        if command in ("M", "S", "L", "Q", "B", "A") and len(values) >= 2:
            if command in ("M", "S"):
                if len(points) > 1:
                    yield points
                points = []
            points.append((values[-2], values[-1]))
        if step == "C" and points:
            points.append(points[0])
        command, values = step, []
    if len(points) > 1:
        yield points


def _box(root: etree._Element) -> tuple[float, ...] | None:
    for node in _all(root, "PhysicalBox"):
        if len(box := _numbers(node.text)) == 4 and box[2] > 0 and box[3] > 0:
            return tuple(box)
    return None


def _matrix(raw: str | None) -> Matrix:
    values = _numbers(raw)
    if len(values) != 6:
        return (1, 0, 0, 1, 0, 0)
    return values[0], values[1], values[2], values[3], values[4], values[5]


def _numbers(raw: str | None) -> list[float]:
    return [
        value for value in map(float, _NUMBER.findall(raw or "")) if math.isfinite(value) and abs(value) < 1e6
    ]


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (node for node in root.iter() if _name(node) == name)


def _name(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _beside(path: str, location: str) -> str:
    location = location.replace("\\", "/")
    return (
        location
        if location.startswith("/")
        else posixpath.join(posixpath.dirname(path.replace("\\", "/")), location)
    )
