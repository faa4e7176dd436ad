"""govcrawl explain: why a report is here, or why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from govcrawl.cli.options import opened, output_option, registry_option
from govcrawl.counting import counted
from govcrawl.explain import explain
from govcrawl.registry import load
from govcrawl.store.queries import Row
from govcrawl.terminal import harmless_json, say

_UNKNOWN = 3
_SETTLED = frozenset(  # the reasons of a run are those of other links
    ("stored", "rejected", "gone", "failed", "blocked")
)
_EVIDENCE = ("agency", "year", "period", "published", "title", "attachment", "tables_from", "scope_words")


@click.command(name="explain")
@click.argument("url")
@output_option
@registry_option
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def explain_command(ctx: click.Context, url: str, output: Path, extra: Path | None, format_: str) -> None:
    """Say why a report is here, or why not: how its link was found, what became of it, why it is a report.

    URL may be spelt with http or https, with www or without, with or without a final slash, or be the path of
    an ingested file. Exit status 3 when the database does not know it.
    """
    with opened(output) as store, store.snapshot():
        told = explain(store, url, load(extra))
    if format_ == "json":
        say(harmless_json(told))
    else:
        for line in _lines(told, output):
            say(line)
    if not told["known"]:
        ctx.exit(_UNKNOWN)


def _lines(told: Row, output: Path) -> Iterator[str]:
    link, report = told["link"], told["report"]
    yield (report or link or {}).get("title") or told["url"]
    yield f"    {told['url']}"
    yield from _standing(told)
    if told["path"]:
        yield "\nHow it was found"
        yield from _path(told)
    yield "\nWhy" if report is None else "\nWhy it is a report"
    yield from _why(told)
    if told["archive"]:
        kept = told["archive"]
        yield "\nIts bytes"
        yield f"    {output / 'archive' / kept['file']}, offset {kept['offset']}, {kept['length']} bytes"
        yield f"    fetched {_time(kept['fetched_at'])}, status {kept['status']}, sha256 {kept['sha256']}"
    if told["history"]:
        yield "\nWhen"
        yield from _when(told)
    if told["next"]:
        yield f"\nNext: {told['next']}"


def _standing(told: Row) -> Iterator[str]:
    link, portal = told["link"], told["portal"]
    state = told["state"] or "not in the database"
    tries = f" after {counted(link['attempts'], 'attempt')} (run {link['run_id']})" if link else ""
    yield f"    {state}{tries}"
    if portal is not None:
        code = f" ({portal['division_code']})" if portal["division_code"] else ""
        last = f", last run {portal['run_id']}: {portal['outcome']}" if portal["outcome"] else ""
        name = f" {portal['name']}" if portal["name"] != portal["key"] else ""
        yield f"    portal {portal['key']}{name}{code}{last}"
        if portal["reason"] and told["state"] not in _SETTLED:
            yield f"    {portal['reason']}"


def _path(told: Row) -> Iterator[str]:
    for number, page in enumerate(told["path"], start=1):
        notes = [page["dialect"], counted(page["entries"], "report link") if page["entries"] else None]
        noted = ", ".join(note for note in (*notes, page["trouble"]) if note)
        words = f"«{page['label']}»" if page["label"] and "«" in page["reason"] else page["reason"]
        yield f"  {number:2}  {words}" + (f"  ({noted})" if noted else "")
        yield f"      {page['url']}"
    link = told["link"]
    if link is not None:
        dated = f", dated {link['published']}" if link["published"] else ""
        yield f"  {len(told['path']) + 1:2}  «{link['title']}»{dated}: {link['reason']}"
        yield f"      {link['url']}"


def _why(told: Row) -> Iterator[str]:
    judged, report = told["judgement"], told["report"]
    yield f"    {judged['why']}"
    if report is not None:
        yield f"    body {report['agency']}, fiscal year {report['year']}, form {report['template']}"
    shown = [name for name in _EVIDENCE if name in judged["evidence"]]
    yield from (f"    {name.replace('_', ' ')}: {judged['evidence'][name]}" for name in shown)


def _when(told: Row) -> Iterator[str]:
    history, report = told["history"], told["report"]
    yield f"    first seen {_time(history['first_seen'])}, last {_time(history['last_seen'])}"
    if report is not None:
        yield f"    report stored {_time(report['first_seen'])}, bytes fetched {_time(report['fetched_at'])}"
    for version in history["versions"]:
        yield f"    changed {_time(version['replaced_at'])}; before that: {version['title']}"


def _time(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else "at an unknown time"
