"""Coverage: every body and fiscal year that the law asks for, and where its report stands. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from govcrawl.coverage.bodies import bodies_of, key_of
from govcrawl.coverage.law import due_on
from govcrawl.coverage.model import (
    GOVERNMENT,
    Body,
    BodyYear,
    Known,
    Look,
    Mention,
    Reported,
    Status,
    Territory,
)

_OF_STATE = {"pending": Status.PENDING, "blocked": Status.BLOCKED, "failed": Status.UNREACHABLE}
_GRAVITY = ("pending", "failed", "blocked", "gone")
_OfPortal = TypeVar("_OfPortal", Reported, Known, Mention)


@dataclass(slots=True)
class _Material:
    """What is known of one place, by body and year; ``sums`` are the government's sums over its bodies."""

    reports: dict[tuple[str, int], Reported] = field(default_factory=dict)
    sums: dict[int, str] = field(default_factory=dict)
    links: dict[tuple[str, int], Known] = field(default_factory=dict)


def coverage(
    places: Iterable[Territory],
    reports: Iterable[Reported],
    links: Iterable[Known],
    mentions: Iterable[Mention],
    *,
    years: Sequence[int],
    today: date,
) -> Iterator[BodyYear]:
    """Every body-year of the places, in the order of places, bodies and years.

    A body-year appears when it is owed or found. ``today`` decides what is due.
    """
    by_reports, by_links, by_mentions = _by_portal(reports), _by_portal(links), _by_portal(mentions)
    for place in places:
        own = by_reports.get(place.portal, [])
        bodies = bodies_of(place, own, by_mentions.get(place.portal, ()))
        known = _material(bodies, own, by_links.get(place.portal, ()))
        for key, body in bodies.items():
            for year in years:
                judged = _judge(place, key, body, year, known, today)
                if judged is not None:
                    yield judged


def _by_portal(items: Iterable[_OfPortal]) -> Mapping[str, list[_OfPortal]]:
    found: dict[str, list[_OfPortal]] = defaultdict(list)
    for item in items:
        found[item.portal].append(item)
    return found


def _material(bodies: Mapping[str, Body], reports: Iterable[Reported], links: Iterable[Known]) -> _Material:
    known, by_name = _Material(), {body.norm: key for key, body in bodies.items()}
    for report in reports:
        key = key_of(report.norm, report.town)
        known.reports.setdefault((key if key in bodies else by_name[report.norm], report.year), report)
        if report.aggregate and report.norm == GOVERNMENT:
            known.sums.setdefault(report.year, report.url)
    for link in sorted(links, key=lambda link: _GRAVITY.index(link.state)):
        if link.norm in by_name:
            known.links.setdefault((by_name[link.norm], link.year), link)
    return known


def _judge(
    place: Territory, key: str, body: Body, year: int, known: _Material, today: date
) -> BodyYear | None:
    due = due_on(year, government=key == GOVERNMENT)
    report = known.reports.get((key, year))
    if report is not None:
        told = "a sum over its bodies" if report.aggregate else ""
        return BodyYear(place, body, year, due, Status.FOUND, report.url, told)
    if not body.owes(year):
        return None
    link = known.links.get((key, year))
    if link is not None and link.state in _OF_STATE:
        unread = link.state == "failed" and link.bytes_came
        status = Status.UNREADABLE if unread else _OF_STATE[link.state]
        return BodyYear(place, body, year, due, status, link.url, link.reason)
    if year in known.sums:
        return BodyYear(place, body, year, due, Status.SUMMED, known.sums[year])
    if today <= due:
        return BodyYear(place, body, year, due, Status.NOT_DUE)
    status, reason = _without_report(place, body, year, due, today)
    return BodyYear(place, body, year, due, status, link.url if link else "", link.reason if link else reason)


def _without_report(place: Territory, body: Body, year: int, due: date, today: date) -> tuple[Status, str]:
    """The status of what no look has found, with what makes it doubtful."""
    looks = [look for look in place.looks if look.years is None or year in look.years]
    since = [look for look in looks if look.read and look.day > due]
    if since:
        newest = today <= due_on(year + 1, government=body.norm == GOVERNMENT)
        return (Status.OVERDUE if newest else Status.MISSING), _doubt(since[-1])
    if looks and not looks[-1].read:
        blocked = looks[-1].outcome == "blocked"
        return (Status.BLOCKED if blocked else Status.UNREACHABLE), looks[-1].reason
    return Status.NOT_LOOKED, "" if looks else "never crawled"


def _doubt(look: Look) -> str:
    return f"the last look was incomplete: {look.reason}" if look.outcome == "incomplete" else ""
