"""Rows that stand as data: in a page's scripts, in a data answer, in a script file, in XML.

Whatever the fields are called, a group of values is a row when one of them is the title of a report and
another one is an address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from govcrawl.discovery.links import PageLink, iso_date
from govcrawl.discovery.page import Page
from govcrawl.discovery.urls import absolute
from govcrawl.reports.titles import report_title
from govcrawl.text import line

_HINT = re.compile(r"报告|年报|\\u62a5\\u544a|\\u5e74\\u62a5", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?:/)?/[^\s<>\"']+|[\w./-]+\.(?:s?html?|jsp|aspx?|php|action|do|pdf)(?:\?[^\s<>\"']*)?"
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|ico|css|js)(?:\?|$)", re.IGNORECASE)
_ADDRESS_KEY = re.compile(r"url|link|href|path", re.IGNORECASE)
_GROUP = re.compile(r"[\[{]([^\[\]{}]{10,1500})[\]}]")
_QUOTED = re.compile(r""""((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'""")
_XML = re.compile(r"\s*(?:<\?xml\b|<(?:root|rss|data|items?|list|rows?)\b)", re.IGNORECASE)
_START = re.compile(r"[\[{]")
_DEEPEST = 12
_MOST = 5_000  # rows of one page


def island_links(page: Page) -> list[PageLink]:
    """Links to reports that stand as data on a page or in an answer, in their order, each address once."""
    found: dict[str, PageLink] = {}
    for values in _groups(page):
        link = _link(page, values, len(found))
        if link is not None and len(found) < _MOST:
            found.setdefault(link.url, link)
    return list(found.values())


def _groups(page: Page) -> Iterator[dict[str, str]]:
    """The groups of values on a page: an object's or an array's texts by their names."""
    if _XML.match(page.text):
        yield from _elements(page.text)
        return
    marked_up = page.text.lstrip().startswith("<")
    for text in map(str, page.root.xpath("//script/text()")) if marked_up else [page.text]:
        if not _HINT.search(text):
            continue
        value = _parsed(text)
        yield from _objects(value) if value is not None else _written(text)


def _parsed(text: str) -> Any:
    """The value of a script that is one JSON value, alone or put into a variable; None for any other."""
    start = _START.search(text)
    if start is None:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, start.start())[0]
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, str]]:
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return
    items = value.items() if isinstance(value, dict) else enumerate(value)
    texts = {str(key): part for key, part in items if isinstance(part, str)}
    if len(texts) > 1:
        yield texts
    for part in value.values() if isinstance(value, dict) else value:
        yield from _objects(part, depth + 1)


def _written(text: str) -> Iterator[dict[str, str]]:
    """Groups of quoted texts in a script that is no JSON."""
    for group in _GROUP.finditer(text):
        quoted = [_plain(double or single) for double, single in _QUOTED.findall(group[1])]
        yield {str(place): part for place, part in enumerate(quoted)}


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


def _plain(quoted: str) -> str:
    try:
        return str(json.loads(f'"{quoted}"'))
    except ValueError:
        return quoted.replace("\\/", "/").replace("\\'", "'")


def _link(page: Page, values: dict[str, str], place: int) -> PageLink | None:
    title = next((line(text) for text in values.values() if report_title(text) is not None), None)
    if title is None:
        return None
    places = [key for key, text in values.items() if _ADDRESS.fullmatch(text) and not _PICTURE.search(text)]
    places.sort(key=lambda key: _ADDRESS_KEY.search(key) is None)
    url = absolute(page.base, values[places[0]]) if places else None
    date = next((day for text in values.values() if len(text) < 40 and (day := iso_date(text))), None)
    return PageLink(url, title, "", -1, place, title, date) if url else None
