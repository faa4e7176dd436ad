"""Rows that stand as data: in a page's scripts, in a data answer, in a script file, in XML.

Whatever the fields are called, a group of values is a row when one of them is the title of a report and
another one is an address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from govcrawl.discovery.bounds import MOST_ROWS, too_many
from govcrawl.discovery.links import PageLink, fragment_links, iso_date
from govcrawl.discovery.page import Page
from govcrawl.discovery.scripts.templates import filled
from govcrawl.discovery.scripts.tokens import unescaped
from govcrawl.discovery.scripts.values import decoded
from govcrawl.discovery.urls import absolute
from govcrawl.reports.titles import report_title
from govcrawl.text import line

_HINT = re.compile(r"报告|年报|\\u62a5\\u544a|\\u5e74\\u62a5", re.IGNORECASE)
_WORDS = re.compile(r"公开|报告|年报|信息|[府务]信")  # one of which every title of a report has
_ADDRESS = re.compile(
    r"(?:https?:/)?/[^\s<>\"']+|[\w./-]+\.(?:s?html?|jsp|aspx?|php|action|do|pdf)(?:\?[^\s<>\"']*)?"
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|ico|css|js)(?:\?|$)", re.IGNORECASE)
_ADDRESS_KEY = re.compile(r"url|link|href|path", re.IGNORECASE)
_GROUP = re.compile(r"[\[{]([^\[\]{}]{10,1500})[\]}]")
_PART = re.compile(
    r"""(?:(?P<key>[\w$]+|"\w+"|'\w+')\s*:\s*)?(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'"""
    r"""|(?<![\w$.-])(?P<number>\d+)(?![\w$.]))"""
)
_HOLDS = re.compile(r"""\sdata-[\w-]+\s*=\s*["']?[\[{]""")
_HELD = "//@*[starts-with(name(), 'data-') and (starts-with(., '[') or starts-with(., '{'))]"
_XML = re.compile(r"\s*(?:<\?xml\b|<(?:root|rss|data|items?|list|rows?)\b)", re.IGNORECASE)
_JOINT = r"[|\t,]"
# A first line of texts with marks between them, and no sign of a script.
_TABLE = re.compile(rf"[^\n<>{{}}()='\"]+{_JOINT}[^\n<>{{}}()='\"]+(?:\n|$)")
_TAG = re.compile(r"</?(?:em|b|i|u|strong|font|span|mark|br)\b[^<>]*>", re.IGNORECASE)  # what a search marks
_MARKUP = re.compile(r"<a\s[^<>]*href", re.IGNORECASE)
_STATED = re.compile(r"""(?<![\w$.])([A-Za-z_$][\w$]*)\s*=\s*("[^"\\<>\n]*"|'[^'\\<>\n]*')\s*[;,]""")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{8,}={0,2}")
_LONG_BASE64 = re.compile(r"""['"]([A-Za-z0-9+/]{60,}={0,2})['"]""")
_DECODES = re.compile(r"\batob\(|base64", re.IGNORECASE)
_START = re.compile(r"[\[{]")
_DEEPEST = 12


def island_links(page: Page) -> list[PageLink]:
    """Links to reports that stand as data on a page or in an answer, in their order, each address once."""
    found: dict[str, PageLink] = {}
    for values in _groups(page):
        link = _link(page, values, len(found))
        if link is not None:
            if len(found) >= MOST_ROWS:
                page.cut = page.cut or too_many(MOST_ROWS, "reports as data")
                break
            found.setdefault(link.url, link)
    return list(found.values())


def holds_all(page: Page, total: int) -> bool:
    """Whether an answer of data names as many rows as it says that there are, reports or not."""
    return any(len(rows) == total for rows in _lists(_parsed(page.text)))


def _lists(value: Any, depth: int = 0) -> Iterator[list[Any]]:
    """The lists of an answer that hold objects."""
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield value
        return
    for part in value.values() if isinstance(value, dict) else value:
        yield from _lists(part, depth + 1)


def _groups(page: Page) -> Iterator[dict[str, str]]:
    """The groups of values on a page: an object's or an array's texts by their names."""
    if _XML.match(page.text):
        yield from _elements(page.text)
        return
    marked_up = page.text.lstrip().startswith("<")
    held = page.root.xpath(_HELD) if marked_up and _HOLDS.search(page.text) else ()
    for text in map(str, (*page.root.xpath("//script/text()"), *held)) if marked_up else [page.text]:
        for said in (text, *_encoded(text)):
            if _HINT.search(said):
                value, end = _first_value(said)
                yield from _objects(value)
                if _HINT.search(said, end):
                    yield from _written(said[end:])


