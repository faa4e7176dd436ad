"""Bodies that an answer of data names with their keys: a list asked for with one key has sisters.

A page drawn by scripts asks for its tree of bodies first and then for the list of one of them:
``/api/org/tree`` and ``/api/list?orgId=5000``. A click on another body asks for that list with its key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.islands import groups_in
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Chain, Target

_KEY = re.compile(r"[\w-]{2,40}")
_KEY_NAME = re.compile(r"id|code|key|value|no", re.IGNORECASE)
_TOKEN = re.compile(r"[\w-]+")
_WITHOUT = 8  # lists of bodies in a row that may bring nothing before the others are given up
_FEWEST = 3  # bodies that make a list of them
_MOST = 200


def keyed_bodies(page: Page) -> dict[str, str]:
    """The names of bodies by their keys, as an answer of data gives them; empty for any other page."""
    if not page.text.lstrip().startswith(("{", "[")):
        return {}
    found: dict[str, str] = {}
    for values in groups_in(page.text):
        name = next((text for text in values.values() if classify(text) is Label.BODY), None)
        keys = (text for key, text in values.items() if _KEY_NAME.search(key) and _KEY.fullmatch(text))
        key = next((one for one in keys if one != name), None)
        if name is not None and key is not None and len(found) < _MOST:
            found.setdefault(key, name)
    return found if len(found) >= _FEWEST else {}


def sisters(target: Target, names: Mapping[str, str]) -> list[Target]:
    """The requests for the other bodies' lists, where one asks for the list of a body by its key."""
    asked = f"{target.url.partition('?')[2]} {target.body}"
    own = next((token for token in _TOKEN.findall(asked) if token in names), None)
    if own is None:
        return []
    swap = re.compile(rf"(?<![\w-]){re.escape(own)}(?![\w-])")
    path, mark, query = target.url.partition("?")
    return [
        replace(target, url=f"{path}{mark}{swap.sub(key, query)}", body=swap.sub(key, target.body))
        for key in names
        if key != own
    ]


def ask_for_others(chain: Chain, further: Sequence[Target]) -> None:
    """Put on a chain whose list is one body's its further pages and the lists of the others."""
    known = {target.key for target in chain.targets}
    asked = (others for target in chain.targets[: chain.next] if (others := sisters(target, chain.bodies)))
    chain.targets += [target for target in (*further, *next(asked, [])) if target.key not in known]
    chain.patience = _WITHOUT
