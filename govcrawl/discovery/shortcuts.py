"""Lists that scripts fill, asked for directly: what one page's data request was, its siblings' will be.

A column's page whose rows come from a data request costs two requests. When a part of the column was got so,
the data requests of its siblings follow by putting their identifiers in place of its own; the page itself is
asked only where that gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.steps import Chain, Kind, Step, Target

_TOKEN = re.compile(r"[0-9A-Za-z]+")
_SHORTEST = 4  # characters of an identifier that cannot stand for anything else in a request
_UNIFORM = frozenset({Label.BODY, Label.YEAR})  # siblings of one make; groups may have parts of their own


@dataclass(slots=True)
class Shortcuts:
    """The data request that filled one page of each make, with the address of that page."""

    _known: dict[tuple[Label, str], tuple[str, Target, str]] = field(default_factory=dict)

    def learn(self, step: Step) -> None:
        """Take note of the data request that filled a list; ``step`` is the one that it was got with."""
        if step.trail and step.chain is not None:
            page = step.chain.listing
            self._known.setdefault(_make(step, page), (page, step.target, step.chain.dialect))

    def instead(self, step: Step) -> Step:
        """The data request in place of a page's own step where it can be told, else the step itself."""
        if step.kind is not Kind.COLUMN or step.chain is not None or not step.trail:
            return step
        page, url = step.target, step.target.url
        known = self._known.get(_make(step, url)) if classify(step.trail[-1]) in _UNIFORM else None
        if known is None:
            return step
        target = _for_sibling(known[1], known[0], url)
        if target is None:
            return step
        target = replace(target, referer=url, fallback=replace(page, fallback=None))
        reason = f"{step.reason} (by its data)"
        return replace(step, target=target, reason=reason, chain=Chain(url, known[2], [target], 1))


def _make(step: Step, url: str) -> tuple[Label, str]:
    return classify(step.trail[-1]), _TOKEN.sub("", url)


def _for_sibling(target: Target, page: str, sibling: str) -> Target | None:
    """A page's data request made one of its sibling's, None when the addresses do not tell how."""
    swapped = differences(page, sibling)
    asked = set(_TOKEN.findall(f"{target.url} {target.body}"))
    if not swapped or not all(len(token) >= _SHORTEST and token in asked for token in swapped):
        return None
    return Target(swap(target.url, swapped), target.method, swap(target.body, swapped))


def differences(one: str, other: str) -> Mapping[str, str]:
    """Identifiers of one address with those at their places in another; empty when the two differ in form."""
    ours, theirs = _TOKEN.findall(one), _TOKEN.findall(other)
    if _TOKEN.sub("", one) != _TOKEN.sub("", other):
        return {}
    changed = {old: new for old, new in zip(ours, theirs, strict=True) if old != new}
    return changed if all(changed.get(old, old) == new for old, new in zip(ours, theirs, strict=True)) else {}


def swap(text: str, swapped: Mapping[str, str]) -> str:
    """A text with identifiers replaced, each as a whole."""
    return _TOKEN.sub(lambda found: swapped.get(found[0], found[0]), text)
