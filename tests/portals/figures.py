"""Plausible numbers for a form: they satisfy every accounting identity until somebody spoils them."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tests.portals.forms import Form

Figures = dict[str, int | float]
_SCALE = {"county": 90, "department": 12, "town": 4}
_SINGLE = {"received_new", "carried_in", "carried_out", "result.total"}


def figures(form: Form, kind: str, rng: Random) -> Figures:
    """Value of every fact of the form for a body of that kind (county, department, town)."""
    values: Figures = {}
    scale = 0 if rng.random() < (0.3 if kind == "town" else 0.05) else _SCALE[kind]
    _proactive(form, kind, rng, values)
    _application(form, scale, rng, values)
    _challenge(form, scale, rng, values)
    return values


def _proactive(form: Form, kind: str, rng: Random, values: Figures) -> None:
    big = {"county": 4000, "department": 300, "town": 40}[kind]
    for block in form.blocks:
        for row in block.rows:
            for column in block.columns:
                value: int | float
                if row.id == "rules" or rng.random() < 0.25:
                    value = 0
                elif column.kind == "money":
                    value = round(rng.random() * big, rng.choice((0, 1, 2, 4)))
                elif column.kind == "signed_count":
                    value = rng.randint(-30, 30)
                else:
                    value = rng.randint(0, big if column.id == "decisions" else 60)
                values[f"proactive.{block.id}.{row.id}:{column.id}"] = value


def _application(form: Form, scale: int, rng: Random, values: Figures) -> None:
    leaves = [row.id for row in form.rows if row.id not in _SINGLE]
    for order, column in enumerate(form.applicants[:-1]):
        limit = scale if order == 0 else scale // 5
        new, before = rng.randint(0, limit), rng.randint(0, limit // 6)
        after = rng.randint(0, min(new + before, limit // 8))
        counts = dict.fromkeys(leaves, 0)
        for _ in range(new + before - after):
            counts[rng.choice(leaves[:2] if rng.random() < 0.5 else leaves)] += 1
        whole = {"received_new": new, "carried_in": before, "carried_out": after}
        whole |= {"result.total": sum(counts.values())} | counts
        for row, value in whole.items():
            values[f"application.{row}:{column.id}"] = value
    for row in (entry.id for entry in form.rows):
        parts = [values[f"application.{row}:{c.id}"] for c in form.applicants[:-1]]
        values[f"application.{row}:total"] = sum(parts)


def _challenge(form: Form, scale: int, rng: Random, values: Figures) -> None:
    for group in form.groups:
        total = 0
        for outcome in form.outcomes[:-1]:
            value = rng.randint(0, scale // 6) if rng.random() < 0.4 else 0
            values[f"challenge.{group.id}:{outcome.id}"] = value
            total += value
        values[f"challenge.{group.id}:total"] = total


def spoil(form: Form, values: Figures, rng: Random) -> None:
    """Put one wrong number where offices put them: a total, or a leaf that no total knows of."""
    candidates = [
        f"application.result.total:{rng.choice(form.applicants).id}",
        f"application.{rng.choice(form.rows).id}:total",
        f"challenge.{rng.choice(form.groups).id}:total",
    ]
    values[rng.choice(candidates)] += rng.randint(1, 9)


def failing(form: Form, values: Mapping[str, int | float | None]) -> frozenset[str]:
    """Identities that the explicit numbers break; one with an operand missing is not assessable."""
    broken: set[str] = set()

    def check(rule: str, left: list[str], right: list[str]) -> None:
        sides = [[values[name] for name in side] for side in (left, right)]
        if any(value is None for side in sides for value in side):
            return
        if sum(v for v in sides[0] if v is not None) != sum(v for v in sides[1] if v is not None):
            broken.add(rule)

    leaves = [row.id for row in form.rows if row.id not in _SINGLE]
    for column in (label.id for label in form.applicants):
        name = {row: f"application.{row}:{column}" for row in (*_SINGLE, *leaves)}
        check("A1", [name["received_new"], name["carried_in"]], [name["result.total"], name["carried_out"]])
        check("A2", [name["result.total"]], [name[leaf] for leaf in leaves])
    for row in form.rows:
        cells = [f"application.{row.id}:{label.id}" for label in form.applicants]
        check("A3", cells[-1:], cells[:-1])
    for group in form.groups:
        cells = [f"challenge.{group.id}:{label.id}" for label in form.outcomes]
        check("C1", cells[-1:], cells[:-1])
    return frozenset(broken)


_SUMS = (
    "application.received", "application.closed", "application.answered.refused", "application.answered",
    "review", "litigation", "capacity.staff",
)  # fmt: skip


def statistics(rows: list[str], rng: Random) -> dict[str, int]:
    """Values of the 2014 form: parents are the sums of their children."""
    values = {row: rng.choice((0, 0, rng.randint(1, 900))) for row in rows}
    for parent in _SUMS:
        depth = parent.count(".") + 1
        values[parent] = sum(
            v for row, v in values.items() if row.startswith(f"{parent}.") and row.count(".") == depth
        )
    return values
