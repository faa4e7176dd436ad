"""Which reports an analysis takes that wants no doubtful ones: conditions on ``reports`` (alias r)."""

from __future__ import annotations

from collections.abc import Mapping

QUALITIES: Mapping[str, str] = {
    "consistent": "NOT EXISTS (SELECT 1 FROM checks c WHERE c.report_id = r.id AND c.outcome = 'fail' "
    "AND c.rule IN ('A1', 'A2', 'A3', 'C1', 'N1'))",
    "complete": "EXISTS (SELECT 1 FROM fact_lists f WHERE f.report_id = r.id) AND NOT EXISTS "
    "(SELECT 1 FROM fact_lists f WHERE f.report_id = r.id AND f.lacking > 0)",
}
"""Consistent: no rule fails whose fail means that the tables contradict themselves (of severity error).

Complete: the report has the tables of its form, and no cell of them is missing, a picture or ambiguous. A
blank cell is what the office printed, and leaves the report complete.
"""
