"""Findings to review: failed checks and what else reading found, by rule, region and year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from govcrawl.export.rules import RULES
from govcrawl.reports.concerned import label_of
from govcrawl.reports.schema import load_schema
from govcrawl.serve.asking import Ask, Context, page
from govcrawl.serve.lists import Chosen, sliced, years_of
from govcrawl.serve.marks import cell_of, gravity, rule_name
from govcrawl.serve.sides import sides
from govcrawl.serve.site import Site
from govcrawl.store.queries import Row
from govcrawl.store.readonly import open_readonly

_COLUMNS = "r.id, r.url, r.agency, r.title, r.year, r.template, r.portal"
_CHECKS = {rule for rule, *_ in RULES}


def findings(ask: Ask) -> Context:
    """What there is to review, newest year first, each with the cell of its report."""
    chosen, rule = Chosen.of(ask), ask.word("rule")
    where, parameters = chosen.where()
    counted = ask.site.kept.get(("findings", chosen), ask.site.state(), lambda: _counts(ask.site, chosen))
    if rule and rule not in _CHECKS:
        sql = (
            f"SELECT {_COLUMNS}, f.kind AS rule, f.subject, f.detail, NULL AS expected, NULL AS actual "  # noqa: S608
            f"FROM findings f JOIN reports r ON r.id = f.report_id WHERE f.kind = ? AND {where} "
            "ORDER BY r.year DESC, r.id, f.rowid"
        )
    else:
        named = "c.rule = ?" if rule else "? = ''"
        sql = (
            f"SELECT {_COLUMNS}, c.rule, c.subject, '' AS detail, c.expected, c.actual "  # noqa: S608
            f"FROM checks c JOIN reports r ON r.id = c.report_id WHERE c.outcome = 'fail' AND {named} "
            f"AND {where} ORDER BY r.year DESC, r.id, c.place"
        )
    found = sliced(ask, "/findings", sql, [rule, *parameters])
    return {
        "slice": found,
        "lines": [_line(one) for one in found.rows],
        "counted": counted,
        "total": sum(number for _, number in counted[0]),
        "rule": rule,
        "chosen": chosen,
        "years": years_of(ask.store.db),
        "rule_name": lambda name: rule_name(name, ask.say),
        "sides": partial(sides, ask.say),
        "gravity": gravity,
        "label_of": label_of,
    }


def _counts(site: Site, chosen: Chosen) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """(rules with their fails, kinds of other findings with theirs), of a region and year."""
    where, parameters = chosen.where()
    sql = (  # CROSS: the fails first, also where SQLite before 3.41 would go through all reports
        "SELECT c.rule, count(*) FROM checks c CROSS JOIN reports r ON r.id = c.report_id "  # noqa: S608
        f"WHERE c.outcome = 'fail' AND {where} GROUP BY c.rule"
    )
    others = (
        "SELECT f.kind, count(*) FROM findings f JOIN reports r ON r.id = f.report_id "  # noqa: S608
        f"WHERE f.kind NOT LIKE 'identity_fail:%' AND {where} GROUP BY f.kind ORDER BY f.kind"
    )
    with open_readonly(site.database) as store:
        fails = dict(store.db.conn.execute(sql, parameters).fetchall())
        found = store.db.conn.execute(others, parameters).fetchall()
    order = [rule for rule, *_ in RULES if rule in fails]
    return [(rule, fails[rule]) for rule in (*order, *sorted(fails.keys() - set(order)))], found


def _line(found: Row) -> dict[str, Any]:
    return {**found, "cell": cell_of(found["rule"], found["subject"], _facts(found["template"]))}


@cache
def _facts(template: str) -> frozenset[str]:
    return frozenset(_ids(template))


def _ids(template: str) -> Iterator[str]:
    return (fact.id for fact in load_schema().facts(template))


FINDINGS = page("findings.html", findings)
