"""Output folders made by hand: what a crawl of a portal would have left, report by report."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from govcrawl.archive import Archive
from govcrawl.model import Entry, Given, Listing, Portal, Report, Source, Validators, Visit
from govcrawl.store import Store
from tests.store.make import report

FIRST, NEXT, LAST = "2026-01-02T03:04:05Z", "2026-02-02T03:04:05Z", "2026-03-02T03:04:05Z"


@dataclass(frozen=True)
class Page:
    """A page of a portal ``key`` with the report that it shows."""

    key: str
    name: str
    report: Report
    content: bytes = b""
    division: str | None = None
    at: str = FIRST

    @property
    def url(self) -> str:
        return f"http://www.{self.key}.gov.cn/nb/{self.name}.html"

    @property
    def entry(self) -> Entry:
        return Entry(self.url, self.key, self.report.title, self.report.year, None, self.list, "title")

    @property
    def list(self) -> str:
        return f"http://www.{self.key}.gov.cn/nb/"


def page(key: str, year: int, agency: str = "民政局", **more: object) -> Page:
    """A page that shows the report of one body for a year, its text like no other one's."""
    told = {name: more.pop(name) for name in ("name", "content", "division", "at") if name in more}
    text = f"一、总体情况\n\n{agency}在{year}年做了{hashlib.sha256(f'{key}{agency}{year}'.encode()).hexdigest()}。"
    given = {
        "title": f"{agency}{year}年报告",
        "agency": agency,
        "agency_norm": agency,
        "year": year,
        "text": text,
    }
    made = report(**given | {"checks": (), "findings": ()} | more)
    return Page(key, str(told.pop("name", f"{agency}{year}")), made, **told)  # type: ignore[arg-type]


@dataclass
class Folder:
    """An output folder that is being made; ``crawl`` adds what a run has found."""

    path: Path
    keys: set[str] = field(default_factory=set)

    def crawl(self, *pages: Page, outcome: str | None = "complete", pending: tuple[Page, ...] = ()) -> int:
        self.path.mkdir(parents=True, exist_ok=True)
        with Store.open(self.path / "govcrawl.db") as store, Archive(self.path / "archive") as archive:
            run = store.start_run("crawl", {})
            for one in (*pages, *pending):
                store.note_portal(_portal(one.key), run)
                store.note_visit(Visit(one.list, one.key, None, "年报", "list", "its title"), run)
                store.note_entries(
                    [one.entry], run, Validators(one.list, '"1"', None, None, "0" * 64, one.at)
                )
            for one in pages:
                content = one.content or f"{one.url} {one.report.text}".encode()
                record = archive.add(one.url, content, fetched_at=one.at, known=store.record)
                source = Source(
                    one.url, one.key, one.division, record.sha256, one.at, record, Given(one.url, one.url)
                )
                known = Validators(one.url, f'"{record.sha256[:8]}"', None, None, record.sha256, one.at)
                store.save_report(one.report, replace(source, validators=known), entry=one.entry, run_id=run)
            for key in sorted({one.key for one in (*pages, *pending)}):
                url = f"http://www.{key}.gov.cn/nb/"
                store.remember_listings(key, [Listing(url, ("年报",), None, 1)], run)
                if outcome is not None:
                    store.note_portal_run(run, _portal(key), outcome=outcome, counts={"requests": len(pages)})
            if outcome is not None:
                store.finish_run(run, verdict=outcome, exit_status=0, counts={}, detail={})
        return run


def _portal(key: str) -> Portal:
    return Portal(key, key, f"http://www.{key}.gov.cn/")
