"""Reports of one body: the same report at several addresses, and what two years say of each other."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from govcrawl.model import Outcome, Report, Source, Status
from govcrawl.reports.across import RULES, Cells, across_years
from govcrawl.reports.narrative import ALIKE, likeness, narrative, narrative_hash
from govcrawl.store.facts import numbers_of
from govcrawl.store.outcomes import ACROSS, CheckRow, delete_checks, write_checks
from govcrawl.store.sqlite import row as first_row
from govcrawl.store.sqlite import rows

SECOND = "second_report"
REUSED = "address_reused"
SHOWS = "it shows the report of"
"""What ``last_error`` says of a link whose page now has the report that is stored from another one."""
DERIVED = (SECOND, REUSED, *(f"identity_fail:{rule}" for rule in RULES))
_SAME_PLACE = "(portal = :portal OR (division_code IS NOT NULL AND division_code = :division_code))"
_SAME_BODY = f"agency_norm = :agency_norm AND scope = :scope AND {_SAME_PLACE}"


@dataclass(frozen=True, slots=True)
class Twin:
    """A stored report that the document repeats; ``poorer``: it has no number where the document has some."""

    report_id: int
    reason: str
    poorer: bool


def twin_of(db: Database, report: Report, source: Source) -> Twin | None:
    """The stored report of the same body and year whose prose is that of the document; None without one.

    A number that differs in a table or sentence makes it another report, however alike the prose is.
    """
    if report.agency_norm is None or report.year is None:
        return None
    same = list(_same_year(db, _body(report, source), report.year, "id, narrative, text"))
    if not same:
        return None
    digest, own = narrative_hash(report.text), narrative(report.text)
    numbers = {fact.fact: fact.value for fact in report.facts if fact.status is Status.NUMBER}
    for row in same:
        known = numbers_of(db, row["id"])
        if any(known.get(fact, value) != value for fact, value in numbers.items()):
            continue
        if _stated(db, row["id"], report):
            continue
        poorer = bool(numbers) and not known
        if row["narrative"] == digest:
            return Twin(row["id"], "same prose", poorer)
        alike = likeness(own, narrative(row["text"]))
        if alike >= ALIKE:
            return Twin(row["id"], f"prose alike to {alike:.3f}", poorer)
    return None


def alike(db: Database, one: int, other: int) -> bool:
    """Whether two stored reports of a body and year read the same: their prose, and all numbers of both."""
    if numbers_of(db, one) != numbers_of(db, other) or _statements(db, one) != _statements(db, other):
        return False
    texts = "SELECT narrative, text FROM reports WHERE id IN (?, ?)"
    (digest, text), (also, another) = db.conn.execute(texts, (one, other)).fetchall()
    return digest == also or likeness(narrative(text), narrative(another)) >= ALIKE


def has_rival(db: Database, row: Mapping[str, Any]) -> bool:
    """Whether there is a report of the same body and year as that of a row of ``reports``."""
    if row["agency_norm"] is None or row["year"] is None:
        return False
    return bool(list(_same_year(db, dict(row), row["year"], "id")))


def neighbours(db: Database, report_id: int) -> set[int]:
    """The reports whose checks depend on a report: itself, the same body's of that year and of the next."""
    row = _row(db, report_id)
    found = {report_id}
    if row is not None and row["agency_norm"] is not None and row["year"] is not None:
        for year in (row["year"], row["year"] + 1):
            found |= {other["id"] for other in _same_year(db, row, year)}
    return found


def refresh(db: Database, report_ids: Iterable[int], known: Mapping[int, Cells] | None = None) -> None:
    """Compare reports anew with the same body's others, inside a transaction; nothing is ever doubled.

    ``known`` are the cells of reports that were just written, which need not be read again.
    """
    kinds = ", ".join("?" * len(DERIVED))
    for report_id in sorted(report_ids):
        delete_checks(db, report_id, ACROSS)
        db.conn.execute(
            f"DELETE FROM findings WHERE report_id=? AND kind IN ({kinds})", (report_id, *DERIVED)
        )
        row = _row(db, report_id)
        if row is not None:
            _note_reused(db, row)
        if row is None or row["agency_norm"] is None or row["year"] is None:
            continue
        _note_seconds(db, row)
        _note_across(db, row, known or {})


def _note_seconds(db: Database, row: dict[str, Any]) -> None:
    for other in _same_year(db, row, row["year"]):
        if other["id"] >= row["id"]:
            continue
        told = f"another text for the same body and year: {other['url']}"
        if differing := _differing(numbers_of(db, other["id"]), numbers_of(db, row["id"])):
            more = f" and {len(differing) - 5} more" if len(differing) > 5 else ""
            told = f"{told}; other numbers there: {', '.join(differing[:5])}{more}"
        _finding(db, row["id"], SECOND, "report", told)


