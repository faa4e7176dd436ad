"""gkmlpt, Guangdong's disclosure platform: a column tree in a script, rows from an API in JSON.

``window._CONFIG`` of every page holds ``SID`` and ``TREE``. The rows of a category are at
``/gkmlpt/api/all/<category>?page=N&sid=<SID>``, 100 a page, 0 and 1 being the same page. The count it names
includes articles that it does not list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect, count_of, data_link, json_value
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_SID = re.compile(r"""["']?\bSID["']?\s*:\s*["']?(\d+)""")
_TREE = re.compile(r"""["']?\bTREE["']?\s*:\s*(?=\[)""")
_CHINA = timedelta(hours=8)
_SHOWN = 20


class Gkmlpt(Dialect):
    """Guangdong's platform; every body may have one of its own below /<body>/gkmlpt/."""

    name = "gkmlpt"
    rank = 15
    blind = True
    marks = re.compile(r"""window\._CONFIG\s*=|"articles"\s*:\s*\[|"post_url"\s*:""")
    article = re.compile(r"/gkmlpt/content/\d+/\d+/m?post_(?P<id>\d+)\.html$")
    listing = re.compile(r"/gkmlpt/(?:index|policy|guide|annualReport|search)\b|/gkmlpt/api/all/\d+\?")

    def recognises(self, page: Page) -> bool:
        return "/gkmlpt/" in page.url and bool(self.marks.search(page.text))

    def rows(self, page: Page, base: str) -> list[PageLink]:
        links: Iterator[PageLink | None] = _columns(page)
        if articles := _articles(page):
            links = (
                data_link(base, _address(row), str(row.get("title") or ""), place, date=_day(row))
                for place, row in enumerate(articles)
            )
        return [link for link in links if link]

    def following(self, page: Page, base: str) -> list[Target]:
        if page.text.lstrip().startswith("{"):
            return _later(page)
        return [
            Target(link.url, referer=page.url)
            for link in _columns(page)
            if link and classify(link.label) is Label.ANNUAL
        ]


def _later(page: Page) -> list[Target]:
    """The next page of an answer that is full: the platform shows rows by twenties and answers a hundred.

    A page that fails is stepped over, since the count is no proof of the end.
    """
    address, _, query = page.url.partition("?")
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    shown, current = len(_articles(page)), max(int(asked.get("page") or 1), 1)
    if not shown or shown % _SHOWN or current * shown >= _total(page) or current > MAX_PAGES:
        return []
    sid = f"&sid={asked['sid']}" if "sid" in asked else ""
    one, two = (Target(f"{address}?page={current + step}{sid}", referer=page.url) for step in (1, 2))
    return [replace(one, fallback=two)]


def _columns(page: Page) -> Iterator[PageLink | None]:
    """The tree's 年报 categories and what lies below them, as links to their rows."""
    sid, tree = _SID.search(page.text), _TREE.search(page.text)
    nodes = json_value(page.text, tree.end()) if tree else None
    if sid is None or not isinstance(nodes, list):
        return
    root = page.url.partition("/gkmlpt/")[0]
    for place, (node, above) in enumerate(_walk(nodes, "")):
        name = str(node.get("name") or "")
        if above or classify(name) is Label.ANNUAL:
            own = f"{root}/gkmlpt/api/all/{node.get('id')}?page=1&sid={sid[1]}"
            elsewhere = absolute(page.url, str(node.get("jump_url") or ""))
            yield data_link(page.url, elsewhere or own, name, place, under=above)


def _walk(nodes: list[Any], above: str) -> Iterator[tuple[dict[str, Any], str]]:
    """(category, name of the 年报 category above it) in the tree's order."""
    for node in nodes:
        if isinstance(node, dict):
            yield node, above
            name = str(node.get("name") or "")
            below = node.get("children")
            if isinstance(below, list):
                yield from _walk(below, above or (name if classify(name) is Label.ANNUAL else ""))


def _articles(page: Page) -> list[dict[str, Any]]:
    answer = json_value(page.text) if page.text.lstrip().startswith("{") else None
    articles = answer.get("articles") if isinstance(answer, dict) else None
    return [row for row in articles if isinstance(row, dict)] if isinstance(articles, list) else []


def _total(page: Page) -> int:
    answer = json_value(page.text)
    category = answer.get("classify")
    below = category.get("post_count") if isinstance(category, dict) else None
    return max(count_of(answer.get("total")), count_of(below))


def _address(row: dict[str, Any]) -> str:
    return str(row.get("url") or row.get("post_url") or "")


def _day(row: dict[str, Any]) -> str:
    """The day a row was published: the API gives seconds, some sites a date."""
    value = next(
        (row[key] for key in ("display_publish_time", "first_publish_time", "date") if row.get(key)), ""
    )
    if str(value).isdigit() and len(str(value)) <= 10:
        return (datetime.fromtimestamp(int(value), UTC) + _CHINA).date().isoformat()
    return str(value)


DIALECT = Gkmlpt()