def _encoded(text: str) -> Iterator[str]:
    """What the texts in base64 say that a script decodes."""
    if _DECODES.search(text):
        for found in _LONG_BASE64.finditer(text):
            if said := decoded(found[1]):
                yield unquote(said) if said.startswith("%") else said


def groups_in(text: str) -> Iterator[dict[str, str]]:
    """The groups of values of an answer that is one JSON value."""
    return _objects(_parsed(text))


def _parsed(text: str) -> Any:
    """The value of a script that is one JSON value, alone or put into a variable; None for any other."""
    return _first_value(text)[0]


def _first_value(text: str) -> tuple[Any, int]:
    """(the JSON value with which a script begins, where it ends); None and 0 where there is none."""
    start = _START.search(text)
    if start is None:
        return None, 0
    try:
        return json.JSONDecoder().raw_decode(text, start.start())
    except (ValueError, RecursionError):
        return None, 0


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, str]]:
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return
    items = value.items() if isinstance(value, dict) else enumerate(value)
    texts = {str(key): str(part) for key, part in items if isinstance(part, str | int)}
    if len(texts) > 1:
        yield texts
    for part in value.values() if isinstance(value, dict) else value:
        yield from _objects(part, depth + 1)


def _written(text: str) -> Iterator[dict[str, str]]:
    """Groups of quoted texts in a script that is no JSON; the parts of each line of a plain table."""
    if _TABLE.match(text):
        for row in text.splitlines():
            yield {str(place): part.strip() for place, part in enumerate(re.split(_JOINT, row))}
        return
    if "document.write" in text:
        yield from _assigned(text)
    for group in _GROUP.finditer(text):
        parts = [(found["key"], _value(found)) for found in _PART.finditer(group[1])]
        yield {(key or str(place)).strip("'\""): part for place, (key, part) in enumerate(parts)}


def _assigned(text: str) -> Iterator[dict[str, str]]:
    """Rows that a script writes one after the other, their texts put into the same variables each time."""
    values: dict[str, str] = {}
    for found in _STATED.finditer(text):
        name, said = found[1], found[2][1:-1]
        if name in values:
            yield values
            values = {}
        values[name] = said
    yield values


def _elements(text: str) -> Iterator[dict[str, str]]:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    for node in root.iter() if root is not None else ():
        if len(node):
            parts = {str(child.tag): (child.text or "").strip() for child in node if not len(child)}
            yield parts | {str(name): str(value) for name, value in node.attrib.items()}


def _value(part: re.Match[str]) -> str:
    if part["number"] is not None:
        return part["number"]
    return unescaped(part["double"] if part["double"] is not None else part["single"])


def _link(page: Page, values: dict[str, str], place: int) -> PageLink | None:
    if (drawn := next((text for text in values.values() if _MARKUP.search(text)), None)) is not None:
        return _drawn(page, drawn, values, place)
    worded = (text for text in values.values() if _WORDS.search(text))
    plain = (_TAG.sub("", text) for text in worded)
    title = next((line(text) for text in plain if report_title(text) is not None), None)
    if title is None:
        return None
    address = _address(values) or _put_together(page, values)
    url = absolute(page.base, address) if address else None
    return PageLink(url, title, "", -1, place, title, _date(values)) if url else None


def _drawn(page: Page, markup: str, values: dict[str, str], place: int) -> PageLink | None:
    """The link to a report that one of a row's values holds as markup; None where that is a whole list."""
    links = fragment_links(markup, page.base)
    if len(links) != 1 or report_title(links[0].name) is None:
        return None
    return PageLink(links[0].url, links[0].name, "", -1, place, links[0].name, _date(values))


def _date(values: dict[str, str]) -> str | None:
    return next((day for text in values.values() if len(text) < 40 and (day := iso_date(text))), None)


def _address(values: dict[str, str]) -> str | None:
    """The address among some values, that under the likeliest name; one in base64 where no other stands."""
    plain = [(key, text) for key, text in values.items() if _is_address(text)]
    hidden = (
        (key, said)
        for key, text in values.items()
        if _BASE64.fullmatch(text) and (said := decoded(text)) and _is_address(said)
    )
    found = sorted(plain or hidden, key=lambda pair: _ADDRESS_KEY.search(pair[0]) is None)
    return found[0][1] if found else None


def _is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None and _PICTURE.search(text) is None


def _put_together(page: Page, values: dict[str, str]) -> str | None:
    """The address that the scripts of the list make of a row's values."""
    made = (filled(template, values) for template in page.templates)
    return next((address for address in made if address), None)
