"""PDF files that a browser prints: a report laid out at random, as offices' word processors and web pages do it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from random import Random
from typing import Any

import pytest

from tests.formats.parts import Box, Part, size_of

CHROMIUM = shutil.which("chromium")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine (Debian: chromium, fonts-noto-cjk)"
)
_BORDERS = {
    "full": "border:1px solid #000", "thick": "border:2.5px solid #333", "dotted": "border:1px dotted #000",
    "dashed": "border:1px dashed #000", "double": "border:3px double #000", "open": "border:1px solid #000",
}  # fmt: skip
_NUMBERS = ("", "- {p} -", "第{p}页", "第{p}页 共{t}页", "{p}/{t}", "{p}", "· {p} ·", "— {p} —")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of CSS and HTML with what the browser prints at its foot and head."""

    markup: str
    foot: str
    head: str


def sheet_of(parts: Sequence[Part], rng: Random) -> Sheet:
    """A report laid out at random: page size, type, borders, breaks, shading, watermark, running lines."""
    borders = rng.choice(["full"] * 5 + list(_BORDERS))
    body, size, height = (
        rng.choice((12, 14, 16)),
        rng.choice((8, 9, 10.5, 12)),
        rng.choice((0, 200, 230, 260)),
    )
    page = "297mm 210mm" if rng.random() < 0.25 else f"210mm {height or 297}mm"
    css = f"@page{{size:{page};margin:{rng.choice((40, 60, 90))}px}}"
    css += f"body{{font-family:'{rng.choice(('Noto Serif CJK SC', 'Noto Sans CJK SC'))}';font-size:{body}pt;margin:0}}"
    css += f"p{{text-indent:{rng.choice((0, 2))}em;margin:.4em 0;line-height:1.6;text-align:{rng.choice(('left', 'justify'))}}}"
    css += "h1{font-size:18pt;text-align:center}"
    css += f"table{{width:100%;font-size:{size}pt;border-collapse:{rng.choice(('collapse', 'collapse', 'separate'))};border-spacing:0}}"
    css += f"td{{{_BORDERS[borders]};padding:{rng.choice((0, 2, 5))}px;vertical-align:{rng.choice(('top', 'middle', 'bottom'))};"
    css += f"text-align:{rng.choice(('left', 'center'))};break-inside:{rng.choice(('auto', 'avoid'))}}}"
    if borders == "open":
        css += "td:first-child{border-left:0}td:last-child{border-right:0}"
    css += rng.choice(("", "tr:nth-child(odd) td{background:#eee}", "p{background:#f4f4f4}"))
    upright = rng.random() < 0.3
    if upright:
        css += ".v{writing-mode:vertical-rl}"
    mark = ""
    if rng.random() < 0.25:
        turn = rng.choice((-45, -30, 0))
        css += f".w{{position:fixed;top:40%;left:15%;font-size:60pt;color:rgba(200,0,0,.2);transform:rotate({turn}deg)}}"
        mark = "<div class=w>临水县政府</div>"
    repeat, gap = rng.choice((0, 0, 1, 2, 3)), rng.choice((1, 100, 300, 500))
    pieces = [
        f"<h1>{escape(part)}</h1>" if not number else f"<p>{escape(part)}</p>"
        if isinstance(part, str)
        else f"<div style='height:{rng.randrange(gap)}px'></div>{_table(part, repeat, upright)}"
        for number, part in enumerate(parts)
    ]  # fmt: skip
    foot = (
        rng.choice(_NUMBERS)
        .replace("{p}", "<span class=pageNumber></span>")
        .replace("{t}", "<span class=totalPages></span>")
    )
    return Sheet(
        f"<html><head><meta charset=utf-8><style>{css}</style></head><body>{mark}{''.join(pieces)}</body></html>",
        f"<div style='font-size:9px;width:100%;text-align:center'>{foot}</div>",
        f"<div style='font-size:9px;margin-left:40px'>{rng.choice(('', '临水县人民政府办公室'))}</div>",
    )  # fmt: skip


def _table(boxes: list[Box], repeat: int, upright: bool) -> str:
    rows = []
    for row in range(size_of(boxes)[0]):
        cells = ""
        for box in boxes:
            if box.row == row:
                turned = (
                    " class=v" if upright and box.height >= 4 and box.width == 1 and len(box.text) > 3 else ""
                )
                cells += f"<td rowspan={box.height} colspan={box.width}{turned}>{escape(box.text)}</td>"
        rows.append(f"<tr>{cells}</tr>")
    whole = all(not box.row < repeat < box.row + box.height for box in boxes)
    head = "".join(rows[:repeat]) if whole else ""
    return f"<table>{f'<thead>{head}</thead>' if head else ''}<tbody>{''.join(rows[repeat if head else 0 :])}</tbody></table>"


@contextmanager
def printer() -> Iterator[Any]:
    """A function from sheets to PDF files, by one browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()

        def printed(sheet: Sheet) -> bytes:
            page.set_content(sheet.markup)
            return page.pdf(
                prefer_css_page_size=True, print_background=True, display_header_footer=True,
                footer_template=sheet.foot, header_template=sheet.head,
            )  # fmt: skip

        yield printed
        browser.close()
