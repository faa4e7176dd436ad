"""An output folder whose reports are hostile wherever a page or a title can be."""

from __future__ import annotations

from pathlib import Path

from govcrawl.archive import Archive
from govcrawl.model import Attachment, Check, EntryState, Fact, Outcome, Portal, Report, Section, Status
from govcrawl.reports.schema import load_schema
from govcrawl.store import Store
from tests.store.make import URL, entry, report, source

EVIL = "<script>document.title='owned'</script>"
PORTAL = Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/", "990101", "county", "南岭省", "澄州市")
PAGE = (
    "<html><head><title>年报</title><script>document.title='owned'</script></head><body onload=alert(1)>"
    "<h1>石坞县民政局2021年年报</h1><p onclick='alert(1)'>本局全年主动公开信息35条。</p>"
    "<table border=1><tr><td colspan=2>行政许可</td><td>12</td></tr></table>"
    "<img src='http://www.shiwu.gov.cn/a.png' onerror='alert(1)'><iframe src='//evil.example/'></iframe>"
    "<a href='javascript:alert(1)'>下载</a><style>*{display:none}</style></body></html>"
).encode()


def facts(template: str, seed: int) -> tuple[Fact, ...]:
    """Every cell of a form with a number of its own, one blank and one in words."""
    made = [
        Fact(
            fact.id,
            (number * 7 + seed) % 23,
            str((number * 7 + seed) % 23),
            Status.NUMBER,
            fact.unit,
            "header",
        )
        for number, fact in enumerate(load_schema().facts(template))
    ]
    if made:
        made[3] = made[3]._replace(value=None, raw="", status=Status.BLANK)
        made[4] = made[4]._replace(value=None, raw=f"无{EVIL}", status=Status.NONE_WORD)
    return tuple(made)


def yearly(year: int, template: str, agency: str = "石坞县民政局") -> Report:
    return report(
        title=f"{agency}{year}年政府信息公开工作年度报告",
        agency=agency, agency_norm=agency.removeprefix("石坞县"), agency_type="department",
        year=year, published=f"{year + 1}-01-18", template=template, facts=facts(template, year),
        tables=(), checks=(Check("A1", "application.carried_out:total", Outcome.FAIL, "4", "3"),),
        text=f"一、总体情况\n\n{year}年主动公开信息35条。",
    )  # fmt: skip


def hostile() -> Report:
    return report(
        title=f"年报{EVIL}", agency=f"石坞县{EVIL}局", agency_norm=f"{EVIL}局", agency_type=f"{EVIL}",
        year=2020, template="2019", text=f"{EVIL}\n\n| {EVIL} | 1 |\n", facts=facts("2019", 1),
        sections=(Section(0, "", EVIL), Section(1, EVIL, f"{EVIL}\n\n| {EVIL} |\n| --- |\n| 1 |")),
        checks=(Check("A1", EVIL, Outcome.FAIL, EVIL, EVIL), Check(EVIL, EVIL, Outcome.FAIL)),
        attachments=(Attachment("javascript:alert(1)", EVIL), Attachment("data:text/html,<script>", EVIL)),
    )  # fmt: skip


def fill(output: Path) -> None:
    """Five reports of one body, one of which was changed, and a hostile one; a link that failed; two runs."""
    with Store.open(output / "govcrawl.db") as store, Archive(output / "archive") as archive:
        for run in (1, 2):
            store.start_run("crawl", {"portals": "shiwu"})
            store.note_portal(PORTAL, run)
        record = archive.add(URL, PAGE, media_type="text/html")
        store.note_record(record)
        for year, template in (
            (2015, "2014"),
            (2019, "2019"),
            (2020, "2019"),
            (2021, "2021"),
            (2022, "2021"),
        ):
            url = f"http://www.shiwu.gov.cn/{year}.html"
            kept = source(url, PAGE)
            store.save_report(yearly(year, template), kept, entry=entry(url, year=year), run_id=1)
        url = f"http://www.shiwu.gov.cn/{EVIL}.html"
        store.save_report(hostile(), source(url, PAGE), entry=entry(url, title=EVIL, year=2020), run_id=1)
        store.note_entries([entry(f"{URL}?2", title="石坞县财政局2021年政府信息公开工作年度报告")], 1)
        store.close_entry(f"{URL}?2", EntryState.FAILED, f"no answer {EVIL}", run_id=1)
        for run in (1, 2):
            store.note_portal_run(
                run,
                PORTAL,
                outcome="incomplete",
                reason=f"<b>{EVIL}</b>",
                counts={"requests": run * 5, "listed": 7 - run},
            )
            store.finish_run(
                run, verdict="incomplete", exit_status=3, counts={"requests": run * 5}, detail={}
            )
