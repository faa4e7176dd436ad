"""What a start page is when it is no portal that can be read: a shell, a closed or archived site, news.

Told to the user in the outcome of the portal; nothing is decided by it alone.
"""

from __future__ import annotations

import re

from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.front import NEEDS_BROWSER
from govcrawl.discovery.notices import moved_to
from govcrawl.discovery.page import Page

_SHELL_TEXT = 120  # characters; a page with more says something itself
_NOTICE_TEXT = 1_500
_FOOTER = 1_500  # characters at the end of a page where its publisher stands
_ROOTS = "//*[@id='app' or @id='root' or @id='__nuxt' or @id='__next' or @id='q-app']"
_CLOSED = re.compile(
    r"(?:本?网站|本站|站点).{0,16}(?:已(?:经)?(?:于.{0,16})?(?:关停|关闭|下线|停止(?:运行|服务|更新|维护))|不再(?:更新|维护))"
)
_ARCHIVED = re.compile(r"归档时间|本站(?:点)?已归档|网站归档|历史归档页面")
_GOVERNMENT = re.compile(
    r"政府|管委会|委员会|办事处|街道|[\u4e00-\u9fff](?:局|厅|署|镇|乡)(?:$|[^\u4e00-\u9fff]|网|门户)"
)
_SIGNED = re.compile(
    r"(?:主办|承办|主管|版权|copyright|©).{0,40}(?:政府|管委会|管理委员会|办事处|局)|网站标识码",
    re.IGNORECASE,
)


def is_shell(page: Page) -> bool:
    """Whether a page is only the frame that a script draws into."""
    if len(page.visible_text) >= _SHELL_TEXT or len(page.links) > 3:
        return False
    return bool(page.root.xpath(_ROOTS)) and bool(page.root.xpath("//script"))


def outlook(page: Page) -> str | None:
    """Why nothing may be found behind a start page, in words; None for one that looks like a portal's."""
    if is_shell(page):
        return NEEDS_BROWSER
    small = len(page.visible_text) <= _NOTICE_TEXT
    if small and (address := moved_to(page)):
        return f"the site says that it has moved to {address}: if that is the same place, crawl that address"
    if small and (found := _CLOSED.search(page.visible_text)):
        return f"the site is closed: «{found[0]}»"
    if found := _ARCHIVED.search(page.visible_text):
        return f"an archived copy of a site («{found[0]}»), no portal in use"
    if _is_government(page):
        return None
    return f"not a government portal: «{page.title or page.url}» names no government and no disclosure column"


def _is_government(page: Page) -> bool:
    """Whether a government signs the page or a column of disclosure stands on it; pictures may hide both."""
    if _GOVERNMENT.search(page.title) or _SIGNED.search(page.visible_text[-_FOOTER:]):
        return True
    wanted = {Label.ANNUAL, Label.DISCLOSURE}
    return len(page.visible_text) < _NOTICE_TEXT or any(classify(link.name) in wanted for link in page.links)