def note_reused(db: Database, url: str) -> None:
    """Write down, or take back, that a report's address shows another report now (inside a transaction)."""
    for (report_id,) in db.conn.execute("SELECT id FROM reports WHERE url=?", (url,)).fetchall():
        db.conn.execute("DELETE FROM findings WHERE report_id=? AND kind=?", (report_id, REUSED))
        row = _row(db, report_id)
        if row is not None:
            _note_reused(db, row)


def _note_reused(db: Database, row: dict[str, Any]) -> None:
    found = db.conn.execute(
        "SELECT last_error FROM entries WHERE url=? AND (doubted IS NOT NULL OR state='gone') "
        "AND instr(last_error, ?)",
        (row["url"], SHOWS),
    )
    for (told,) in found.fetchall():
        other = told.partition(f"{SHOWS} ")[2].partition(";")[0]
        _finding(db, row["id"], REUSED, "report", f"its address now shows the report of {other}")


def _note_across(db: Database, row: dict[str, Any], known: Mapping[int, Cells]) -> None:
    """One report of the year before is compared with; of several nobody can say which one counts."""
    earlier = list(_same_year(db, row, row["year"] - 1))
    if len(earlier) > 1:
        write_checks(db, row["id"], ACROSS, [several(row["year"] - 1, len(earlier))])
        return
    if not earlier:
        return
    [before] = earlier
    there = known.get(before["id"]) or numbers_of(db, before["id"], every=True)
    own = known.get(row["id"]) or numbers_of(db, row["id"], every=True)
    checks, findings = compared(there, own, before["year"], before["url"])
    write_checks(db, row["id"], ACROSS, checks)
    for finding in findings:
        _finding(db, row["id"], *finding)


def several(year: int, number: int) -> CheckRow:
    """The check of a report whose body has several reports for the year before."""
    return "X1", "report", Outcome.NOT_ASSESSABLE.value, None, f"{number} reports of {year}"


def compared(
    before: Cells, own: Cells, year: int, url: str
) -> tuple[Sequence[CheckRow], list[tuple[str, str, str]]]:
    """The checks of a report against that of the year before, and the findings that they make."""
    checks = list(across_years(before, own))
    findings = [
        (
            f"identity_fail:{check.rule}",
            check.subject,
            f"expected {check.expected}, printed {check.actual}; {year}: {url}",
        )
        for check in checks
        if check.outcome is Outcome.FAIL
    ]
    return checks, findings


def _differing(there: Mapping[str, Any], here: Mapping[str, Any]) -> list[str]:
    return [
        f"{fact} {there[fact]} ({value})" for fact, value in here.items() if there.get(fact, value) != value
    ]


def _finding(db: Database, report_id: int, kind: str, subject: str, detail: str) -> None:
    db.conn.execute(
        "INSERT INTO findings (report_id, kind, subject, detail) VALUES (?, ?, ?, ?)",
        (report_id, kind, subject, detail),
    )


def _stated(db: Database, report_id: int, report: Report) -> bool:
    """Whether the two state different numbers for one fact in their prose."""
    known = _statements(db, report_id)
    own: dict[str, set[Any]] = {}
    for statement in report.statements:
        own.setdefault(statement.fact, set()).add(statement.value)
    return any(known[fact] != values for fact, values in own.items() if fact in known)


def _statements(db: Database, report_id: int) -> dict[str, set[Any]]:
    known: dict[str, set[Any]] = {}
    for fact, value in db.conn.execute("SELECT fact, value FROM statements WHERE report_id=?", (report_id,)):
        known.setdefault(fact, set()).add(value)
    return known


def _body(report: Report, source: Source) -> dict[str, Any]:
    return {
        "portal": source.portal,
        "division_code": source.division_code,
        "agency_norm": report.agency_norm,
        "scope": report.scope,
    }


def _row(db: Database, report_id: int) -> dict[str, Any] | None:
    columns = "id, url, portal, division_code, agency_norm, scope, year"
    return first_row(db, f"SELECT {columns} FROM reports WHERE id = ?", (report_id,))


def year_before(db: Database, report_id: int) -> dict[str, Any] | None:
    """The one report of the same body for the year before, None without one or with several."""
    row = _row(db, report_id)
    if row is None or row["agency_norm"] is None or row["year"] is None:
        return None
    found = list(_same_year(db, row, row["year"] - 1))
    return found[0] if len(found) == 1 else None


def _same_year(
    db: Database, body: dict[str, Any], year: int, columns: str = "id, url, year"
) -> Iterator[dict[str, Any]]:
    """Reports of a body and year, the first stored first."""
    names = ("portal", "division_code", "agency_norm", "scope")
    yield from list(
        rows(
            db,
            f"SELECT {columns} FROM reports WHERE {_SAME_BODY} AND year = :year ORDER BY id",
            {**{name: body[name] for name in names}, "year": year},
        )
    )
