"""The door of the room: a database opened for reading, beside a crawl that writes to it."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from govcrawl.crawl.hours import BEIJING
from govcrawl.errors import UsageError
from govcrawl.export.rules import RULES
from govcrawl.library import nouns
from govcrawl.library.asked import TEMPLATES, Asked, numbers, one_of, several
from govcrawl.library.closed import Closed
from govcrawl.library.nouns import CheckRow, CoverageRow, FactRow, FullReport, ReportRow, RunRow, StatementRow
from govcrawl.library.rows import Rows
from govcrawl.model import Outcome, Section
from govcrawl.panel import PanelRow, Renames, panel_rows
from govcrawl.registry import Registry, load
from govcrawl.search import Found, search
from govcrawl.store import Store
from govcrawl.store.grams import Part
from govcrawl.store.readonly import open_readonly
from govcrawl.store.sqlite import moment

Row = TypeVar("Row")
Years = int | Iterable[int] | None
Names = str | Iterable[str] | None

_RULES = [rule for rule, *_ in RULES]
_OF_REPORT = {"report_id": "r.id", "division_code": "r.division_code", "agency": "r.agency", "year": "r.year"}


def open_database(where: str | Path = "output") -> Database:
    """The database of an output folder, or a database file, opened for reading.

    UsageError, in one line, where there is none, and for one that is not govcrawl's or of another version.
    """
    path = Path(where)
    return Database(open_readonly(path / "govcrawl.db" if path.is_dir() else path))


class Database:
    """A govcrawl database; a context manager that closes it. Nothing here writes or waits for a crawl.

    Filters: ``region`` is the beginning of a division code, ``years`` a fiscal year or several, ``agency`` a
    part of a body's name, ``template`` 2014, 2019, 2021 or free.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.path = store.path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; whatever is asked for afterwards is a UsageError."""
        self._store.close()
        self._store = cast(Store, Closed(self.path))

    def reports(
        self, *, region: str | None = None, years: Years = None, agency: str = "", template: Names = None
    ) -> Rows[ReportRow]:
        """Reports without their texts, by division code, body and year."""
        return self._rows(ReportRow, "reports r", Asked.of(region, years, agency, template))

    def facts(
        self, fact: Names = None, *, region: str | None = None, years: Years = None, agency: str = "",
        template: Names = None,
    ) -> Rows[FactRow]:  # fmt: skip
        """Cells of the statutory tables, all or those with the given ids; UsageError for an unknown id."""
        asked = Asked.of(region, years, agency, template).among("f.fact", self._known(fact))
        return self._rows(FactRow, "facts f JOIN reports r ON r.id = f.report_id", asked, "f.fact")

    def checks(
        self, *, outcome: Names = None, rule: Names = None, region: str | None = None, years: Years = None,
        agency: str = "", template: Names = None,
    ) -> Rows[CheckRow]:  # fmt: skip
        """The accounting identities of the reports, with some outcomes or rules or with all."""
        asked = Asked.of(region, years, agency, template)
        outcomes = one_of("outcome", outcome, [one.value for one in Outcome])
        asked = asked.among("c.outcome", outcomes).among("c.rule", one_of("rule", rule, _RULES))
        return self._rows(CheckRow, "checks c JOIN reports r ON r.id = c.report_id", asked, "c.place")

    def statements(
        self, *, region: str | None = None, years: Years = None, agency: str = "", template: Names = None
    ) -> Rows[StatementRow]:
        """Numbers taken from sentences."""
        asked = Asked.of(region, years, agency, template)
        return self._rows(StatementRow, "statements s JOIN reports r ON r.id = s.report_id", asked, "s.rowid")

    def runs(self) -> Rows[RunRow]:
        """All runs, the first one first."""
        return self._rows(RunRow, "runs r", Asked(), "r.id", ordered=False)

    def coverage(
        self, *, region: str | None = None, years: Years = None, registry: Registry | None = None,
        today: date | None = None,
    ) -> Rows[CoverageRow]:  # fmt: skip
        """Each body and year that the law asks for, or of which a report is there, with its status."""
        from govcrawl.coverage import coverage, gather, years_of

        chosen = numbers(years)

        def read() -> Iterator[tuple[Any, ...]]:
            day = today or datetime.now(BEIJING).date()
            material = gather(self._store, registry or load(), region)
            for row in coverage(
                material.places, material.reports, material.links, material.mentions,
                years=years_of(material, chosen, day), today=day,
            ):  # fmt: skip
                place, body = row.territory, row.body
                yield (
                    place.portal, place.code, place.name, body.norm, body.kind, body.town, row.year,
                    row.due.isoformat(), row.status.value, row.url, row.reason,
                )  # fmt: skip

        return Rows(CoverageRow, read)

    def panel(
        self, *, region: str | None = None, years: Years = None, renames: Renames = Renames(),  # noqa: B008 - frozen
        registry: Registry | None = None, today: date | None = None,
    ) -> Rows[PanelRow]:  # fmt: skip
        """Body by year with stable ids, gaps named: see docs/panel.md."""
        day, chosen = today or datetime.now(BEIJING).date(), numbers(years)
        return Rows(
            PanelRow,
            lambda: panel_rows(
                self._store,
                registry or load(),
                region=region,
                years=chosen,
                renames=renames,
                today=day,
            ),
        )

    def series(
        self, body_id: str, facts: str | Iterable[str], *, years: Years = None, renames: Renames = Renames(),  # noqa: B008
        registry: Registry | None = None,
    ) -> Rows[nouns.SeriesRow]:  # fmt: skip
        """Facts of one body of the panel through the years, those without a report among them."""
        code = body_id.partition(":")[0]
        region = code[:6] if code.isdigit() else None
        panel = self.panel(region=region, years=years, renames=renames, registry=registry)
        asked = self._known(facts)

        def read() -> Iterator[tuple[Any, ...]]:
            for row in panel:
                if row.body_id == body_id:
                    cells = self._cells(row.report_id, asked)
                    for fact in asked:
                        cell = cells.get(fact, (None, None, None))
                        yield (body_id, row.year, row.status, row.report_id, fact, *cell)

        return Rows(nouns.SeriesRow, read)

    def _cells(self, report_id: int | None, facts: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        where, values = Asked().among("f.report_id", (report_id,)).among("f.fact", facts).where()
        found = self._store.db.conn.execute(
            f"SELECT f.fact, f.value, f.raw, f.status FROM facts f WHERE {where}", values
        )
        return {fact: tuple(rest) for fact, *rest in found}

    def search(
        self, words: str, *, region: str | None = None, years: Years = None, agency: str = "",
        template: Names = None, parts: Sequence[str] = tuple(Part), limit: int | None = 20,
    ) -> Found:  # fmt: skip
        """Reports whose title or text holds some words: see docs/search.md; ``limit=0`` gives all."""
        from govcrawl.store import Selection

        places = [Part(part) for part in one_of("part", parts, [*Part])]
        chosen = Selection(region, numbers(years), templates=one_of("template", template, TEMPLATES))
        return search(self._store.db, words, chosen, agency=agency, parts=places, limit=limit)

    def report(self, key: int | str) -> FullReport:
        """A report by its id or any of its addresses, with all its parts as of one moment."""
        with moment(self._store.db):
            column, table = ("id", "reports") if isinstance(key, int) else ("url", "sources")
            known = "id" if table == "reports" else "report_id"
            found = self._store.db.conn.execute(
                f"SELECT {known} FROM {table} WHERE {column} = ?", (key,)
            ).fetchone()
            if found is None:
                raise UsageError(f"{self.path}: no report {key!r}; look for it with reports() or search()")
            return self._whole(found[0])

    def _whole(self, report_id: int) -> FullReport:
        asked = Asked().among("r.id", (report_id,))
        (row,) = self._rows(ReportRow, "reports r", asked)
        text = self._store.db.conn.execute("SELECT text FROM reports WHERE id = ?", (report_id,)).fetchone()[
            0
        ]
        own = {name: self._store.parts(name, report_id) for name in ("sections", "tables", "sources")}
        versions = self._rows(
            nouns.VersionRow,
            "versions r",
            Asked().among("r.report_id", (report_id,)),
            "r.rowid",
            ordered=False,
        )
        return FullReport(
            row,
            text,
            tuple(Section(**section) for section in own["sections"]),
            tuple(
                nouns.TableRow(t["number"], t["caption"], t["kind"], tuple(map(tuple, json.loads(t["grid"]))))
                for t in own["tables"]
            ),
            tuple(self._rows(FactRow, "facts f JOIN reports r ON r.id = f.report_id", asked, "f.fact")),
            tuple(self._rows(CheckRow, "checks c JOIN reports r ON r.id = c.report_id", asked, "c.place")),
            tuple(
                self._rows(
                    StatementRow, "statements s JOIN reports r ON r.id = s.report_id", asked, "s.rowid"
                )
            ),
            tuple(versions),
            tuple(
                nouns.SourceRow(s["url"], s["sha256"], s["source_type"], s["fetched_at"], s["reason"])
                for s in own["sources"]
            ),
        )

    def _rows(
        self, kind: type[Row], tables: str, asked: Asked, order: str = "r.id", *, ordered: bool = True
    ) -> Rows[Row]:
        names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
        alias = tables.split()[1]
        joined = alias != "r"
        columns = ", ".join(
            _OF_REPORT.get(name, f'{alias}."{name}"') if joined else f'r."{name}"' for name in names
        )
        by = f"r.division_code, r.agency_norm, r.year, r.url, {order}" if ordered else order
        where, values = asked.where()
        sql = f"SELECT {columns} FROM {tables} WHERE {where} ORDER BY {by}"
        return Rows(kind, lambda: self._store.db.conn.execute(sql, values))

    def _known(self, facts: Names) -> tuple[str, ...]:
        asked = several(facts)
        known = {fact for (fact,) in self._store.db.conn.execute("SELECT fact FROM fact_ids")}
        if known and (strange := sorted(set(asked) - known)):
            raise UsageError(f"{self.path}: holds no fact {strange[0]!r}; ids are told in docs/dataset.md")
        return asked
