from __future__ import annotations

import pytest
from lxml import etree

from govcrawl.documents.layout import is_hidden, is_layout, may_hide


@pytest.mark.parametrize(
    "attribute",
    [
        "hidden", "hidden=''", "HIDDEN", "/hidden", "aria-hidden='true'", "ARIA-HIDDEN=true",
        "style='display:none'", "style='DISPLAY : none'", "style='visibility:\nhidden'", "style=display:none",
        "style='display:&#10;none'", "style='dis&#112;lay:none'", "style='display:&nbsp;none'",
        "style='display:\u3000none'", "style='color:red;visibility:&#104;idden'",
    ],
)  # fmt: skip
def test_the_source_shows_what_its_elements_hide(attribute: str) -> None:
    source = f"<p>1<span {attribute}>2</span></p>"
    root = etree.fromstring(source, etree.HTMLParser())
    assert any(is_hidden(element) for element in root.iter())
    assert may_hide(source.lower().encode())


@pytest.mark.parametrize(
    "source",
    [
        "<p style='overflow:hidden;'>1</p>", "<input type='hidden' value='1'>", "<p class='xl hidden'>1</p>",
        "<p style='border:none;display:block'>a&#160;b</p>", "<p>display, visibility</p>",
    ],
)  # fmt: skip
def test_what_hides_nothing_is_no_sign(source: str) -> None:
    assert not may_hide(source.lower().encode())


@pytest.mark.parametrize(
    ("cell", "layout"), [("9" * 5000, False), ("0." + "1" * 4000, False), ("本局" * 300, True)]
)
def test_a_cell_of_many_digits_is_no_article(cell: str, layout: bool) -> None:
    rows = [["信息内容", "本年处理决定数量"], ["行政许可", "0"], ["行政处罚", cell]]
    assert is_layout(rows, nests=False) is layout
