"""What the page of an article asks for when it holds only the frame that a script puts the article into.

``detail.html?id=77`` fetches ``/api/article/detail?id=77`` and shows what the answer holds.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from govcrawl.attachments.candidates import Candidate, How
from govcrawl.discovery.scripts.requests import requests_in
from govcrawl.discovery.urls import absolute, same_host

if TYPE_CHECKING:
    from govcrawl.discovery.page import Page

_KEY = re.compile(r"[\w-]*\d[\w-]*|[0-9a-fA-F-]{16,}")
_COUNTS = re.compile(r"count|hits|click|visit|stat|like|comment|log(?:in)?\b", re.IGNORECASE)
_MOST = 2


def details(page: Page) -> list[Candidate]:
    """The requests of a page's own scripts that name the article by the key in the page's address."""
    keys = {value for _, value in parse_qsl(urlsplit(page.url).query) if _KEY.fullmatch(value)}
    if not keys:
        return []
    asked = (
        one.address for one in requests_in(page.reading) if one.form is None and _names(one.address, keys)
    )
    urls = (absolute(page.base, address) for address in asked if not _COUNTS.search(address))
    own = dict.fromkeys(url for url in urls if url and url != page.url and same_host(url, page.url))
    return [Candidate(url, "", How.ANSWER, page.url) for url in islice(own, _MOST)]


def _names(address: str, keys: set[str]) -> bool:
    return not keys.isdisjoint(re.split(r"[/?&=.#]", address))
