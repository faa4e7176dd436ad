"""Compares a finished database and the request log with the truth of the portals."""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.portals.fold import folded
from tests.portals.log import RequestLog
from tests.portals.model import FactTruth
from tests.portals.world import Expected, Portal

_RULES = ("A1", "A2", "A3", "C1")


@dataclass(slots=True)
class PortalScore:
    """How a database did on one portal; each list names what went wrong, with its address."""

    key: str
    expected: int
    found: int = 0
    missing: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    wrong_title: list[str] = field(default_factory=list)
    wrong_year: list[str] = field(default_factory=list)
    wrong_agency: list[str] = field(default_factory=list)
    wrong_published: list[str] = field(default_factory=list)
    wrong_template: list[str] = field(default_factory=list)
    wrong_checks: list[str] = field(default_factory=list)
    facts: int = 0
    facts_right: int = 0
    wrong_facts: list[str] = field(default_factory=list)
    paragraphs: int = 0
    paragraphs_kept: int = 0
    lost_paragraphs: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    requests: int | None = None

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def per_report(self) -> float | None:
        """Requests, all of them, for each true report stored."""
        return None if self.requests is None else self.requests / self.found if self.found else math.inf

    @property
    def complete(self) -> bool:
        """All reports found, none invented, every fact right."""
        return not (self.missing or self.false or self.wrong_facts)

    @property
    def clean(self) -> bool:
        """Complete, and nothing else is wrong either."""
        wrong = self.wrong_title + self.wrong_year + self.wrong_agency + self.wrong_published
        return self.complete and not (wrong + self.wrong_template + self.lost_paragraphs + self.leaks)


def score(database: Path, portals: Iterable[Portal], log: RequestLog | None = None) -> list[PortalScore]:
    """Score of every portal; raises sqlite3.Error when the database is none."""
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return [_score(connection, portal, log) for portal in portals]
    finally:
        connection.close()


def _score(connection: sqlite3.Connection, portal: Portal, log: RequestLog | None) -> PortalScore:
    result = PortalScore(portal.key, len(portal.truth))
    known = {_bare(url): expected for expected in (*portal.truth, *portal.tolerated) for url in expected.urls}
    tolerated = {e.urls[0] for e in portal.tolerated}
    rows = connection.execute(
        "select * from reports where portal in (?, ?)", (portal.key, portal.host)
    ).fetchall()
    seen: set[str] = set()
    for row in rows:
        expected = known.get(_bare(row["url"]))
        if expected is None or expected.urls[0] in seen:
            result.false.append(f"{row['url']} {row['title']}")
            continue
        seen.add(expected.urls[0])
        if expected.urls[0] in tolerated:
            continue
        result.found += 1
        _metadata(result, row, expected)
        _text(result, row["text"], expected, portal)
        _facts(result, connection, row, expected)
        _checks(result, connection, row, expected)
    result.missing = [f"{e.urls[0]} {e.truth.title}" for e in portal.truth if e.urls[0] not in seen]
    for expected in portal.truth:
        if expected.urls[0] not in seen:
            result.facts += len(expected.truth.facts)
            result.paragraphs += len(expected.truth.paragraphs)
    if log is not None:
        hosts = {host for name in portal.hosts for host in (name, name.removeprefix("www."))}
        result.requests = sum(log.requests(host) for host in hosts)
    return result


def _bare(url: str) -> str:
    """An address without scheme and ``www.``: those name the same page."""
    return url.partition("://")[2].removeprefix("www.")


def _metadata(result: PortalScore, row: sqlite3.Row, expected: Expected) -> None:
    truth, url = expected.truth, expected.urls[0]
    if folded(row["title"] or "") != folded(truth.title):
        result.wrong_title.append(f"{url} {row['title']!r}, not {truth.title!r}")
    if row["year"] != truth.year:
        result.wrong_year.append(f"{url} {row['year']}, not {truth.year}")
    if folded(row["agency"] or "") not in {folded(name) for name in truth.body.aliases}:
        result.wrong_agency.append(f"{url} {row['agency']!r}, not {truth.body.name!r}")
    if row["published"] != truth.published.isoformat():
        result.wrong_published.append(f"{url} {row['published']}, not {truth.published}")
    if row["template"] != truth.template:
        result.wrong_template.append(f"{url} {row['template']}, not {truth.template}")


def _text(result: PortalScore, text: str, expected: Expected, portal: Portal) -> None:
    whole, url = folded(text), expected.urls[0]
    for paragraph in expected.truth.paragraphs:
        result.paragraphs += 1
        if folded(paragraph) in whole:
            result.paragraphs_kept += 1
        else:
            result.lost_paragraphs.append(f"{url} {paragraph[:60]}")
    lines = {folded(line).strip("#*|-") for line in text.splitlines()}
    for line in portal.boilerplate(url):
        if line in lines or (len(line) >= 8 and line in whole):
            result.leaks.append(f"{url} {line}")


def _facts(result: PortalScore, connection: sqlite3.Connection, row: sqlite3.Row, expected: Expected) -> None:
    found: dict[str, sqlite3.Row] = {}
    for fact in connection.execute(
        "select fact, value, raw, status from facts where report_id = ?", (row["id"],)
    ):
        found[_name(fact["fact"])] = fact
    truths: Mapping[str, FactTruth] = expected.truth.facts
    url = expected.urls[0]
    result.facts += len(truths)
    for name, truth in truths.items():
        if name not in found:
            result.wrong_facts.append(f"{url} {name} absent, not {truth.raw!r}")
        elif _same(found[name], truth):
            result.facts_right += 1
        else:
            cell = found[name]
            result.wrong_facts.append(f"{url} {name} {cell['value']} {cell['status']}, not {truth.raw!r}")
    for name in found.keys() - truths.keys():
        if found[name]["status"] != "missing":
            result.wrong_facts.append(f"{url} {name} invented: {found[name]['raw']!r}")


def _name(fact: str) -> str:
    """A fact id; rows of the 2014 form have one value only, so whatever column name they carry is dropped."""
    return fact.partition(":")[0] if fact.startswith("stat2014.") else fact


def _same(cell: sqlite3.Row, truth: FactTruth) -> bool:
    if cell["status"] != truth.status:
        return False
    if truth.value is None or cell["value"] is None:
        return truth.value is None and cell["value"] is None
    return math.isclose(cell["value"], truth.value, rel_tol=1e-9, abs_tol=1e-9)


def _checks(
    result: PortalScore, connection: sqlite3.Connection, row: sqlite3.Row, expected: Expected
) -> None:
    rows = connection.execute("select rule, outcome from checks where report_id = ?", (row["id"],))
    outcomes: dict[str, set[str]] = defaultdict(set)
    for check in rows:
        outcomes[check["rule"]].add(check["outcome"])
    failed = {rule for rule in _RULES if "fail" in outcomes[rule]}
    if failed != expected.truth.failing:
        wanted = sorted(expected.truth.failing)
        result.wrong_checks.append(f"{expected.urls[0]} fails {sorted(failed)}, not {wanted}")
