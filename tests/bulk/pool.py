"""Many reports from few: a pool is generated once, and each copy of one is of another body, and says so.

A copy has its own address, portal, body, title, a sentence that no other report has, and its own hashes; its
length, tables, facts and checks are those of the report that it was made from. A body's years stay together,
so that the rules across years have their work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from govcrawl.model import Entry, Report, Section, Source
from govcrawl.registry import load
from tests.bulk.bodies import HOST, Body, bodies
from tests.bulk.reports import Made, make_report


@dataclass(frozen=True, slots=True)
class Pool:
    """Bodies with the reports of their years."""

    bodies: tuple[tuple[Body, tuple[Made, ...]], ...]

    @classmethod
    def of(cls, reports: int, *, seed: int = 1) -> Pool:
        """At least that many generated reports."""
        found: list[tuple[Body, tuple[Made, ...]]] = []
        number = 0
        for body in bodies(load(), seed):
            years = tuple(
                make_report(body, year, seed, changed=False) for year in range(body.first, body.last + 1)
            )
            found.append((body, years))
            number += len(years)
            if number >= reports:
                return cls(tuple(found))
        raise ValueError(f"there are not {reports} reports to generate")

    def copies(self) -> Iterator[Made]:
        """Reports without end, each of another body or year than all before."""
        for number in count():
            for body, made in self.bodies:
                yield from (_copy(one, body, number) for one in made)


def _copy(one: Made, body: Body, number: int) -> Made:
    """The same report of another body, called so in title and text."""
    name = f"{body.name[:-1]}第{number}{body.name[-1]}"
    key = f"{body.portal.key}-{number}"
    url = one.source.url.replace(f"{HOST}/{body.portal.key}/", f"{HOST}/{key}/")
    own = f"本报告由{name}第{hashlib.sha256(url.encode()).hexdigest()[:12]}号文印发。"
    sections = tuple(
        Section(s.number, s.heading, f"{s.text.replace(body.name, name)}\n\n{own}" if not n else s.text)
        for n, s in enumerate(one.report.sections)
    )
    report: Report = replace(
        one.report,
        title=one.report.title.replace(body.name, name),
        agency=name,
        text="\n\n".join(part for s in sections for part in (s.heading, s.text) if part),
        sections=sections,
    )
    division = f"{100_000 + (int(one.source.division_code or 0) + 7_919 * number) % 900_000}"
    source = Source(url, key, division, hashlib.sha256(url.encode()).hexdigest(), one.source.fetched_at)
    entry: Entry = replace(one.entry, url=url, portal=key, title=report.title)
    return Made(report, source, entry, None)
