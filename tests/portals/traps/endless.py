"""Links without end: a calendar, results of the site's own search, listings that go on for ever."""

from __future__ import annotations

import re

from tests.portals.style import Page, Request
from tests.portals.traps import Answer, PageTrap, insert
from tests.portals.world import Portal

_MONTH = re.compile(r"/rl/(\d{4})-(\d{1,2})(?:-(\d{1,2}))?\.html$")
_HOT = ("政府信息公开年报", "优化营商环境", "乡村振兴")


class Calendar(PageTrap):
    """A calendar on every page whose days and months are links; a month knows the one before and after."""

    name = "calendar"

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        if asked := _MONTH.fullmatch(request.path):
            year, month = int(asked.group(1)), int(asked.group(2))
            words = f"<h3>{year}年{month}月</h3><p>该日期暂无信息</p>{self._month(year, month)}"
            page = f"<html><head><title>信息公开日历</title></head><body>{words}</body></html>"
            return Page(page.encode(site.style.charset))
        return super().answer(request, behind, site)

    def change(self, text: str, request: Request, site: Portal) -> str:
        return insert(text, f"<div class='calendar'>{self._month(2024, 3)}</div>")

    def _month(self, year: int, month: int) -> str:
        before = f"{year - (month == 1)}-{(month - 2) % 12 + 1}"
        after = f"{year + (month == 12)}-{month % 12 + 1}"
        days = "".join(f"<td><a href='/rl/{year}-{month}-{day}.html'>{day}</a></td>" for day in range(1, 29))
        return (
            f"<table><tr><td><a href='/rl/{before}.html'>上一月</a></td><td>{year}年{month}月</td><td>"
            f"<a href='/rl/{after}.html'>下一月</a></td></tr><tr>{days}</tr></table>"
        )


class HotWords(PageTrap):
    """Ready-made searches as links on every page; each result page has the next one, rows twice and no end."""

    name = "hot_words"

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        if request.path != "/hotsearch":
            return super().answer(request, behind, site)
        page = re.search(r"page=(\d+)", request.query)
        number = int(page.group(1)) if page else 1
        entries = list(site.places.items())
        shown = (entries[(number * 7 + n) % len(entries)] for n in range(10))
        rows = "".join(
            f"<li><a href='{url}'><em>{a.title[:6]}</em>{a.title[6:]}</a></li>" for url, (_, a) in shown
        )
        more = f"<a href='/hotsearch?q=x&amp;page={number + 1}'>下一页</a>"
        words = f"<h3>站内搜索结果</h3><p>为您找到相关结果约98765条</p><ul>{rows}</ul>{more}"
        text = f"<html><head><title>站内搜索</title></head><body>{words}</body></html>"
        return Page(text.encode(site.style.charset, "replace"))

    def change(self, text: str, request: Request, site: Portal) -> str:
        links = "".join(f"<a href='/hotsearch?q=k{n}&amp;page=1'>{word}</a>" for n, word in enumerate(_HOT))
        return insert(text, f"<div class='hot'>热门搜索：{links}</div>")
