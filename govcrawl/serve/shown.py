"""How values are shown: filters of the templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from govcrawl.crawl.hours import BEIJING


def moment(text: str | None) -> str:
    """A stored moment (UTC) as Beijing's clock showed it, to the minute; empty for none."""
    if not text:
        return ""
    return datetime.fromisoformat(text).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def outward(url: str | None) -> str:
    """An address that a link may lead to: one of the web's; empty for every other scheme."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return (url or "") if parts.scheme.lower() in ("http", "https") and parts.hostname else ""


def segment(text: object) -> str:
    """A text as one segment of an address."""
    return (
        quote(str(text), safe="").replace(".", "%2E")
        if str(text) in (".", "..")
        else quote(str(text), safe="")
    )


def number(value: object) -> str:
    """A number with thousands apart; anything else as it is."""
    return f"{value:,}" if isinstance(value, int) else str(value)


def titled(report: Mapping[str, Any]) -> str:
    """A report's title; for one without any its file's name: no link is without words."""
    title, url = str(report["title"] or "").strip(), str(report["url"])
    return title or unquote(url.rstrip("/").rpartition("/")[2]) or url


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "moment": moment,
    "outward": outward,
    "segment": segment,
    "number": number,
    "titled": titled,
}
