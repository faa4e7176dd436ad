"""What a list says of its own length: pages and rows that it claims beyond those that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import html as lxml_html

from govcrawl.discovery.page import Page, PageLink
from govcrawl.text import folded

_PAGES = re.compile(
    r"共(?:有|计)?(\d{1,4})页|(?:第|页次[::]?|当前(?:第)?)\d{1,4}(?:页)?/(?:共)?(\d{1,4})页?|总页数[::]?(\d{1,4})"
)
_PLACE = re.compile(r"(?:第|页次[::]?)(\d{1,4})页?[,/]?共?(\d{1,4})页")
_ROWS = re.compile(
    r"(?:共|总共|共有|总计|合计|共计|总数[::]?|记录数[::]?)(\d{1,5})(?:条|篇|个文件|项记录)|(\d{1,5})条记录"
)
_TOTAL = re.compile(
    r"""['"]?(?:total|total_?count|total_?rows?|total_?size|record_?count|total_?records?|row_?count)['"]?\s*[:=]\s*['"]?(\d{1,5})\b""",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\W?(?:下一?页|后一?页|(?:点击)?加载更多|尾页|末页|最后一?页|next|>|>>|›|»)[>›»]*\W?", re.IGNORECASE
)
_CALLS = re.compile(r"[\w$]+\(\s*['\"]?([2-9]|[1-9]\d{1,3})['\"]?\s*[,)]")
_PAGER = re.compile(r"pag(?:e|er|ing|ination)|pg|fenye", re.IGNORECASE)
_WIDEST = 12  # numbers of a pager that are looked at


def beyond(page: Page, links: Iterable[PageLink], entries: Iterable[str]) -> str | None:
    """What a list says to have beyond what it shows, in words; None when it says nothing or shows it all.

    ``links`` are those of the page, ``entries`` the addresses of the reports among them.
    """
    shown = _shown(links, set(entries))
    text = folded(page.visible_text)
    claimed = max(_numbers(_ROWS, text), default=0) or max(_totals(page), default=0)
    if claimed:
        return f"says that it has {claimed} rows and gave {shown}" if claimed > shown else None
    pages = max([*_numbers(_PAGES, text), *_pager(page.root)], default=1)
    return f"says that it has {pages} pages, and the way to them cannot be told" if pages > 1 else None


def breaks_off(page: Page) -> str | None:
    """What a list's last page says of pages behind it, in words; one page more is a wrong count."""
    found = _PLACE.search(folded(page.visible_text))
    current, last = [int(number) for number in found.groups() if number] if found else (1, 1)
    if last > current + 1:
        return f"says that it has {last} pages, and the way beyond page {current} cannot be told"
    return None


def _shown(links: Iterable[PageLink], entries: set[str]) -> int:
    """Rows of the lists that hold the entries; what else stands in them counts too."""
    links = list(links)
    blocks = {link.block for link in links if link.url in entries}
    return len({link.url for link in links if link.block in blocks} | entries)


def _numbers(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    for found in pattern.finditer(text):
        yield from (int(number) for number in found.groups() if number)


def _totals(page: Page) -> Iterator[int]:
    """Counts that a script of the page names."""
    for script in page.root.xpath("//script[not(@src)]/text()"):
        yield from _numbers(_TOTAL, str(script))


def _pager(root: lxml_html.HtmlElement) -> Iterator[int]:
    """Pages that a pager without addresses names: a click that calls for one, or the numbers from 1 on."""
    for node in root.iter("a", "button", "span", "li"):
        word = folded(node.text_content()) if len(node) < 3 else ""
        if not _NEXT.fullmatch(word) and not word.isdecimal():
            continue
        call = _CALLS.search(f"{node.get('href') or ''} {node.get('onclick') or ''}")
        if call and (not word.isdecimal() or word == call[1]):
            yield int(call[1])
        elif word == "2" and _PAGER.search(_names(node)):
            yield _run(node)


def _run(node: lxml_html.HtmlElement) -> int:
    """The last of the numbers 1, 2, 3 ... among which a 2 stands; 1 when it stands in no such row."""
    holder = node.getparent()
    words = [folded(part.text_content()) for part in holder] if holder is not None else []
    numbers = [int(word) for word in words if word.isdecimal()][:_WIDEST]
    return max(numbers) if numbers[:2] == [1, 2] else 1


def _names(node: lxml_html.HtmlElement) -> str:
    around = [node, *list(node.iterancestors())[:3]]
    return " ".join(f"{part.get('class') or ''} {part.get('id') or ''}" for part in around)
