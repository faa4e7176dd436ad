"""govcrawl search: the reports that hold some words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from govcrawl.cli.options import (
    format_option,
    opened,
    output_option,
    region_option,
    selection,
    template_option,
    year_option,
)
from govcrawl.cli.output import progress, show
from govcrawl.counting import counted
from govcrawl.errors import DatabaseInUse
from govcrawl.search import Found, search
from govcrawl.store import Selection, Store
from govcrawl.store.grams import Part
from govcrawl.store.indexing import FEW, catch_up, pending, wasteful
from govcrawl.terminal import harmless_json, say
from govcrawl.text import folded

_COLUMNS = ("year", "division_code", "agency", "part", "snippet", "url")
_CSV = ("report_id", "year", "division_code", "agency", "title", "part", "snippet", "url")


@click.command(name="search")
@click.argument("words")
@region_option
@year_option
@template_option
@click.option("--agency", default="", help="Only bodies whose name holds this, e.g. 教育局.")
@click.option(
    "--in",
    "parts",
    multiple=True,
    type=click.Choice([part.value for part in Part]),
    help="Only there; may be repeated. Everywhere when left out.",
)
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="0 shows all.")
@format_option
@output_option
def search_command(
    words: str, region: str | None, years: tuple[str, ...], templates: tuple[str, ...], agency: str,
    parts: Sequence[str], limit: int, format_: str, output: Path,
) -> None:  # fmt: skip
    """Reports whose title or text holds WORDS, of one character or many, exactly.

    White space, width of characters, kinds of quotes and case do not count; nothing in WORDS is an operator.
    Reports that hold them in the title come first, then in the prose, then in the tables.
    """
    chosen = replace(selection(region, years), templates=templates)
    with opened(output) as store:
        _index(store)
        found = search(
            store.db, words, chosen, agency=agency, parts=[Part(part) for part in parts] or tuple(Part),
            limit=limit,
        )  # fmt: skip
        nobody = not found.hits and not _some_report(store, chosen, agency)
    _show(found, format_)
    if nobody:
        say("No report at all matches the filters; `govcrawl status` shows what is there.", err=True)


def _some_report(store: Store, chosen: Selection, agency: str) -> bool:
    """Whether a report is one of those to be searched: a misspelt body would look as if it did not say so."""
    where, parameters = chosen.where()
    bodies = store.db.conn.execute(f"SELECT DISTINCT r.agency FROM reports r WHERE {where}", parameters)  # noqa: S608
    return any(folded(agency) in folded(body or "") for (body,) in bodies)


def _index(store: Store) -> None:
    """Bring the index of a database up to date that an older govcrawl wrote; a search is right without it."""
    waiting = pending(store.db)
    if waiting <= 2 * FEW and not wasteful(store.db):
        return
    try:
        if store.readonly:
            raise DatabaseInUse("nothing may be written here")
        with progress("indexing for search, once", waiting) as done:
            catch_up(store.db, done)
    except DatabaseInUse:
        say(f"The index lacks {counted(waiting, 'report')}, which are read one by one.", err=True)


def _show(found: Found, format_: str) -> None:
    rows = [asdict(hit) for hit in found.hits]
    if format_ == "json":
        told = {"query": found.query, "total": found.total, "more": found.more, "hits": rows}
        say(harmless_json(told))
        return
    if format_ == "csv":
        show(rows, _CSV, format_)
        return
    for row, hit in zip(rows, found.hits, strict=True):
        row["snippet"] = (
            f"{hit.snippet[: hit.start]}[{hit.snippet[hit.start : hit.end]}]{hit.snippet[hit.end :]}"
        )
    show(rows, _COLUMNS, format_, below=("snippet", "url"))
    left = found.more or len(rows) < found.total
    more = f"; the first {len(rows)} are shown, --limit 0 shows all" if left else ""
    say(f"{'more than ' if found.more else ''}{counted(found.total, 'report')}{more}", err=not rows)
