"""Wide sheets printed in strips, and pages printed two on a sheet."""

from __future__ import annotations

from govcrawl.documents.printed import Glyph, PrintedPage, Rule, blocks_of_pages
from govcrawl.documents.printed.spread import as_sheets
from govcrawl.model import Paragraph, Table

ROWS = ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及三安全一稳定", "4.保护第三方合法权益")


def printed(text: str, left: float, top: float) -> list[Glyph]:
    return [Glyph(sign, left + 10 * n, top, left + 10 * n + 10, top + 12) for n, sign in enumerate(text)]


def strip(first: int, *, labels: bool) -> PrintedPage:
    """Columns of a ruled table, from 50 to 350, of four rows from 100 down; the values count on."""
    page = PrintedPage(400, 300)
    page.across = [Rule(100 + 20 * n, 50, 350) for n in range(5)]
    page.down = [Rule(x, 100, 180) for x in ((50, 200, 250, 300, 350) if labels else (50, 100, 150))]
    for row, label in enumerate(ROWS):
        page.glyphs += printed(label, 52, 104 + 20 * row) if labels else []
        for column in range(3 if labels else 2):
            left = 210 + 50 * column if labels else 60 + 50 * column
            page.glyphs += printed(str(10 * row + first + column), left, 104 + 20 * row)
    if not labels:
        page.across = [rule._replace(end=150) for rule in page.across]
    return page


def test_columns_on_the_next_page_stand_beside_the_first_ones() -> None:
    blocks, _ = blocks_of_pages([strip(0, labels=True), strip(3, labels=False)])
    [table] = [block for block in blocks if isinstance(block, Table)]
    assert table.grid.texts() == [
        [label, *(str(10 * row + n) for n in range(5))] for row, label in enumerate(ROWS)
    ]


def test_text_that_runs_on_says_how_far_right_a_page_goes_on() -> None:
    text = "本报告中所列数据的统计期限自一月一日起至十二月三十一日止全年共公开政府信息三十五条如有疑问请联系"
    left, right = PrintedPage(400, 300), PrintedPage(400, 300)
    left.glyphs, right.glyphs = printed(text, 50, 40), printed(text, 50 - 300, 40)
    right.glyphs += printed("12", 60, 100)
    [sheet] = as_sheets([left, right])
    assert max(glyph.right for glyph in sheet.glyphs if glyph.text in "12") == 380
    blocks, _ = blocks_of_pages([left, right])
    assert next(block.text for block in blocks if isinstance(block, Paragraph)) == text


def test_the_next_rows_of_a_table_stay_below() -> None:
    pages = [strip(0, labels=True), strip(5, labels=True)]
    assert as_sheets(pages) == pages


def test_two_pages_on_a_sheet_are_read_one_after_the_other() -> None:
    page = PrintedPage(800, 500)
    for row in range(6):
        page.glyphs += printed(f"左面的正文第{'一二三四五六'[row]}行写在这里", 50, 50 + 20 * row)
        page.glyphs += printed(f"右面的正文第{'一二三四五六'[row]}行写在这里", 450, 50 + 20 * row)
    assert [sheet.width for sheet in as_sheets([page])] == [400, 400]
    blocks, _ = blocks_of_pages([page])
    text = "".join(block.text for block in blocks if isinstance(block, Paragraph))
    assert text.index("左面的正文第六行") < text.index("右面的正文第一行")


def test_a_broad_table_stays_whole() -> None:
    page = PrintedPage(800, 300)
    for row, label in enumerate(ROWS):
        page.glyphs += printed(label, 50, 50 + 20 * row) + printed("12", 450, 50 + 20 * row)
    assert as_sheets([page]) == [page]
