"""Second addresses of one report: listed again on the same host with the same title and date.

An old column beside a new one, or a department's list beside the county's, show the same report under
addresses of their own. One of them is fetched; the others follow only when that one could not be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from govcrawl.hosts import bare_host, host_of
from govcrawl.model import Entry
from govcrawl.reports.titles import report_title
from govcrawl.text import folded

_NUMBER = re.compile(r"\d{3,}|[0-9a-f]{10,}")
_DAY = re.compile(
    r"/(?P<year>20\d\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})/"
    r"|(?<!\d)(?P<years>20\d\d)(?P<months>[01]\d)(?P<days>[0-3]\d)(?!\d)"
)


_ALIKE = 50  # rows of one list with one title that are kept in mind; a real list has two


@dataclass(slots=True)
class Seconds:
    """``of`` names for each second address the one that was listed first; ``entries`` are its links.

    Two rows of one list with one title are meant as two.
    """

    of: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    _first: dict[tuple[str, str], dict[str, list[Entry]]] = field(default_factory=dict)

    def note(self, entry: Entry) -> None:
        """Take note of a report link; it is a second address when its report was listed before."""
        told = report_title(entry.title)
        if told is None or told.cut or told.agency is None or told.year is None:
            return  # 2021年政府信息公开工作年度报告 may be any body's
        alike = self._first.setdefault((bare_host(host_of(entry.url)), folded(entry.title)), {})
        others = (one for listing, ones in alike.items() if listing != entry.listing for one in ones)
        first = next((known for known in others if _is_same(known, entry)), None)
        if first is None:
            own = alike.setdefault(entry.listing or "", [])
            own += [entry] if len(own) < _ALIKE else []
        else:
            self.of[entry.url] = first.url
            self.entries.append(entry)


def _is_same(first: Entry, second: Entry) -> bool:
    """Whether two links with one title, from two lists, lead to one report."""
    one, other = _day(first), _day(second)
    if one and other:
        return one == other
    name = _file(first.url)
    return name == _file(second.url) and _NUMBER.search(name) is not None


def _day(entry: Entry) -> str | None:
    """Day of publication, ISO, as the list or the address states it."""
    found = _DAY.search(urlsplit(entry.url).path)
    if entry.published or found is None:
        return entry.published
    year, month, day = (part for part in found.groups() if part is not None)
    return f"{year}-{month:0>2}-{day:0>2}"


def _file(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path.rpartition('/')[2]}?{parts.query}"
