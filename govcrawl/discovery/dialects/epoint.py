"""Epoint's EWB-FRONT: a page per category whose rows a script posts for.

``getgovinfolist`` takes JSON (siteGuid, categorynum, deptcode, pageIndex from 0, pageSize) and answers
``custom.total`` and ``custom.data``. The siteGuid stands in the page or in webBuilderCommon.js; sites that
never changed it, as 徐州's and 营口's, share the one that the product is delivered with.
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, urlsplit

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect, data_link, json_value
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.scripts.requests import requests_in
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_DELIVERED_GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
_GUID = re.compile(r"""siteGuid["']?\s*[:=]\s*["']([0-9a-f-]{36})["']""", re.IGNORECASE)
_PROJECT = re.compile(r"""projectName["']?\s*[:=]\s*["'](/[\w-]+)["']|["'(=](/EWB[\w-]*|/Epoint-\w+)/""")
_SIZE = re.compile(r"""pageSize["']?\s*[:=]\s*["']?(\d{1,3})\b""")
_CATEGORY = re.compile(r"""categorynum["']?\s*[:=]\s*["']?(0\d{5,})""", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,6}")
_ACTION = "/rest/lightfrontaction/getgovinfolist"
_ASKED = "/lightfrontaction/"
_DEFAULT_SIZE = 20
_BLIND_PAGES = 20


class Epoint(Dialect):
    """新点 Web Builder: categories numbered in steps of three digits."""

    name = "epoint"
    rank = 32
    blind = True
    marks = re.compile(
        r"EWB-FRONT|EpointWebBuilder|webBuilderCommon\.js|govInfoPub\w*\.html\?|[\"' ]ewb-[a-z]"
    )
    article = re.compile(r"/0\d{5,}/(?P<ymd>\d{8})/[0-9a-f-]{36}\.html$")
    listing = re.compile(
        r"/(?:govInfoPub|openlist)\w*\.html\?(?:.*&)?categorynum=\d+"
        r"|/0\d{5,}(?:/0\d{5,})*/(?:(?:\w{0,12}list\w*|moreinfo|index|subpage|about|\d{1,3})\.html)?$"
    )

    def rows(self, page: Page, base: str) -> list[PageLink]:
        found = []
        for position, row in enumerate(_answer(page)[1]):
            href = next((row[key] for key in ("infourl", "visiturl", "linkurl") if row.get(key)), None)
            title = row.get("realtitle") or row.get("title")
            if isinstance(href, str) and isinstance(title, str):
                day = str(row.get("infodate") or row.get("handsdate") or "")
                found.append(data_link(page.url, href, title, position, date=day))
        return [link for link in found if link is not None]

    def promised(self, page: Page) -> int | None:
        return _answer(page)[0] or None

    def following(self, page: Page, base: str) -> list[Target]:
        asked = {key.lower(): value for key, value in parse_qsl(urlsplit(base).query)}
        category = asked.get("categorynum")
        if page.url.endswith(_ACTION):
            total, rows = _answer(page)
            size = _DEFAULT_SIZE if total > len(rows) else max(total, 1)
            last = min(-(-total // size), MAX_PAGES)
            return _targets(page.url, category, asked, _DELIVERED_GUID, range(1, last), size, base)
        if category is None:
            stated = _CATEGORY.search(page.text) if "getgovinfolist" in page.text else None
            if stated is None:
                return []
            category = stated[1]
        if any(_ASKED in one.address and category in (one.form or "") for one in requests_in(page.reading)):
            return []  # the page itself says how it asks
        project = _PROJECT.search(page.text)
        address = absolute(page.url, f"{(project[1] or project[2]) if project else '/EWB-FRONT'}{_ACTION}")
        own, stated_size = _GUID.search(page.text), _SIZE.search(page.text)
        pages = range(_BLIND_PAGES) if own else range(1)  # the answer does not tell which guid was asked with
        guid = own[1] if own else _DELIVERED_GUID
        each = int(stated_size[1]) if stated_size and own else _DEFAULT_SIZE
        return _targets(address, category, asked, guid, pages, each, page.url) if address else []


def _targets(
    address: str,
    category: str | None,
    asked: dict[str, str],
    guid: str,
    pages: range,
    size: int,
    referer: str,
) -> list[Target]:
    if category is None:
        return []
    fields = {"deptcode": asked.get("deptcode", ""), "categorynum": category, "siteGuid": guid}
    found = []
    for number in pages:
        body = {**fields, "pageIndex": number, "pageSize": size}
        packed = Target(
            address, "POST", json.dumps({"params": body}), referer
        )  # as 营口's middle tier takes it
        found.append(Target(address, "POST", json.dumps(body), referer, packed))
    return found


def _answer(page: Page) -> tuple[int, list[dict[str, object]]]:
    """(records in all, rows) of an answer; no rows for a page that is none."""
    if not page.text.lstrip().startswith("{"):
        return 0, []
    value = json_value(page.text)
    custom = value.get("custom") if isinstance(value, dict) else None
    if isinstance(custom, str):
        custom = json_value(custom)
    data = custom.get("data") if isinstance(custom, dict) else None
    rows = [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []
    total = str(custom.get("total", "")) if isinstance(custom, dict) else ""
    return int(total) if _NUMBER.fullmatch(total) else len(rows), rows


DIALECT = Epoint()
