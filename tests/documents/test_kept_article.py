"""Reports that a page keeps as text until a script shows them."""

from __future__ import annotations

import json
import time
from html import escape

import pytest

from govcrawl.documents import read_document
from govcrawl.model import Paragraph, Table
from tests.reports.forms import HEADINGS

TITLE = "临水县青山镇2021年政府信息公开工作年度报告"
TABLE = "<table><tr><td>规章</td><td>制发</td></tr><tr><td>1</td><td>2</td></tr></table>"
BODY = "".join(
    f"<p>{heading}</p>{TABLE if place == 1 else '<p>无。</p>'}" for place, heading in enumerate(HEADINGS)
)
MENU = "<ul><li><a href=/>首页</a></li><li><a href=/gk>信息公开</a></li></ul>"


def page(body: str) -> bytes:
    return f"<html><head><title>{TITLE}</title></head><body>{MENU}{body}</body></html>".encode()


@pytest.mark.parametrize(
    "body",
    [
        f"<textarea id=c style='display:none'>{escape(BODY)}</textarea><div id=d></div>",
        f"<script type='text/html' id=c>{BODY}</script>",
        f"<template>{BODY}</template>",
        f"<div id=c></div><script>document.getElementById('c').innerHTML = {json.dumps(BODY)};</script>",
        f"<script>var d = {{'title': 'x', 'content': {json.dumps(BODY, ensure_ascii=False)}}}</script>",
        f"<script>show('{BODY.replace('/', chr(92) + '/')}')</script>",
    ],
    ids=["text area", "script", "template", "inner markup", "data", "call"],
)
def test_an_article_that_a_script_shows(body: str) -> None:
    document = read_document(page(body), name="a.html")
    assert [b.text for b in document.blocks if isinstance(b, Paragraph) and b.text != "无。"] == list(
        HEADINGS
    )
    assert [b.grid.texts()[1] for b in document.blocks if isinstance(b, Table)] == [["1", "2"]]
    assert TITLE in document.titles


def test_what_a_page_shows_itself_comes_first() -> None:
    other = BODY.replace("<td>1</td>", "<td>9</td>")
    document = read_document(page(f"{BODY}<textarea>{escape(other)}</textarea>"), name="a.html")
    assert [b.grid.texts()[1] for b in document.blocks if isinstance(b, Table)] == [["1", "2"]]


@pytest.mark.parametrize("script", ["'" * 900_000, '"' + "\\" * 900_000, "var a='<p>\\u4e3b';" * 60_000])
def test_a_hostile_script_takes_no_time(script: str) -> None:
    started = time.process_time()
    read_document(page(f"<p>正文</p><script>{script}</script>"), name="a.html")
    assert time.process_time() - started < 4
