"""Menus that were met before are read from a page's source, and the page is the same document."""

from __future__ import annotations

import pytest
from lxml import etree

from govcrawl.documents import read_document, tree
from govcrawl.documents.blocks import read_flow
from govcrawl.documents.lists_apart import _read, lists_apart
from govcrawl.model import Document
from tests.quality.corpus import samples

ENTRIES = [
    '<li><a href="/a.html">走进本县</a></li>',
    '\n  <li class="item"><a href="/col/1/" title="x"><span>部门 动态</span></a><span>2021-01-27</span></li>',
    "<li>只有文字</li>",
    "<li> <em>甲</em> 乙 <a href='#'>丙\n丁</a> </li>",
    "<li><a href='/b/'> </a></li>",
    "<li></li>",
    '<li><span>说明：</span><a href="/c.html">一、概述</a></li>',
]
KEPT = [
    '<li><a href="/files/报告.pdf">下载</a></li>',
    '<li><a href="#" onclick="open(\'/x/y.doc\')">下载</a></li>',
    '<li><a href="/down">公开年报.docx</a><span>[大]</span></li>',
    '<li class="con_title"><a href="/">某县2021年政府信息公开工作年度报告</a></li>',
    '<li style="display:none"><a href="/">藏</a></li>',
    "<li><a href='/'>甲<a href='/'>乙</a></a></li>",
    "<li><a href='/'>甲&amp;乙</a></li>",
    "<li><p>甲</p></li>",
    "<li><a href='/'>甲</li>",
    "<li><!-- 甲 -->乙</li>",
    "<li>31<sup>2</sup></li>",
]


def read(page: bytes) -> Document:
    """A page as it is read when its entries have been met before."""
    for _ in range(2):
        read_document(page)
    return read_document(page)


def whole(page: bytes) -> Document:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "lists_apart", lambda _: None)
        return read_document(page)


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_shows_what_the_walk_finds_in_it(entry: str) -> None:
    piece = entry.removesuffix("</li>").encode()
    found = _read(piece)
    parser = etree.HTMLParser(encoding="utf-8")
    node = etree.fromstring(f"<ul>{entry}</ul>".encode(), parser).find("body/ul/li")
    assert node is not None
    assert found is not None
    assert list(found.shown) == [(item.text, item.linked) for item in read_flow(node, hides=False).items]


@pytest.mark.parametrize("entry", KEPT)
def test_an_entry_that_others_look_at_stays(entry: str) -> None:
    assert _read(entry.removesuffix("</li>").encode()) is None


def test_a_run_is_taken_out_when_it_is_met_again() -> None:
    source = b"<ul>" + b"".join(b'<li><a href="/again/%d">%d</a></li>' % (n, n) for n in range(20)) + b"</ul>"
    assert lists_apart(source) is None
    found = lists_apart(source)
    assert found is not None
    assert [entry.text for entry in found.runs[0]] == [str(n) for n in range(2, 20)]
    assert found.source.count(b"<a") == 2


@pytest.mark.parametrize(
    "around",
    [
        "<div><ul>{}</ul></div>",
        "<div style='display:none'><ul>{}</ul></div>",
        "<table><tr><td><ul>{}</ul></td><td>1</td></tr></table>",
        "<a href='/x.pdf'><ul>{}</ul>",
        "<p>前<ul>{}</ul>后",
        "<h2><ul>{}</ul></h2>",
        "<noscript><ul>{}</ul></noscript>",
        "<script>'<ul>{}</ul>'</script>",
        "<!-- <ul>{}</ul> -->",
        "<select><ul>{}</ul></select>",
        "<pre><ul>{}</ul></pre>",
        "<center><ul>{}</ul></center>",
    ],
)
def test_the_page_is_the_same_document(around: str) -> None:
    menu = "".join(3 * ENTRIES[:2] + 8 * ENTRIES[:1] + ENTRIES + KEPT[:4] + 7 * ENTRIES[:1])
    for sample in samples()[5:6]:
        for place in (b"</body>", b"<body>"):
            own = around.format(menu).encode(
                "utf-8" if b"utf-8" in sample.content[:600].lower() else "gb18030"
            )
            page = sample.content.replace(place, own + place if place == b"</body>" else place + own, 1)
            assert read(page) == whole(page), sample.name
