"""The place that a portal's bodies belong to: its division, or what the bodies themselves call it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from govcrawl.model import Portal
from govcrawl.reports import Place
from govcrawl.text import folded

_BEFORE = re.compile(r"^[\u4e00-\u9fff]{1,7}?[县区旗市州盟](?=.{2,})")
_LEVELS = {"县": "county", "区": "county", "旗": "county", "市": "", "州": "prefecture", "盟": "prefecture"}


def places_of(portals: Mapping[str, Portal], reports: Iterable[Mapping[str, Any]]) -> dict[str, Place | None]:
    """The place of each portal by its key.

    A portal at a given address has no division: there it is the name that most of its bodies begin with, so
    that 石坞县教育局 and 教育局 are one body. None where no two bodies agree on one.
    """
    found = {key: _place(portal) for key, portal in portals.items()}
    names: dict[str, set[str]] = defaultdict(set)
    for row in reports:
        if row["agency"] and row["portal"] in found and found[row["portal"]] is None:
            names[row["portal"]].add(folded(row["agency"]))
    return found | {key: named_by(own) for key, own in names.items()}


def named_by(names: Iterable[str]) -> Place | None:
    """The place with whose name most of these bodies' names begin; None when it is not said twice."""
    begun = Counter(match[0] for match in map(_BEFORE.match, names) if match)
    (name, times), *_ = begun.most_common(1) or [("", 0)]
    return Place(name, level=_LEVELS[name[-1]]) if times > 1 else None


def _place(portal: Portal) -> Place | None:
    if portal.division_code is None:
        return None
    return Place(portal.name, portal.prefecture, portal.province, portal.level or "", portal.division_code)
