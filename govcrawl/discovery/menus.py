"""Menus that stand in scripts: trees of columns as data, and the addresses behind a select's values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.urls import absolute
from govcrawl.text import line

_TREE = re.compile(r"\bpId\b|\bparentId\b|\bzNodes\b|['\"]children['\"]")
_FIELDS = re.compile(r"\{([^{}]{5,1000})")
_NAME = re.compile(r"""(?<![\w$])['"]?(?:name|text|title|label)['"]?\s*:\s*("(?:[^"\\]|\\.)*"|'[^']*')""")
_URL = re.compile(r"""(?<![\w$])['"]?(?:url|href|link)['"]?\s*:\s*("(?:[^"\\]|\\.)*"|'[^']*')""")
_BY_KEY = re.compile(r"""['"]?([\w-]{1,40})['"]?\s*:\s*['"]((?:https?://|\.{0,2}/)[^'"\s]*)['"]""")
_DATA_FILE = re.compile(
    r"""(?:\.(?:getJSON|get|ajax|post|load)\(|\bfetch\(|\burl\s*:)\s*['"]([^'"\s]+\.json(?:\?[^'"\s]*)?)['"]"""
)
_CLICKED_TREE = re.compile(r"zTree\b[\s\S]{0,20000}\bonClick\b|\bonClick\b[\s\S]{0,20000}zTree\b")
_PAIRED = re.compile(
    r"""\[\s*(['"])([^'"<>\n]{2,24})\1\s*,\s*(['"])(?=[\d.,/-]*[A-Za-z])([\w./?=&:%-]*[./][\w./?=&:%-]*)\3\s*[\],]"""
)
_PARENT = re.compile(r"\b(?:pId|parentId)\b")
_FIELD = re.compile(r"""(?<![\w$])['"]?(\w+)['"]?\s*:\s*("(?:[^"\\]|\\.)*"|'[^']*'|\d+)""")
_MOST = 600  # entries of one tree; no county has more bodies


def tree_entries(text: str, base: str) -> Iterator[tuple[str, str]]:
    """(label, address) of each entry of a tree that a script or a data file holds."""
    if not _TREE.search(text):
        return
    given = 0
    for fields in _FIELDS.finditer(text):
        name, url = _NAME.search(fields[1]), _URL.search(fields[1])
        target = absolute(base, _plain(url[1])) if url else None
        if name and target:
            given += 1
            yield line(_plain(name[1])), target
        if given == _MOST:
            return


def array_entries(functions: str, base: str) -> Iterator[tuple[str, str]]:
    """(label, address) of each entry of a menu kept as arrays: ``[['公开年报', 'nb.htm'], ...]``."""
    for found in islice(_PAIRED.finditer(functions), _MOST):
        label, target = line(found[2]), absolute(base, found[4])
        if target is not None and classify(label) not in {Label.OTHER, Label.DECOY}:
            yield label, target


def tree_nodes(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(label, fields) of each entry of a tree that has a key and no address."""
    if not _CLICKED_TREE.search(text):
        return
    for place, fields in enumerate(_FIELDS.finditer(text)):
        name = None if place >= _MOST or _URL.search(fields[1]) else _NAME.search(fields[1])
        if name and _PARENT.search(fields[1]):
            yield line(_plain(name[1])), {key: _plain(value) for key, value in _FIELD.findall(fields[1])}


def addresses_by_key(functions: str) -> dict[str, str]:
    """Addresses that scripts keep under a key: what a select's values stand for."""
    return dict(_BY_KEY.findall(functions))


def data_files(text: str) -> list[str]:
    """Data files, as written, that the scripts of a page load."""
    return list(dict.fromkeys(_DATA_FILE.findall(text)))


def _plain(quoted: str) -> str:
    """A quoted text of a script without its quotes and escapes; a number as it stands."""
    if quoted.isdigit():
        return quoted
    if quoted.startswith('"'):
        try:
            return str(json.loads(quoted))
        except ValueError:
            return quoted[1:-1]
    return quoted[1:-1].replace("\\/", "/")
