"""Control characters left out of all that a dataset says.

Terminals obey them, XML and Stata cannot hold them, and no reader sees them. So every format says the same
without them; the database keeps its texts as they were read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import methodcaller
from typing import TYPE_CHECKING, Any

from govcrawl.store.check_columns import CheckColumns
from govcrawl.store.fact_columns import as_columns

if TYPE_CHECKING:
    from govcrawl.export.files import Row
    from govcrawl.export.rows import ReportRows

_CELLS = methodcaller("values")

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Control characters that are no white space, and the two code points that XML forbids besides."""

_SINGLE = bytes((*range(9), 11, 12, *range(14, 32), 127))
_SECOND, _FORBIDDEN = b"\xc2", ("\ufffe", "\uffff")
"""What a control character is in UTF-8, or begins with: looking for bytes is ten times as fast."""

_ESCAPED = re.compile(r"\\(?:u00|[bf])")
"""What a control character is in a grid's JSON; line ends of cells, which many grids have, are others."""


def hidden(text: str) -> bool:
    """Whether a text holds control characters."""
    written = text.encode("utf-8", "surrogatepass")
    return (
        len(written.translate(None, _SINGLE)) != len(written)
        or any(map(text.__contains__, _FORBIDDEN))
        or (_SECOND in written and CONTROLS.search(text) is not None)
    )


def shown(cell: Any) -> Any:
    """A cell without control characters; what is no text stays as it is."""
    return CONTROLS.sub("", cell) if isinstance(cell, str) else cell


def shown_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of a table without control characters."""
    for row in rows:
        found = hidden("".join([cell for cell in row if type(cell) is str]))
        yield tuple(map(shown, row)) if found else row


def shown_report(report: ReportRows) -> ReportRows:
    """A report without control characters; the same object where it has none, as nearly all."""
    texts = [report.text, *as_columns(report.facts).texts]
    whole = [part for name, part in report.parts.items() if name not in ("sections", "checks")]
    rows = [report.metadata, *(row for part in whole for row in part)]
    texts += [cell for cell in chain.from_iterable(map(_CELLS, rows)) if type(cell) is str]
    texts += _checked(report.parts.get("checks", ()))
    texts += [row["heading"] for row in report.parts.get("sections", ())]
    texts += [row["text"] for row in report.parts.get("sections", ()) if row["text"] not in report.text]
    grids = [row["grid"] for row in report.parts.get("tables", ()) if "\\" in row["grid"]]
    escaped = any(map(_ESCAPED.search, grids))
    if not escaped and not hidden("".join(texts)):
        return report
    parts: dict[str, Any] = {name: [_shown_row(row) for row in part] for name, part in report.parts.items()}
    facts: list[Any] = [tuple(map(shown, row)) for row in report.facts]
    return replace(
        report, metadata=_shown_row(report.metadata), text=shown(report.text), facts=facts, parts=parts
    )


def _checked(checks: Sequence[dict[str, Any]]) -> Iterable[str]:
    """The texts of checks."""
    if not isinstance(checks, CheckColumns):
        return [cell for row in checks for cell in row.values() if type(cell) is str]
    names = [cell for column in checks.columns[:2] for cell in column]
    return [*names, *checks.texts]


def _shown_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _shown_grid(cell) if name == "grid" else shown(cell) for name, cell in row.items()}


def _shown_grid(grid: str) -> str:
    """A grid, whose JSON has the control characters of its cells as escapes."""
    cells = json.loads(grid) if _ESCAPED.search(grid) else []
    cleared = [[shown(cell) for cell in row] for row in cells]
    if cleared == cells:
        return str(shown(grid))
    return json.dumps(cleared, ensure_ascii=False, separators=(",", ":"))
