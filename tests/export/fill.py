"""Three reports, one of them with cells that a spreadsheet would run."""

from __future__ import annotations

from govcrawl.model import Fact, Finding, Status
from govcrawl.store import Store
from tests.store.make import URL, report, source

FORMULA = '=HYPERLINK("http://evil.example/","点这里")'


def fill(store: Store) -> None:
    run = store.start_run("test", {})
    store.save_report(report(), source(), run_id=run)
    store.save_report(report(title="二〇二〇", year=2020), source(f"{URL}?2", division="450703"), run_id=run)
    hostile = report(
        agency=FORMULA,
        year=2019,
        facts=(Fact("stat2014.proactive.disclosed_total:value", None, "@x", Status.TEXT),),
        findings=(Finding("odd", "a", "两行\n“引号”,逗号"),),
    )
    store.save_report(hostile, source(f"{URL}?0", division=None), run_id=run)
