"""Closing notices: a page that says where its site has gone."""

from __future__ import annotations

import re

from govcrawl.discovery.page import Page
from govcrawl.discovery.urls import absolute

_NOTICE_TEXT = 1_500  # characters; a page with more is a portal that mentions a move
_MOVED = re.compile(
    r"(?:网站|本站|站点|平台|门户|域名).{0,24}(?:迁移|迁至|搬迁|整合|并入|变更|更换|启用新|跳转)(?:至|到|为|入)?"
)
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+(?:gov\.cn|cn|com)(?::\d+)?(?:/[\w./?=&%-]*)?", re.ASCII)


def moved_to(page: Page) -> str | None:
    """Address that a closing notice names as the site's new one, None for a page that is no such notice."""
    text = page.visible_text
    said = _MOVED.search(text)
    if said is None or len(text) > _NOTICE_TEXT:
        return None
    for found in _ADDRESS.finditer(text, said.end()):
        url = found[0] if "://" in found[0] else f"http://{found[0]}"
        return absolute(page.url, url.rstrip(".。"))
    return next((link.url for link in page.links), None)
