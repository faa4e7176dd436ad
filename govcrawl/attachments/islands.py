"""Files named in a page's scripts and JSON: each address with the name in the same group of values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govcrawl.attachments.addresses import ENDINGS

_ADDRESS = re.compile(
    r"""(?P<quote>["'])(?P<address>[^"'<>\s\\]{1,400}?"""
    + ENDINGS
    + r"""(?:\?[^"'<>\s]{0,300})?)(?P=quote)""",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"""["']?(?:\w*file_?name|\w*(?:title|name)|filetitle|oldname|originalname|text|label)["']?\s*[:=]\s*["']([^"'<>{}]{2,200})["']""",
    re.IGNORECASE,
)
_NAMES_ONLY = re.compile(r"""(?:name|title|text|label|alt|suffix|ext|type)["']?\s*[:=]\s*$""", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_REACH = 400  # characters around an address within which its group of values is looked for
_LARGEST = 2 * 2**20  # characters of a page that are searched


def named_files(text: str) -> Iterator[tuple[str, str]]:
    """(address, name) of each file in scripts, JSON and markup kept as text; the name may be empty."""
    text = text[:_LARGEST].replace("\\/", "/").replace('\\"', '"')
    for found in _ADDRESS.finditer(text):
        address, before = found["address"], text[max(0, found.start() - 40) : found.start()]
        if "/" not in address and _NAMES_ONLY.search(before):
            continue  # a file's name beside its number, not its address
        yield address, _name_beside(text, found.start(), found.end())


def _name_beside(text: str, start: int, end: int) -> str:
    """The name in the group of values, between braces, that holds an address."""
    head, tail = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    head, tail = head[head.rfind("{") + 1 :], tail.partition("}")[0]
    found = _NAME.search(tail) or next(reversed(list(_NAME.finditer(head))), None)
    name = found[1] if found else ""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), name)
