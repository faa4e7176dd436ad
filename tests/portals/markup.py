"""Paragraphs and grids as the HTML that word processors leave behind when a clerk pastes a report."""

from __future__ import annotations

from html import escape
from random import Random

from tests.portals.tables import Cell, Grid

_PARAGRAPH = {
    "word": '<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt">'
    '<span style="font-size:16.0pt;'
    'font-family:仿宋_GB2312">{}<o:p></o:p></span></p>',
    "wps": '<p style="text-indent: 2em; text-align: justify; line-height: 2;">'
    '<span style="font-family: 仿宋;">'
    '<font face="方正仿宋_GBK">{}</font></span></p>',
    "clean": "<p>\u3000\u3000{}</p>",
    "font": '<div align="left"><font size="4" face="宋体">&nbsp;&nbsp;&nbsp;&nbsp;{}</font></div>',
}
_TABLE = {
    "word": '<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" '
    'style="border-collapse:collapse;mso-border-alt:solid windowtext .5pt">',
    "wps": '<table style="BORDER-COLLAPSE: collapse" cellspacing="0" cellpadding="2" bordercolor="#000000" '
    'border="1">',
    "clean": '<table border="1" width="100%">',
    "font": '<TABLE border=1 cellSpacing=0 cellPadding=0 width="98%" align=center>',
}
_CELL = {
    "word": '<p class="MsoNormal" align="center" style="text-align:center"><span lang="EN-US">{}</span>'
    "<span><o:p></o:p></span></p>",
    "wps": '<p style="text-align: center;"><span style="font-family: 宋体;">{}</span><span><o:p>'
    "</o:p></span></p>",
    "clean": "{}",
    "font": "<P align=center><FONT size=2>{}</FONT></P>",
}


def paragraph(text: str, markup: str, rng: Random, *, strong: bool = False) -> str:
    """A paragraph; a heading may be bold, and a run of text may be cut into several spans."""
    inner = escape(text, quote=False)
    if markup == "wps" and len(text) > 30:
        cut = rng.randint(5, len(text) - 5)
        left, right = escape(text[:cut], quote=False), escape(text[cut:], quote=False)
        inner = f"{left}</font></span><span>{right}</span><span><font>"
    return _PARAGRAPH[markup].format(f"<strong>{inner}</strong>" if strong else inner)


def table(grid: Grid, markup: str, padding: str = "") -> str:
    """A grid as a table with inline styles; ``padding`` (an entity or wide space) surrounds the values."""
    rows = []
    for cells in grid:
        rows.append("<tr>" + "".join(_cell(cell, markup, padding) for cell in cells) + "</tr>")
    return f"{_TABLE[markup]}<tbody>\n" + "\n".join(rows) + "\n</tbody></table>"


def _cell(cell: Cell, markup: str, padding: str) -> str:
    text = escape(cell.text, quote=False).replace("\n", "<br>")
    if cell.value:
        text = f"{padding}{text}{padding}" if text else (padding or "&nbsp;")
    spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    style = (
        "" if markup == "clean" else ' style="padding:0 5.4pt;border:solid windowtext 1.0pt" valign="center"'
    )
    return f"<td{spans}{style}>{_CELL[markup].format(text)}</td>"
