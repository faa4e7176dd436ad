"""A report as the text dumps that collections hold: tabs between cells, a tab before each cell, pipes."""

from __future__ import annotations

from collections.abc import Sequence

from tests.quality.pages import Part
from tests.quality.sheets import Sheet, slots

FORMS = ("tabs", "cell_lines", "pipes", "markdown")


def dump(parts: Sequence[Part], title: str, form: str, spans: str) -> bytes:
    """The report as text; ``spans`` says what stands where a span reaches: once, repeat or empty."""
    lines = [title]
    for part in parts:
        lines += [part] if isinstance(part, str) else _MADE[form](_texts(part, spans))
    return "\n".join(lines).encode()


def _texts(sheet: Sheet, spans: str) -> list[list[str]]:
    return [
        [box.text for box, _ in row] for n, row in enumerate(slots(sheet, spans)) if n not in sheet.hidden
    ]


def _tabs(rows: list[list[str]]) -> list[str]:
    return ["\t".join(" ".join(text.split("\n")) for text in row) for row in rows]


def _cell_lines(rows: list[list[str]]) -> list[str]:
    lines: list[str] = []
    for row in rows:
        lines += [f"\t{text}" for text in row]
        lines.append("")
    return [*lines, ""]


def _pipes(rows: list[list[str]]) -> list[str]:
    """A line break behind each pipe; a row that is short is padded with bare pipes."""
    width = max(map(len, rows))
    lines: list[str] = []
    for row in rows:
        lines.append("|")
        ended = [f"{text} |" if text else "|" for text in row]
        if len(row) < width:
            ended[-1] = (
                f"{row[-1]} | " + "|" * (width - len(row)) if row[-1] else "| " + "|" * (width - len(row))
            )
        lines += ended
    return lines


def _markdown(rows: list[list[str]]) -> list[str]:
    width = max(map(len, rows))
    full = [[" ".join(text.split()) for text in [*row, *[""] * (width - len(row))]] for row in rows]
    drawn = ["| " + " | ".join(row) + " |" for row in full]
    return ["", drawn[0], "|" + " --- |" * width, *drawn[1:], ""]


_MADE = {"tabs": _tabs, "cell_lines": _cell_lines, "pipes": _pipes, "markdown": _markdown}
