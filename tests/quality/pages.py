"""A report as a web page: the clerk's markup inside, some CMS around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from random import Random

from tests.quality.sheets import Box, Sheet, slots

BOILERPLATE = (
    "您当前的位置：首页 > 政务公开 > 政府信息公开年报",
    "无障碍浏览",
    "【打印本页】【关闭窗口】",
    "扫一扫在手机打开当前页",
    "主办单位：临水县人民政府办公室",
    "桂ICP备05000001号-1",
    "版权所有：临水县人民政府",
)
_PADS = ("", "", " ", "&nbsp;", "&nbsp;&nbsp;", "\u3000", "\n\t", "\u200b")


@dataclass(frozen=True, slots=True)
class Markup:
    """How the page is written; ``spans`` is spans, repeat or empty; ``frame`` the CMS around the article."""

    spans: str = "spans"
    cell: str = "plain"
    head: str = "td"
    group: str = ""
    wrong_rowspan: bool = False
    layout: bool = False
    padding: bool = False
    frame: str = "zoom"
    charset: str = "utf-8"
    upper: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What the report says of itself: title, body, day of publication."""

    title: str
    agency: str
    published: str


Part = str | Sheet


def page(parts: Sequence[Part], said: Said, markup: Markup, rng: Random) -> bytes:
    """The page with its surroundings in the page's charset."""
    body = "\n".join(_part(part, markup, rng) for part in parts)
    if markup.layout:
        body = f"<table width='100%' border='0'><tr><td>{body}</td></tr></table>"
    text = _FRAMES[markup.frame](body, said)
    if markup.upper:
        for tag in ("table", "tbody", "tr", "td", "p"):
            text = text.replace(f"<{tag}", f"<{tag.upper()}").replace(f"</{tag}>", f"</{tag.upper()}>")
    return text.encode(markup.charset, "xmlcharrefreplace")


def _part(part: Part, markup: Markup, rng: Random) -> str:
    if isinstance(part, str):
        return f"<p style='text-indent:2em'><span>{escape(part, quote=False)}</span></p>"
    drawn = table(part, markup, rng)
    if markup.layout and rng.random() < 0.5:
        return f"<table><tbody><tr><td align='center'>{drawn}</td></tr></tbody></table>"
    return drawn


def table(sheet: Sheet, markup: Markup, rng: Random) -> str:
    """A sheet as a table element."""
    grouped = markup.group and 0 < sheet.heads < len(sheet.rows)
    rows: list[str] = []
    for n, row in enumerate(slots(sheet, "once" if markup.spans == "spans" else markup.spans)):
        style = " style='display:none'" if n in sheet.hidden else ""
        cells = "".join(_cell(box, n < sheet.heads, begins, markup, rng) for box, begins in row)
        rows.append(f"<tr{style}>{cells}</tr>")
    if grouped:
        rows.insert(sheet.heads, "</thead><tbody>")
        return f"<table border=1><thead>{''.join(rows)}</tbody></table>"
    return "<table border=1 cellspacing=0>" + "\n".join(rows) + "</table>"


def _cell(box: Box, in_head: bool, begins: bool, markup: Markup, rng: Random) -> str:
    tag = (
        {"th": "th", "mixed": rng.choice(("td", "th"))}.get(markup.head, "td")
        if in_head or box.kind == "head"
        else "td"
    )
    spans = ""
    if markup.spans == "spans":
        high = box.high
        if markup.wrong_rowspan and box.kind == "label" and high > 1:
            high = max(1, high + rng.choice((-1, 0, 0, 1)))
        spans = (f" rowspan={high}" if high > 1 else "") + (f' colspan="{box.wide}"' if box.wide > 1 else "")
    pad = rng.choice(_PADS) if markup.padding else ""
    text = escape(box.text, quote=False)
    inner = pad + _MADE[markup.cell](text, rng) + pad
    return f"<{tag}{spans}>{inner}</{tag}>"


def _plain(text: str, rng: Random) -> str:
    return text.replace("\n", "<br>")


def _paragraphs(text: str, rng: Random) -> str:
    return "".join(f"<p align='center'><span>{line}</span></p>" for line in text.split("\n"))


def _word(text: str, rng: Random) -> str:
    if "\n" in text or len(text) < 2:
        return (
            f"<p class='MsoNormal'><span lang='EN-US'>{text.replace(chr(10), '<br/>')}<o:p></o:p></span></p>"
        )
    if "&" in text:
        return f"<p class='MsoNormal'>{text}</p>"
    at = rng.randint(1, len(text) - 1)
    return f"<p class=MsoNormal><span>{text[:at]}</span><b><span>{text[at:]}</span></b></p>"


def _divisions(text: str, rng: Random) -> str:
    return "<div><font face='宋体'>" + text.replace("\n", "</font></div><div><font>") + "</font></div>"


_MADE = {"plain": _plain, "paragraphs": _paragraphs, "word": _word, "divisions": _divisions}


def _zoom(body: str, said: Said) -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{said.title}_临水县人民政府</title>"
        f"<meta name='ArticleTitle' content='{said.title}'><meta name='PubDate' content='{said.published} 09:30'>"
        f"</head><body><div class='nav'><a href='/'>首页</a><a href='/zwgk/'>政务公开</a></div>"
        f"<div>{BOILERPLATE[0]}</div><h1>{said.title}</h1><div>发布时间：{said.published} 来源：{said.agency}</div>"
        f"<div id='zoom'>{body}</div><div>{BOILERPLATE[2]}</div>{_foot()}</body></html>"
    )


def _tables(body: str, said: Said) -> str:
    return (
        f"<html><head><title>临水县人民政府 {said.title}</title></head><body><table width=1000><tr><td>首页</td>"
        f"<td>政务公开</td></tr></table><table><tr><td>{BOILERPLATE[0]}</td></tr></table><table width='100%'>"
        f"<tr><td class='title'>{said.title}</td></tr><tr><td>发布日期：{said.published}</td></tr>"
        f"<tr><td>{body}</td></tr><tr><td>{BOILERPLATE[3]}</td></tr></table>{_foot()}</body></html>"
    )


def _trs(body: str, said: Said) -> str:
    return (
        f"<html><head><title>{said.title}</title></head><body><ul><li><a href='#'>{BOILERPLATE[1]}</a></li></ul>"
        f"<div class='main'><h2 class='tit'>{said.title}</h2><p>{said.published}</p><div class='TRS_Editor'>"
        f"<style>.TRS_Editor P{{margin:0}}</style><div class='Custom_UnionStyle'>{body}</div></div>"
        f"<p><a href='1.html'>上一篇：另一篇文章</a></p></div>{_foot()}</body></html>"
    )


def _bare(body: str, said: Said) -> str:
    return f"<html><body><p align=center>{said.title}</p>{body}</body></html>"


def _foot() -> str:
    return "<div class='footer'>" + "".join(f"<p>{text}</p>" for text in BOILERPLATE[4:]) + "</div>"


_FRAMES = {"zoom": _zoom, "tables": _tables, "trs": _trs, "bare": _bare}
FRAMES = tuple(_FRAMES)
CELLS = tuple(_MADE)
