"""How much of a page is looked at: what lies beyond is left out and said, and nothing takes for ever.

The largest real pages seen have a megabyte, 12,000 tags and 3,000 links.
"""

from __future__ import annotations

import re

from govcrawl.documents.bounds import cut_to_size

MOST_BYTES = 4 * 2**20
"""Of a page, unpacked."""

MOST_DATA = 16 * 2**20
"""Of an answer of data, unpacked: a city's platform gives all its rows in one, 50,000 of 300 bytes."""

_DATA = re.compile(rb"\s*[{\[]")
_NEAR = 2**16  # bytes before the end in which a tag's end is looked for
MOST_TAGS = 100_000
MOST_LINKS = 3_000
"""Elements of a page that may be clicked, those first whose words may lead to reports (foremost.py)."""

MOST_ROWS = 20_000
"""Reports that one page or answer names as data."""

MOST_PAGES = 500
"""Of one listing."""

MAX_PAGES = 200
"""Pages of one listing that are ever asked for: no county has more than 2,000 annual reports in one list."""

MOST_SCRIPT = 1_000_000
"""Characters of a page's own scripts, together."""


def is_data(content: bytes) -> bool:
    """Whether bytes are an answer of data and no markup."""
    return _DATA.match(content) is not None


def within_bytes(content: bytes) -> tuple[bytes, str]:
    """The beginning of a page, ending with a tag where there is one; what is left out, in words."""
    if len(content) <= (most := MOST_DATA if is_data(content) else MOST_BYTES):
        return content, ""
    end = content.rfind(b">", most - _NEAR, most) + 1 or most
    return content[:end], f"has {len(content):,} bytes, of which the first {end:,} were looked at"


def within_tags(text: str) -> tuple[str, str]:
    """Markup up to its ``MOST_TAGS``-th tag; what is left out, in words."""
    text, cut = cut_to_size(text, MOST_TAGS)
    return text, f"has more than {MOST_TAGS:,} tags, of which the others were not looked at" if cut else ""


def too_many(most: int, what: str) -> str:
    """What is said of a page with more than it is looked at for."""
    return f"has more than {most:,} {what}, of which the others were not looked at"
