"""govcrawl checks: what is wrong with published reports, for those who can mend it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click
from click.core import ParameterSource

from govcrawl.cli.options import (
    format_option,
    opened,
    output_option,
    region_option,
    selection,
    year_option,
)
from govcrawl.cli.output import show
from govcrawl.counting import counted
from govcrawl.errors import UsageError
from govcrawl.export.rules import FINDINGS, RULES
from govcrawl.model import Outcome
from govcrawl.store import Store
from govcrawl.store.defects import Wanted
from govcrawl.store.queries import Selection
from govcrawl.terminal import say

_COLUMNS = ("agency", "year", "kind", "rule", "subject", "expected", "actual", "cells", "detail", "url")
_RULE_LENGTH = 2  # A1; a finding is named by a word


@click.command()
@click.option(
    "--outcome",
    type=click.Choice([outcome.value for outcome in Outcome]),
    default=Outcome.FAIL.value,
    show_default=True,
)
@click.option(
    "--rule", "rules", multiple=True, help="Only this rule (A1) or kind of finding; may be repeated."
)
@click.option("--agency", default="", help="Only bodies with this in their name.")
@click.option(
    "--findings/--no-findings",
    default=None,
    help="List findings beside failed checks; done when left out, unless --outcome is given.",
)
@region_option
@year_option
@format_option
@output_option
@click.pass_context
def checks(
    ctx: click.Context,
    outcome: str,
    rules: tuple[str, ...],
    agency: str,
    findings: bool | None,
    region: str | None,
    years: tuple[str, ...],
    format_: str,
    output: Path,
) -> None:
    """List failed checks and findings with the address of the report and the cells or sentence concerned."""
    chosen = selection(region, years)
    if findings is None:
        named = {rule for rule in rules if len(rule) > _RULE_LENGTH}
        findings = bool(named) or ctx.get_parameter_source("outcome") is ParameterSource.DEFAULT
    with opened(output) as store:
        _check_known(rules, store)
        if region or years or agency:
            _check_some_report(chosen, agency, store)
        found = list(store.defects(outcome, chosen, Wanted(rules, agency, findings)))
        shown = show(found, _COLUMNS, format_, below=("cells", "detail", "url"))
    if format_ == "table":
        if findings and outcome == Outcome.FAIL.value:
            failed = sum(row["kind"] == "check" for row in found)
            say(f"{counted(failed, 'failed check')}, {counted(shown - failed, 'finding')}.")
        else:
            say(f"{shown} {'check' if shown == 1 else 'checks'} with outcome {outcome}.")


def _check_some_report(chosen: Selection, agency: str, store: Store) -> None:
    """Raise UsageError where no report is judged: a misspelt body would look as if all were well."""
    where, parameters = chosen.where()
    sql = f"SELECT 1 FROM reports r WHERE {where} AND instr(coalesce(r.agency, ''), ?) > 0 LIMIT 1"  # noqa: S608
    if store.db.conn.execute(sql, (*parameters, agency)).fetchone() is None:
        raise UsageError(f"{store.path}: no report matches, so none was checked; see `govcrawl status`")


def _check_known(rules: Collection[str], store: Store) -> None:
    """Raise UsageError for a rule that there is not: a misspelt one would look as if all were well."""
    sql = "SELECT rule FROM checks UNION SELECT kind FROM findings WHERE kind NOT LIKE 'identity_fail:%'"
    stored = (rule for (rule,) in store.db.conn.execute(sql))
    known = {*(rule for rule, *_ in RULES), *FINDINGS, *stored}
    for rule in rules:
        if rule not in known:
            raise UsageError(f"--rule {rule!r} is none of {', '.join(sorted(known))}")
