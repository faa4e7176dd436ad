"""Pages that are looked at turned by quarters."""

from __future__ import annotations

from govcrawl.documents.printed.page import PrintedPage, Rule


def turned(page: PrintedPage, rotation: int) -> PrintedPage:
    """A page whose places are those before its own rotation, in degrees clockwise, as it is looked at."""
    for _ in range(rotation // 90 % 4):
        page = _quarter(page)
    return page


def _quarter(page: PrintedPage) -> PrintedPage:
    """A page turned clockwise by a quarter: (x, y) comes to (height - y, x)."""
    height = page.height
    return PrintedPage(
        height,
        page.width,
        [
            g._replace(left=height - g.bottom, top=g.left, right=height - g.top, bottom=g.right)
            for g in page.glyphs
        ],
        [Rule(rule.at, height - rule.end, height - rule.start) for rule in page.down],
        [Rule(height - rule.at, rule.start, rule.end) for rule in page.across],
        [
            picture._replace(
                left=height - picture.bottom,
                top=picture.left,
                right=height - picture.top,
                bottom=picture.right,
            )
            for picture in page.pictures
        ],
        page.drawn,
        [(height - y, x) for x, y in page.dots],
        page.watermark,
        recognised=page.recognised,
    )
