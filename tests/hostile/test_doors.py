"""Nothing listens, nothing but the web is asked, and no list goes on for ever."""

from __future__ import annotations

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions.telnet import TelnetConsole
from scrapy.settings import Settings

from govcrawl.discovery import Discovery, Page, Step, discovery
from govcrawl.model import Portal

TITLE = "石坞县民政局20{:02d}年政府信息公开工作年度报告"
HOME = "http://www.hurt.gov.cn/"


def test_nothing_listens_and_only_the_web_is_asked() -> None:
    settings = Settings()
    settings.setmodule("govcrawl.settings", priority="project")
    with pytest.raises(NotConfigured):
        TelnetConsole(Crawler(Spider, settings))
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


def _answer(step: Step) -> Page:
    """A list whose every page has new reports and a next page."""
    url = step.target.url
    number = int(url.rpartition("=")[2]) if "=" in url else 1
    rows = "".join(
        f"<li><a href='/art/2024/1/2/art_{number}_{number * 100 + row}.html'>{TITLE.format(row)}</a>2024-01-02</li>"
        for row in range(8, 24)
    )
    following = f"<a href='/nb/?page={number + 1}'>下一页</a>"
    column = "<a href='/nb/?page=1'>政府信息公开年报</a>" if url == HOME else f"<ul>{rows}</ul>{following}"
    return Page.parse(url, f"<html><title>石坞县人民政府</title>{column}主办：石坞县人民政府</html>".encode())


def test_a_list_without_end_ends_and_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "MOST_PAGES", 20)
    made = Discovery(Portal("hurt", "石坞县", HOME))
    asked = 0
    while (step := made.next()) is not None and asked < 100:
        made.received(step, _answer(step))
        asked += 1
    assert asked < 40
    assert any("goes on beyond 20 pages" in said for said in made.shortfalls())
