"""README.md of a dataset: its data card, in the form that dataset hubs read, written from its own counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

from govcrawl import __version__, registry
from govcrawl.export.frictionless import TITLE
from govcrawl.export.manifest import Told, numbers_rounded, texts_cut
from govcrawl.export.output import Written
from govcrawl.export.rules import RULES
from govcrawl.model import Status

_MEANING = {
    Status.NUMBER: "holds a number, zero too",
    Status.BLANK: "is empty",
    Status.DASH: "holds a dash or slash",
    Status.NONE_WORD: "says 无 or the like",
    Status.TEXT: "holds other text",
    Status.MISSING: "is not there, or its table is not",
    Status.IMAGE: "is in a table that is a picture",
    Status.AMBIGUOUS: "cannot be told apart from its neighbours",
}
_OPTIONS = {"agency_types": "types of body", "templates": "forms", "mask": "texts masked"}
_HEADINGS = {
    "year": "fiscal year",
    "template": "form",
    "province": "province",
    "agency_type": "type of body",
    "scope": "scope",
    "source_type": "read from",
}


def card(told: Told) -> str:
    """The data card."""
    parts = (
        _head(told), _summary(told), _files(told), _coverage(told), _missing(told), _checks(told),
        _biases(told), _made(told), _rights(told),
    )  # fmt: skip
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(told: Told) -> Iterator[str]:
    """The metadata block: each table that hubs can load is a configuration of its own.

    They read all configurations of a folder by one loader, so only files like ``reports`` are named.
    """
    kinds = {table.relation.name: _ending(table) for table in told.written}
    kind = kinds.get("reports", ".csv")
    yield from (
        "---",
        "language:",
        "- zh",
        "pretty_name: Annual reports on open government information (China)",
    )
    yield from ("tags:", "- government", "- china", "- tabular")
    named = [table for table in told.written if table.rows and kind and _ending(table) == kind]
    if named:
        yield "configs:"
    for table in named:
        several = len(table.paths) > 1 or "/" in table.paths[0]
        files = f"{table.relation.name}/*/*.parquet" if several else table.paths[0]
        yield from (f"- config_name: {table.relation.name}", f"  data_files: {files}")
        if table.relation.name == "reports":
            yield "  default: true"
    yield "---"


def _ending(table: Written) -> str:
    return PurePosixPath(table.paths[0]).suffix if table.paths else ""


def _summary(told: Told) -> Iterator[str]:
    tally = told.tally
    total = tally.totals
    yield f"# {TITLE}"
    yield ""
    yield (
        f"{total['reports']:,} reports of {len(tally.bodies):,} bodies, {total['facts']:,} cells of their "
        f"statutory tables, state of {told.day}. Each row leads to its source by the report's `id` and `url`."
    )
    yield ""
    yield f"- Fiscal years: {_span(sorted(year for year in tally.by['year'] if year != 'unknown'))}"
    yield f"- Published: {_span(tally.published)}"
    yield f"- Fetched: {_span(tally.fetched)}"
    chosen = {name: value for name, value in told.query.items() if value}
    selection = "; ".join(
        _OPTIONS.get(name, name.replace("_", " ")) + ("" if value is True else f" {_listed(value)}")
        for name, value in chosen.items()
    )
    yield f"- Selection: {selection or 'everything'}"
    if told.masked is not None:
        counts = told.masked.get("text", {})
        yield (
            f"- Masked in texts: {counts.get('phone', 0):,} telephone numbers ([电话]), "
            f"{counts.get('mail', 0):,} mail addresses ([邮箱]), {counts.get('account', 0):,} QQ and WeChat "
            f"accounts ([账号]), {counts.get('identity', 0):,} id numbers ([身份证号]); names are not masked"
        )


def _files(told: Told) -> Iterator[str]:
    yield from ("## Tables", "", "| table | rows | holds | in |", "|---|---:|---|---|")
    for table in told.written:
        where = table.inside or (
            table.paths[0] if len(table.paths) == 1 else f"{table.relation.name}/ ({len(table.paths)} files)"
        )
        yield f"| {table.relation.name} | {table.rows:,} | {table.relation.english} | {where} |"
    yield ""
    for name, number in texts_cut(told).items():
        yield f"{number:,} texts of {name} are longer than a cell of this format holds, and were cut."
        yield ""
    for name, number in numbers_rounded(told).items():
        yield f"{number:,} numbers of {name} have more digits than this format holds, and were rounded."
        yield ""
    yield (
        "Every column is explained in `codebook.csv`, in Chinese and English. Join tables by `id`. Derived "
        "columns (`derived_...`) are no printed numbers; their rules are in the codebook."
    )


def _coverage(told: Told) -> Iterator[str]:
    yield from ("## Coverage", "")
    owed = told.tally.coverage
    if owed:
        yield from ("Bodies and years that the law asks for, in the places that were crawled:", "")
        yield from _table("status", owed)
        yield ""
    yield "What is in the dataset, in reports:"
    for name, heading in _HEADINGS.items():
        counts = told.tally.by[name]
        yield ""
        yield from _table(heading, Counter({_place(name, value): number for value, number in counts.items()}))


def _missing(told: Told) -> Iterator[str]:
    yield from ("## Missing values", "")
    yield "A value is there only where the cell holds a number. A blank is never turned into 0. The cell ..."
    yield from ("", "| status | cells | the cell |", "|---|---:|---|")
    for status, meaning in _MEANING.items():
        yield f"| {status.value} | {told.tally.statuses[status]:,} | {meaning} |"


def _checks(told: Told) -> Iterator[str]:
    yield from (
        "## Checks",
        "",
        "Reports that contradict themselves are kept as printed; the rules tell them.",
    )
    yield from ("", "| rule | assessed | failed | what has to hold |", "|---|---:|---:|---|")
    tally = told.tally
    for rule, _, _, _, meaning in RULES:
        if tally.assessed[rule]:
            yield f"| {rule} | {tally.assessed[rule]:,} | {tally.failed[rule]:,} | {meaning} |"


def _biases(told: Told) -> Iterator[str]:
    yield from ("## Biases and limits", "")
    scope, found = told.tally.by["scope"], told.tally.findings
    for told_ in (
        "Only what is on the web: withdrawn, never published and blocked reports are not here; see Coverage.",
        f"{scope['aggregate']:,} reports are sums of a government over its bodies: adding them counts twice.",
        f"{told.tally.by['template']['free']:,} reports have no statutory tables and so no facts.",
        f"{found['second_report']:,} reports are further ones of a body and year that has one (finding "
        "`second_report`): count only those that `panel.report_id` names.",
        f"{found['recognised']:,} reports were recognised from pictures; doubtful cells are `ambiguous`.",
        "The forms changed for 2019 and 2021: compare over years only what the codebook calls the same.",
        "The fiscal year is not the year of publication. Numbers are the offices' own; nobody audited them.",
    ):
        yield f"- {told_}"


def _made(told: Told) -> Iterator[str]:
    yield from ("## How it was made", "")
    extractors = _listed(sorted(told.tally.extractors))
    yield (
        f"By govcrawl {__version__} from the pages of the portals themselves (extraction: {extractors}). "
        "Labels decide where a number belongs; numbers are as printed. `manifest.json` has the query, the "
        "counts and the SHA-256 of each file; the same database gives the same files."
    )


def _rights(told: Told) -> Iterator[str]:
    yield from ("## Rights", "")
    yield (
        "The reports are published by Chinese government bodies under the Regulation on Open Government "
        "Information (国务院令第711号). Whether and how this compilation may be passed on is for whoever "
        "publishes it to settle; no licence is claimed here. Reports may name officials and give contact "
        "details of offices."
    )


def _table(heading: str, counts: Counter[str]) -> Iterator[str]:
    yield from (f"| {heading} | number |", "|---|---:|")
    for name in sorted(counts):
        yield f"| {name} | {counts[name]:,} |"


def _place(name: str, value: str) -> str:
    return f"{value} {_provinces().get(value, '')}".strip() if name == "province" else value


@cache
def _provinces() -> dict[str, str]:
    known = registry.load()
    codes = {portal.division_code[:2] for portal in known.portals if portal.division_code}
    found = {code: known.division(f"{code}0000") for code in codes}
    return {code: division.name for code, division in found.items() if division is not None}


def _span(values: list[str]) -> str:
    if not values:
        return "unknown"
    return values[0] if values[0] == values[-1] else f"{values[0]} to {values[-1]}"


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
