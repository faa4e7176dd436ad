"""What a dataset holds, counted while it is written: for its manifest and its data card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from govcrawl.export.files import Row
from govcrawl.export.rows import PARTS, ReportRows
from govcrawl.store import Selection, Store
from govcrawl.store.check_columns import CheckColumns
from govcrawl.store.fact_columns import PLAIN, as_columns


@dataclass(slots=True)
class Tally:
    """Counts over all reports that were written; memory does not grow with them."""

    totals: Counter[str] = field(default_factory=lambda: Counter(reports=0, facts=0))
    by: dict[str, Counter[str]] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    judged: Counter[tuple[str, str]] = field(default_factory=Counter)
    coverage: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    extractors: set[str] = field(default_factory=set)
    published: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    bodies: set[tuple[str | None, str | None]] = field(default_factory=set)

    def add(self, report: ReportRows) -> None:
        """Count a report."""
        about = report.metadata
        self.totals["reports"] += 1
        self.totals["facts"] += len(report.facts)
        self.totals["characters"] += len(report.text)
        for name, rows in report.parts.items():
            self.totals[name] += len(rows)
        for name in ("year", "template", "agency_type", "scope", "source_type"):
            self.by.setdefault(name, Counter())[_said(about[name])] += 1
        province = (about["division_code"] or "")[:2]
        self.by.setdefault("province", Counter())[_said(province)] += 1
        facts = as_columns(report.facts)
        self.statuses.update(facts.statuses)
        if len(facts) > len(facts.odd):
            self.statuses[PLAIN] += len(facts) - len(facts.odd)
        self.judged.update(_judged(report.parts["checks"]))
        self.findings.update({found["kind"] for found in report.parts["findings"]})
        self.extractors.add(about["extractor"])
        self.bodies.add((about["division_code"], about["agency_norm"]))
        _widen(self.published, about["published"])
        _widen(self.fetched, about["fetched_at"])

    def join(self, later: Tally) -> None:
        """Add what was counted over other reports, which come after these."""
        for name, counts in later.by.items():
            self.by.setdefault(name, Counter()).update(counts)
        for counter in ("totals", "statuses", "judged", "coverage", "findings"):
            getattr(self, counter).update(getattr(later, counter))
        self.extractors |= later.extractors
        self.bodies |= later.bodies
        for span, other in ((self.published, later.published), (self.fetched, later.fetched)):
            for value in other:
                _widen(span, value)

    @property
    def assessed(self) -> Counter[str]:
        """Checks by rule that could be made."""
        return self._judged(lambda outcome: outcome != "not_assessable")

    @property
    def failed(self) -> Counter[str]:
        """Checks by rule that failed."""
        return self._judged(lambda outcome: outcome == "fail")

    def _judged(self, wanted: Callable[[str], bool]) -> Counter[str]:
        found: Counter[str] = Counter()
        for (rule, outcome), number in self.judged.items():
            if wanted(outcome):
                found[rule] += number
        return found

    def add_unread(self, store: Store, selection: Selection, read: Collection[str]) -> None:
        """Count the rows of the parts that no report was read with."""
        where, parameters = selection.where()
        for name in (name for name in PARTS if name not in read):
            (self.totals[name],) = store.db.conn.execute(
                f"SELECT count(*) FROM {name} p JOIN reports r ON r.id = p.report_id WHERE {where}",  # noqa: S608
                parameters,
            ).fetchone()

    def counted(self, rows: Iterable[Row], status: int) -> Iterator[Row]:
        """The rows of coverage as they come, counted by the column of their status."""
        for row in rows:
            self.coverage[row[status]] += 1
            yield row


def _judged(checks: Sequence[dict[str, Any]]) -> Iterable[tuple[str, str]]:
    """Rule and outcome of each check."""
    if isinstance(checks, CheckColumns):
        rules, _, outcomes, *_ = checks.columns
        return zip(rules, outcomes, strict=True)
    return ((check["rule"], check["outcome"]) for check in checks)


def _said(value: object) -> str:
    return str(value) if value not in (None, "") else "unknown"


def _widen(span: list[str], value: str | None) -> None:
    """Keep the first and the last of the dates seen."""
    if value:
        span[:] = [min([value, *span]), max([value, *span])]
