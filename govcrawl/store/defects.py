"""What is wrong with published reports, in a form in which their offices can mend it."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from govcrawl.model import Outcome
from govcrawl.reports.across import RULES, cells_across
from govcrawl.reports.concerned import cells_of, label_of
from govcrawl.store.bodies import year_before
from govcrawl.store.queries import Row, Selection

_COLUMNS = "r.id, r.url, r.portal, r.agency, r.year"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which defects: rules or kinds of finding (none: all), a part of the agency's name, findings too."""

    rules: tuple[str, ...] = ()
    agency: str = ""
    findings: bool = True


EVERYTHING = Wanted()


def defects(db: Database, outcome: str, selection: Selection, wanted: Wanted) -> Iterator[Row]:
    """Checks with ``outcome``; beside failed ones the findings that no check stands for; report by report.

    ``cells`` are the cells concerned as printed, with their labels; ``detail`` is the sentence or what else
    the finding says.
    """
    for found in _rows(db, outcome, selection, wanted):
        subject = found["subject"]
        if found["detail"] == f"expected {found['expected']}, printed {found['actual']}":
            found["detail"] = ""
        if found["kind"] == "check":
            found["cells"] = _cells(db, found["id"], found["rule"], subject)
        else:
            found["cells"] = _printed(db, found["id"], (subject,))
        del found["id"]
        yield found


def _rows(db: Database, outcome: str, selection: Selection, wanted: Wanted) -> list[dict[str, Any]]:
    where, parameters = selection.where()
    if wanted.agency:
        where, parameters = f"{where} AND instr(r.agency, ?) > 0", (*parameters, wanted.agency)
    marks = ", ".join("?" * len(wanted.rules))
    named = (f" AND c.rule IN ({marks})", f" AND f.kind IN ({marks})") if wanted.rules else ("", "")
    sql = (
        f"SELECT {_COLUMNS}, 'check' AS kind, c.rule, c.subject, c.outcome, c.expected, c.actual, "
        "coalesce((SELECT f.detail FROM findings f WHERE f.report_id = r.id AND f.subject = c.subject "
        "AND f.kind = 'identity_fail:' || c.rule AND c.outcome = 'fail' "
        "AND instr(f.detail, ' ' || coalesce(c.actual, '')) > 0), '') AS detail, c.place AS place "
        f"FROM checks c JOIN reports r ON r.id = c.report_id WHERE c.outcome = ? AND {where}{named[0]}"
    )
    values = [outcome, *parameters, *wanted.rules]
    if outcome == Outcome.FAIL.value and wanted.findings:
        sql += (
            f" UNION ALL SELECT {_COLUMNS}, 'finding', f.kind, f.subject, '', NULL, NULL, f.detail, f.rowid "
            "FROM findings f JOIN reports r ON r.id = f.report_id "
            f"WHERE f.kind NOT LIKE 'identity_fail:%' AND {where}{named[1]}"
        )
        values += [*parameters, *wanted.rules]
    rows = list(db.query(f"SELECT * FROM ({sql}) ORDER BY url, kind, place", tuple(values)))
    for found in rows:
        del found["place"]
    return rows


def _cells(db: Database, report_id: int, rule: str, subject: str) -> str:
    if rule not in RULES:
        return _printed(db, report_id, cells_of(rule, subject), zeros=rule != "A2")
    before, own = cells_across(rule, subject)
    earlier = year_before(db, report_id)
    told = [_printed(db, report_id, own)]
    if earlier is not None and before:
        told.append(f"{earlier['year']}: {_printed(db, earlier['id'], before)}")
    return "; ".join(part for part in told if part)


def _printed(db: Database, report_id: int, facts: tuple[str, ...], *, zeros: bool = True) -> str:
    """Cells as printed behind their labels, those that the report has; a blank cell shows as nothing.

    Without ``zeros`` only the last cell, the sum, may be 0.
    """
    if not facts:
        return ""
    marks = ", ".join("?" * len(facts))
    raws = dict(
        db.conn.execute(
            f"SELECT fact, raw FROM facts WHERE report_id = ? AND fact IN ({marks})", (report_id, *facts)
        ).fetchall()
    )
    shown = [fact for fact in facts if fact in raws and (zeros or raws[fact] != "0" or fact == facts[-1])]
    return "; ".join(f"{label_of(fact)} = {' '.join(raws[fact].split())}" for fact in shown)
