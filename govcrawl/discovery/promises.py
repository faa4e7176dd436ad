"""What a list's scripts and a pager without addresses say of its length, where its words say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import html as lxml_html

from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.pager import rows_told
from govcrawl.text import folded

_ONE_PAGE = re.compile(r"共1页|/1页")
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
    rows, total = rows_told(page.visible_text), max(_totals(page), default=0)
    if _ONE_PAGE.search(folded(page.visible_text)) or 0 < max(rows, total) <= shown:
        return None
    if total > shown:
        return f"says that it has {total} rows and gave {shown}"
    pages = max(_pager(page.root), default=1)
    return f"says that it has {pages} pages, and the way to them cannot be told" if pages > 1 else None


def _shown(links: Iterable[PageLink], entries: set[str]) -> int:
    """Rows of the lists that hold the entries; what else stands in them counts too."""
    links = list(links)
    blocks = {link.block for link in links if link.url in entries}
    return len({link.url for link in links if link.block in blocks} | entries)


def _totals(page: Page) -> Iterator[int]:
    """Counts that a script of the page names."""
    for script in page.root.xpath("//script[not(@src)]/text()"):
        yield from map(int, _TOTAL.findall(str(script)))


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
