"""The article that Guangdong's gkmlpt platform carries in a script: ``window._CONFIG`` with its DETAIL."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_DETAIL = re.compile(r"""["']?DETAIL["']?\s*[:=]\s*(?=\{)""")
_FIELDS = {
    "title": "detail_title",
    "publisher": "publisher",
    "document_number": "doc_number",
    "identifier": "index_number",
    "first_publish_time": "published",
    "display_publish_time": "published",
    "date": "published",
}


@dataclass(frozen=True, slots=True)
class EmbeddedArticle:
    """The article's own HTML and what the script says about it, under the keys of Document.meta."""

    html: str
    meta: dict[str, str]


def embedded_article(text: str) -> EmbeddedArticle | None:
    """The article in a page's ``_CONFIG``, None where the page has none or it cannot be decoded."""
    if "_CONFIG" not in text:
        return None
    decoder = json.JSONDecoder()
    for found in _DETAIL.finditer(text):
        try:
            detail, _ = decoder.raw_decode(text, found.end())
        except (json.JSONDecodeError, RecursionError):
            continue
        content = detail.get("content") if isinstance(detail, dict) else None
        if isinstance(content, str) and content.strip():
            return EmbeddedArticle(content, _stated(detail))
    return None


def _stated(detail: dict[str, object]) -> dict[str, str]:
    stated: dict[str, str] = {}
    for field, key in _FIELDS.items():
        value = detail.get(field)
        if isinstance(value, str) and value.strip():
            stated.setdefault(key, value.strip())
    return stated
