"""Unseen figures beside other text of a page: white, transparent or put aside, they are no part of a number.

White text that stands on a colour is a heading; one whose class another file explains may stand on one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from lxml import etree

from govcrawl.documents.layout import BLOCKS, may_hide, places, raw_text

_COLOUR = r"(?:#fff(?:fff)?(?![0-9a-f])|white(?![\w-])|transparent|rgba?\(\s*255\s*,\s*255\s*,\s*255\b)"
_SIGN = re.compile(rb"color(?<![-\w]color)\s{0,9}[:=]\s{0,9}[\"']?" + _COLOUR.encode())
_WORDS = (b"#fff", b"white", b"transparent", b"255")
_THEN_DIGIT = r"(?:\s|&nbsp;|<[^/<>][^<>]{0,2000}>){0,50}(?:[0-9]|\xef\xbc[\x90-\x99])"
_DIGIT_BEHIND = re.compile(rf"[^<>]{{0,2000}}>{_THEN_DIGIT}".encode("latin-1"))
_LONGEST_TAG = 2_000
_ASIDE = (b"opacity", b"-999", b"clip:")
_UNSEEN = (
    r"opacity\s*:\s*0(?:\.0+)?(?![.\d])|(?:left|top|indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01](?!\d)"
)
_PUT_ASIDE = re.compile(_UNSEEN)
_PUT_ASIDE_TAG = re.compile(_UNSEEN.encode())
_HIDDEN = re.compile(rf"display\s*:\s*none|visibility\s*:\s*hidden|{_UNSEEN}")
_MEDIA = re.compile(r"@[a-z-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SELECTOR = re.compile(r"(?:[a-z]+\d?)?\.([\w-]+)")
_NAMED = re.compile(r"\.([a-z_-][\w-]*)")
_UNSHOWN = "hidden"
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_MOST_RULES = 500
_LONGEST_RULE = 2_000
_WHITE = re.compile(_COLOUR)
_TEXT_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;]+)")
_GROUND = re.compile(r"(?<![\w-])background(?:-color|-image)?\s*:\s*([^;]+)")
_NO_GROUND = re.compile(rf"(?:none|transparent|inherit|initial|unset|auto)(?![\w-])|{_COLOUR}")
_FIGURES = re.compile(r"[\d,.\s+%-]*\d[\d,.\s+%-]*")
_COLOURED = etree.XPath("//*[@style or @color or @class]")

_Piece = tuple[etree._Element, str]


def may_be_unseen(lower: bytes) -> bool:
    """Whether tags of a page's source, lower-case and in UTF-8, leave digits unseen."""
    return any(_holds_digits(lower, found.start()) for found in _SIGN.finditer(lower)) or any(
        _holds_digits(lower, place) for word in _ASIDE for place in places(word, lower)
    )


def _holds_digits(lower: bytes, place: int) -> bool:
    """Whether a place of the source is within a tag behind which a digit stands."""
    tag = lower.rfind(b"<", max(0, place - _LONGEST_TAG), place)
    return tag >= 0 and b">" not in lower[tag:place] and _DIGIT_BEHIND.match(lower, place) is not None


def is_unseen_tag(lower: bytes) -> bool:
    """Whether any of some tags says that its text is white, or put aside."""
    white = any(word in lower for word in _WORDS) and _SIGN.search(lower) is not None
    return white or _PUT_ASIDE_TAG.search(lower) is not None


def may_be_unseen_by_class(lower: bytes) -> bool:
    """Whether digits are of a class that the page's own style sheets make white, or hide."""
    rules = _rules_in(sheet.decode("utf-8", "replace") for sheet in _sheets(lower))
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
        if _SIGN.search(sheet) or may_hide(sheet) or _PUT_ASIDE_TAG.search(sheet):
            yield sheet
        start = lower.find(b"<style", end)


def take_out_unseen(root: etree._Element) -> None:
    """Empty white figures that stand in a line with other text, but where anything around them is filled."""
    rules = _rules_in(raw_text(style) for style in root.iter("style"))
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


def _rules_in(sheets: Iterable[str]) -> dict[str, str]:
    """What style sheets within a page say of classes, each by its name alone."""
    rules: dict[str, str] = {}
    named: Counter[str] = Counter()
    for sheet in sheets:
        for rule in _MEDIA.sub(" ", _COMMENT.sub(" ", sheet.lower())).split("}")[:_MOST_RULES]:
            selectors, _, style = rule[-_LONGEST_RULE:].partition("{")
            named.update(_NAMED.findall(selectors))
            for selector in selectors.split(","):
                if found := _SELECTOR.fullmatch(selector.strip()):
                    rules[found[1]] = f"{rules.get(found[1], '')};{style}"
    # What several rules say of a class depends on where it stands.
    return {name: style if named[name] == 1 else "" for name, style in rules.items()}


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
