"""Which body it is: an id made of what is known of the body alone, so that more data never change it."""

from __future__ import annotations

import re
from typing import NamedTuple

from govcrawl.coverage.model import GOVERNMENT
from govcrawl.panel.divisions import names, today
from govcrawl.panel.renames import Renames
from govcrawl.registry.divisions import Division
from govcrawl.reports import Place
from govcrawl.reports.body import GOVERNMENTS, body_of
from govcrawl.text import folded

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # no name has any, and an id goes into every file


class Identity(NamedTuple):
    """A body's id, its place's code today, its name for comparison, and what joined it to another name."""

    body_id: str
    code: str | None
    norm: str
    told: str


def identify(
    code: str | None, portal: str, norm: str, town: str | None, agency: str | None, renames: Renames
) -> Identity:
    """The identity of a body by its division, its normalised name and its town's code.

    Joined are: a division's codes where one took over one; names that begin with an earlier name of the
    division; names that ``renames`` vouches for. Nothing is joined because it looks alike.
    """
    norm = _CONTROLS.sub("", norm)
    if town is not None:
        return Identity(town, today(code) if code else None, norm, "town's code")
    if code is None:
        return Identity(f"{portal}:{norm}", None, norm, "portal and name")
    now = today(code)
    told = [f"{code} became {now}"] if now != code else []
    plain = _under_earlier_name(now, norm, agency)
    if plain != norm:
        told.append(f"{norm} is {plain} under an earlier name of the division")
    newest = renames.newest(now, plain)
    if newest != plain:
        told.append(f"{plain} was renamed {newest}")
        if (town := _town(now, newest)) is not None:
            return Identity(town, now, newest, "; ".join(told))
    return Identity(f"{now}:{newest}", now, newest, "; ".join(told) or "code and name")


def _town(code: str, norm: str) -> str | None:
    """The code of the town, or street office, of that name in today's register."""
    return next((body_of(norm, _place(period)).township for period in names(code)[:1]), None)


def _place(period: Division) -> Place:
    return Place(period.name, period.prefecture, period.province, period.level, period.code)


def _under_earlier_name(code: str, norm: str, agency: str | None) -> str:
    for period in names(code):
        if norm.startswith(folded(period.name)):
            body = body_of(agency or norm, _place(period))
            if body.kind in GOVERNMENTS:
                return GOVERNMENT
            return body.norm or norm
    return norm
