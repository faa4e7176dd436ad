"""Unseen figures beside other text of a page: white, transparent or put aside, they are no part of a number.

White text that stands on a colour is a heading; one whose class another file explains may stand on one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import cast

from lxml import etree

from govcrawl.documents.class_styles import class_styles
from govcrawl.documents.layout import BLOCKS, may_hide, places, raw_text

_COLOUR = (
    r"(?:#(?:fff|(?:f[c-f]){3})(?![0-9a-f])|white(?![\w-])|transparent|rgba?\(\s*25[2-5]\s*,\s*25[2-5]\s*,\s*25[2-5]\b"
    r"|rgba\([^()]{1,40},\s*0?(?:\.0+)?\s*\)|hsla?\([^(),]{1,9},[^(),]{1,9},\s*100%)"
)
_SIGN = re.compile(rb"color(?<![-\w]color)\s{0,9}[:=]\s{0,9}[\"']?" + _COLOUR.encode())
_THEN_DIGIT = r"(?:\s|&nbsp;|<[^/<>][^<>]{0,2000}>){0,50}(?:[0-9]|\xef\xbc[\x90-\x99])"
_DIGIT_BEHIND = re.compile(rf"[^<>]{{0,2000}}>{_THEN_DIGIT}".encode("latin-1"))
_LONGEST_TAG = 2_000
_ASIDE = (b"opacity", b"-999", b"clip:", b"clip-path", b"scale(0", b"width:0", b"height:0")
_FLAT = r"(?<![\w-])(?:max-)?(?:width|height)\s*:\s*0(?:p[xt]|r?em)?\s*(?=[;\"'{}]|$)"
_UNSEEN = (
    r"opacity\s*:\s*0(?:\.0+)?(?![.\d])|(?:left|top|indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01](?!\d)"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0)|scale\(\s*0(?:\.0+)?\s*[,)]"
    rf"|{_FLAT}(?=[^{{}}\"'<>]{{0,200}}overflow\s*:\s*hidden)"
    rf"|overflow\s*:\s*hidden\s*;(?:[^{{}}\"'<>]{{0,200}};)?\s*{_FLAT}"
)
_PUT_ASIDE = re.compile(_UNSEEN)
_PUT_ASIDE_TAG = re.compile(_UNSEEN.encode())
_HIDDEN = re.compile(
    rf"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d])|{_UNSEEN}"
)
_UNSHOWN = "hidden"
_WHITE = re.compile(_COLOUR)
_TEXT_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;]+)")
_GROUND = re.compile(r"(?<![\w-])background(?:-color|-image)?\s*:\s*([^;]+)")
_NO_GROUND = re.compile(rf"(?:none|transparent|inherit|initial|unset|auto)(?![\w-])|{_COLOUR}")
_FIGURES = re.compile(r"[\d,.\s+%-]*\d[\d,.\s+%-]*")
_COLOURED = etree.XPath("//*[@style or @color or @class]")

_Piece = tuple[etree._Element, str]


def may_be_unseen(lower: bytes) -> bool:
    """Whether tags of a page's source, lower-case and in UTF-8, leave digits unseen."""
    return any(_before_digits(lower, found.start()) for found in _SIGN.finditer(lower)) or any(
        _PUT_ASIDE_TAG.search(_before_digits(lower, place))
        for word in _ASIDE
        for place in places(word, lower)
    )


def _before_digits(lower: bytes, place: int) -> bytes:
    """The tag that a place of the source is within, where a digit stands behind it, else nothing."""
    tag = lower.rfind(b"<", max(0, place - _LONGEST_TAG), place)
    inside = tag >= 0 and b">" not in lower[tag:place]
    return lower[tag : lower.find(b">", place)] if inside and _DIGIT_BEHIND.match(lower, place) else b""


def is_unseen_tag(lower: bytes) -> bool:
    """Whether any of some tags says that its text is white, or put aside."""
    return _SIGN.search(lower) is not None or (
        _may_put_aside(lower) and _PUT_ASIDE_TAG.search(lower) is not None
    )


def _may_put_aside(lower: bytes) -> bool:
    """Whether source has a word of those that put text aside: quicker than asking each for all of it."""
    return any(word in lower for word in _ASIDE)


