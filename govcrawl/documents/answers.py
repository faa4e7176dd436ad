"""The article that an answer of data carries: ``{"data": {"title": "...", "content": "<p>..."}}``."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

_BEGINS = re.compile(r"\s*\{")
_MARKUP = re.compile(r"<(?:p|div|table|span|section|h[1-6])\b", re.IGNORECASE)
_TITLE = re.compile(r"(?:\w*_)?\w*title|biaoti|subject", re.IGNORECASE)
_DEEPEST = 8


def article_in_answer(text: str) -> str | None:
    """A page of the longest markup that a JSON object holds, under the title beside it; else None."""
    if not _BEGINS.match(text):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    found = [(fields, said) for fields in _objects(value) for said in fields.values() if _is_markup(said)]
    if not found:
        return None
    fields, markup = max(found, key=lambda pair: len(str(pair[1])))
    titles = (said for name, said in fields.items() if isinstance(said, str) and _TITLE.fullmatch(name))
    title = html.escape(next((said.strip() for said in titles if said != markup), ""))
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{markup}</div></body></html>"


def _is_markup(said: object) -> bool:
    return isinstance(said, str) and _MARKUP.search(said) is not None


def _objects(value: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(part, depth + 1)
