"""Lists that scripts fill, asked for directly: what one page's data request was, its siblings' will be.

A column's page whose rows come from a data request costs two requests. When a part of the column was got so,
the data requests of its siblings follow by putting their identifiers in place of its own; the page itself is
asked only where that gives nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.scripts.values import MARK
from govcrawl.discovery.steps import Chain, Kind, Step, Target
from govcrawl.hosts import host_of

_TOKEN = re.compile(r"[0-9A-Za-z]+")
_RUN = re.compile(r"\d+")
_NUMBERED = re.compile(r"(?P<word>[A-Za-z]+)(?P<number>\d+)")
_SHORTEST = 4  # characters of an identifier that cannot stand for anything else in a request
_UNIFORM = frozenset({Label.BODY, Label.YEAR})  # siblings of one make; groups may have parts of their own
_MISSES = 2  # requests that gave nothing before no more are told from others


@dataclass(slots=True)
class Shortcuts:
    """The data request that filled one page of each make, with the address of that page."""

    _known: dict[tuple[Label, str], tuple[Target, Chain]] = field(default_factory=dict)
    _missed: Counter[tuple[Label, str]] = field(default_factory=Counter)
    _tried: set[str] = field(default_factory=set)

    def learn(self, step: Step) -> None:
        """Take note of the data request that filled a list; ``step`` is the one that it was got with."""
        if step.trail and step.chain is not None:
            self._known.setdefault(_make(step, step.chain.listing), (step.target, step.chain))

    def missed(self, step: Step) -> None:
        """Take note that a data request told from a sibling's gave nothing."""
        if step.trail and step.chain is not None:
            self._missed[_make(step, step.chain.listing)] += 1

    def instead(self, step: Step) -> Step:
        """The data request in place of a page's own step where it can be told, else the step itself."""
        if step.kind is not Kind.COLUMN or step.chain is not None or not step.trail:
            return step
        page, url = step.target, step.target.url
        make = _make(step, url)
        uniform = make[0] in _UNIFORM or (make[0] is Label.ANNUAL and step.body) or _is_group_of_year(step)
        known = self._known.get(make) if uniform else None
        if known is None or self._missed[make] >= _MISSES or url in self._tried:
            return step
        asked, chain = known
        of_year = make[0] is Label.YEAR or _is_group_of_year(step)
        target = _for_sibling(asked, chain.listing, url, numbered=of_year)
        if target is None:
            return step
        self._tried.add(url)
        target = replace(target, referer=url, fallback=replace(page, fallback=None))
        reason = f"{step.reason} (by its data)"
        told = Chain(url, chain.dialect, [target], 1, drawn=_drawn_for(chain, url))
        return replace(step, target=target, reason=reason, chain=told)


def _is_group_of_year(step: Step) -> bool:
    """Whether a step leads to a group of bodies below a year: each year's are made alike."""
    kinds = [classify(label) for label in step.trail[-2:]]
    return kinds == [Label.YEAR, Label.GROUP]


def _make(step: Step, url: str) -> tuple[Label, str]:
    return classify(step.trail[-1]), _TOKEN.sub("", url)


def _for_sibling(target: Target, page: str, sibling: str, *, numbered: bool) -> Target | None:
    """A page's data request made one of its sibling's, None when the addresses do not tell how.

    ``numbered`` allows for requests that have only the numbers of the page's identifiers: what else such a
    request asks for is the same for the years of one column, not for other bodies.
    """
    host, other = host_of(page), host_of(sibling)
    if page == sibling or host_of(target.url) != host:
        return None
    asked_at, page = target.url.replace(host, other, 1), page.replace(host, other, 1)
    swapped = differences(page, sibling)
    if page != sibling and not swapped:
        return None
    numbers = _numbers(swapped) if numbered and host == other else None
    for pattern, changed in ((_TOKEN, swapped), (_RUN, numbers)):
        asked = set(pattern.findall(f"{asked_at} {target.body}"))
        if changed is not None and all(len(one) >= _SHORTEST and one in asked for one in changed):
            return Target(
                swap(asked_at, changed, pattern), target.method, swap(target.body, changed, pattern)
            )
    return None


def _numbers(swapped: Mapping[str, str]) -> Mapping[str, str] | None:
    """The numbers of identifiers that differ in them alone, col1229 and col1230; None for others."""
    numbers = dict[str, str]()
    for one, other in swapped.items():
        old, new = _NUMBERED.fullmatch(one), _NUMBERED.fullmatch(other)
        if old is None or new is None or old["word"] != new["word"]:
            return None
        numbers[old["number"]] = new["number"]
    return numbers


def _drawn_for(chain: Chain, sibling: str) -> tuple[str, ...] | None:
    """How the addresses of a sibling's rows are put together: as those of the chain, with its identifiers."""
    swapped = differences(chain.listing.replace(host_of(chain.listing), host_of(sibling), 1), sibling)
    return chain.drawn and tuple(_swap_fixed(one, swapped) for one in chain.drawn)


def _swap_fixed(template: str, swapped: Mapping[str, str]) -> str:
    """A template with identifiers replaced outside the names of its fields."""
    parts = template.split(MARK)
    return MARK.join(part if place % 2 else swap(part, swapped) for place, part in enumerate(parts))


def differences(one: str, other: str) -> Mapping[str, str]:
    """Identifiers of one address with those at their places in another; empty when the two differ in form."""
    ours, theirs = _TOKEN.findall(one), _TOKEN.findall(other)
    if _TOKEN.sub("", one) != _TOKEN.sub("", other):
        return {}
    changed = {old: new for old, new in zip(ours, theirs, strict=True) if old != new}
    return changed if all(changed.get(old, old) == new for old, new in zip(ours, theirs, strict=True)) else {}


def swap(text: str, swapped: Mapping[str, str], pattern: re.Pattern[str] = _TOKEN) -> str:
    """A text with identifiers replaced, each as a whole."""
    return pattern.sub(lambda found: swapped.get(found[0], found[0]), text)