def may_be_unseen_by_class(lower: bytes, around: bytes | None = None) -> bool:
    """Whether digits are of a class that the page's own style sheets make white, or hide.

    ``around`` is what is left of the source where parts that hold no style sheet were taken out of it.
    """
    rules = class_styles(sheet.decode("utf-8", "replace") for sheet in _sheets(around or lower))
    unseen = [name for name, style in rules.items() if _is_white(_colour_of(style))]
    if not unseen:
        return False
    names = "|".join(map(re.escape, unseen))
    used = rf"class\s?=\s?[\"']?(?:[\w-]+ )?(?:{names})(?![\w-])[^<>]{{0,2000}}>{_THEN_DIGIT}"
    return re.search(used.encode("latin-1", "ignore"), lower) is not None


def _sheets(lower: bytes) -> Iterator[bytes]:
    """Style sheets in a page's source that may hide anything."""
    start = lower.find(b"<style")
    while start >= 0 and (end := lower.find(b"</style", start)) >= 0:
        sheet = lower[lower.find(b">", start) + 1 : end]
        if _SIGN.search(sheet) or b"size:0" in sheet or may_hide(sheet) or _may_put_aside(sheet):
            yield sheet
        start = lower.find(b"<style", end)


def take_out_unseen(root: etree._Element) -> None:
    """Empty white figures that stand in a line with other text, but where anything around them is filled."""
    rules = class_styles(raw_text(style) for style in root.iter("style"))
    coloured = {
        node: said for node in cast("list[etree._Element]", _COLOURED(root)) if (said := _colour(node, rules))
    }
    by_block: dict[etree._Element, list[_Piece]] = {}
    for node, colour in coloured.items():
        if not _is_white(colour):
            continue
        for holder, name in _pieces(node, coloured):
            block = next((above for above in (holder, *holder.iterancestors()) if above.tag in BLOCKS), root)
            if colour == _UNSHOWN or not _may_have_ground(holder, block, rules):
                by_block.setdefault(block, []).append((holder, name))
    for block, pieces in by_block.items():
        texts = [cast("str", getattr(node, name)) for node, name in pieces]
        if Counter("".join("".join(texts).split())) == Counter("".join(raw_text(block).split())):
            continue
        for (node, name), text in zip(pieces, texts, strict=True):
            if _FIGURES.fullmatch(text):
                setattr(node, name, "")


def _pieces(node: etree._Element, coloured: Mapping[etree._Element, str]) -> Iterator[_Piece]:
    """Texts that have the colour of an element, as (element, which of its texts)."""
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, part in walk:
        other = part is not node and part in coloured
        if event == "start" and other:
            walk.skip_subtree()
        elif event == "start" and part.text and isinstance(part.tag, str):
            yield part, "text"
        if event == "end" and part is not node and part.tail:
            yield part, "tail"


def _colour(node: etree._Element, rules: Mapping[str, str]) -> str:
    """The colour that an element gives its text, empty where it gives none."""
    style = (node.get("style") or "").lower()
    if _PUT_ASIDE.search(style):
        return _UNSHOWN
    own = _said(_TEXT_COLOUR, style) or (node.get("color") or "").lower()
    if not own:
        own = next(filter(None, (_colour_of(rules.get(name, "")) for name in _classes(node))), "")
    return "" if own.strip().startswith("inherit") else own.strip()


def _colour_of(style: str) -> str:
    """The colour that a rule gives to text, empty where it gives none."""
    return _UNSHOWN if _HIDDEN.search(style) else _said(_TEXT_COLOUR, style)


def _may_have_ground(node: etree._Element, block: etree._Element, rules: Mapping[str, str]) -> bool:
    """Whether anything around a text is filled, or may be by a class of its line that is not explained."""
    inline = True
    for above in (node, *node.iterancestors()):
        inline = inline and above is not block
        classes = _classes(above)
        styles = [(above.get("style") or "").lower(), *(rules.get(name, "") for name in classes)]
        grounds = [said for style in styles for said in _GROUND.findall(style)]
        grounds += [above.get("bgcolor") or "", above.get("background") or ""]
        if any(said.strip() and not _NO_GROUND.match(said.strip().lower()) for said in grounds):
            return True
        if inline and any(name not in rules for name in classes):
            return True
    return False


def _classes(node: etree._Element) -> list[str]:
    return (node.get("class") or "").lower().split()


def _said(what: re.Pattern[str], style: str) -> str:
    found = what.findall(style)
    return found[-1].strip() if found else ""


def _is_white(colour: str) -> bool:
    return colour == _UNSHOWN or _WHITE.match(colour) is not None
