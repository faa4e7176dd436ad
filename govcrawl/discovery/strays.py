"""What came in the place of a list's further page: a page of the list without rows, or another page.

A server that is being mended, or that has lost a page, answers with words and status 200. Such an answer
rarely has what leads from one page of the list to the others: links to them, words like 下一页, the pager's
script. A list that names one page too many is frequent, so what the answer says decides too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from govcrawl.discovery.page import Page
from govcrawl.discovery.pager import pages_told
from govcrawl.discovery.refusals import asks_to_log_in
from govcrawl.discovery.urls import page_key

STUB = 3
"""Links; a page of the site has its navigation even when its list is empty."""

_HOLE = 5  # links fewer than other pages have: rows are wanting, and not only a step of the pager
_SIGN = re.compile(r"[a-z_$-]{0,40}(?:page|pagin|fenye)[a-z_$-]{0,40}", re.IGNORECASE)
_WHOLE = re.compile(r"<body\b|<html\b", re.IGNORECASE)
_NOT_THERE = re.compile(
    r"404|不存在|找不到|未找到|(?:被|已)删除|失效|暂无|没有(?:相关|找到|符合|更多|数据|内容|信息)"
    r"|无(?:相关|更多)?(?:数据|信息|记录|内容)|not found|no (?:data|records?|results?)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"维护|升级|(?:系统|服务器?|网络|请求)(?:正?忙|繁忙|异常|错误|出错)|内部错误|超时|请?稍[后候]"
    r"|maintenance|unavailable|internal (?:server )?error|exception|timed? ?out|too busy",
    re.IGNORECASE,
)
_NOTICE = 1_500  # characters of a page whose words tell of itself; a longer one is about something else


@dataclass(frozen=True, slots=True)
class Bare:
    """A further page without a report's row: its address, its links, whether it has the look of its list.

    ``other`` says that it shows something else, which tells nothing of whether the page exists.
    """

    url: str
    links: int = 0
    part: bool = False
    other: bool = False


@dataclass(slots=True, eq=False)
class Looks:
    """How the pages of a list look: their title, and what leads from one to the others.

    ``judged`` is false where the first page has nothing of the kind; ``busy`` says that it has itself words
    by which others excuse themselves, ``gated`` that it has itself a form to log in. ``last`` are the last
    further pages in a row without rows, ``holes`` those behind which rows came after all, ``most`` the
    number of links of the page that has most. ``repeated`` says that a further page had only rows of those
    before, ``numbers`` is the highest number of a page that the first one links. ``bare`` says that the last
    page with rows had few of them and nothing that leads to others, ``thin`` that rows came behind it.
    """

    title: str = ""
    signs: frozenset[str] = frozenset()
    judged: bool = False
    busy: bool = False
    gated: bool = False
    last: list[Bare] = field(default_factory=list)
    holes: list[str] = field(default_factory=list)
    most: int = 0
    repeated: bool = False
    bare: bool = False
    thin: bool = False
    numbers: int = 0

    def learn(self, page: Page, others: frozenset[str]) -> None:
        """Learn from a list's first page; ``others`` are the keys of its further ones."""
        self.most, self.numbers = len(page.links), _numbers(page, others)
        self.gated = asks_to_log_in(page.text)
        if _WHOLE.search(page.text):
            self.title, self.signs = _title(page), _signs(page)
            self.busy = _LATER.search(page.visible_text) is not None
            self.judged = bool(self.signs) or _leads_on(page, others)

    def is_part(self, page: Page, others: frozenset[str]) -> bool:
        """Whether a page leads to others of its list as the first one does; true where nothing tells."""
        if not self.judged or not _WHOLE.search(page.text) or _leads_on(page, others):
            return True
        return 2 * len(self.signs & _signs(page)) > len(self.signs)

    @property
    def broken(self) -> bool:
        """Whether a page came otherwise than the first one lets expect."""
        return bool(self.holes or self.last or self.repeated)

    def note(self, bare: Bare | None) -> None:
        """Take note of a further page, None for one with rows: before it none is too many."""
        if bare is not None:
            self.last.append(bare)
            return
        self.holes += [
            one.url
            for one in self.last
            if one.other or not one.part or one.links <= STUB or one.links + _HOLE <= self.most
        ]
        self.last.clear()

    def note_rows(self, *, bare: bool) -> None:
        """Take note of a page with rows, ``bare`` where these are few and nothing leads to other pages.

        A list's last page may be so; one in its midst was cut.
        """
        self.thin |= self.bare
        self.bare = bare

    def is_gate(self, page: Page) -> bool:
        """Whether a page wants a password that the list's first one did not, wherever it stands."""
        return not self.gated and asks_to_log_in(page.text)

    def is_other(self, page: Page, asked: str) -> bool:
        """Whether a page that is no part of the list is another one than that which a server has not.

        A page to which the server sends on is not.
        """
        if page_key(page.url) != page_key(asked):
            return False
        words = page.visible_text
        if len(words) <= _NOTICE and not self.busy and _LATER.search(words):
            return True
        return _title(page) != self.title and not _NOT_THERE.search(f"{page.title} {words[:_NOTICE]}")


def _leads_on(page: Page, others: frozenset[str]) -> bool:
    own = page_key(page.url)
    if any((key := page_key(link.url)) in others and key != own for link in page.links):
        return True
    return pages_told(page.visible_text) != 1


def _signs(page: Page) -> frozenset[str]:
    return frozenset(found[0].lower() for found in _SIGN.finditer(page.text))


def _title(page: Page) -> str:
    return re.sub(r"\d+", "", page.title)


def _numbers(page: Page, others: frozenset[str]) -> int:
    """The highest number behind 2, 3 ... in the folder of the further pages; 0 where there is none."""
    folders = {other.rpartition("/")[0] for other in others}
    linked = {
        int(link.label): page_key(link.url)
        for link in page.links
        if link.label.isdecimal() and len(link.label) < 4 and page_key(link.url).rpartition("/")[0] in folders
    }
    last = 1
    while last + 1 in linked:
        last += 1
    return last if last > 1 else 0
