"""Portals of a few pages in memory: what discovery finds on them and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping

from govcrawl.discovery import Discovery, Page
from govcrawl.discovery.memory import Memory
from govcrawl.discovery.steps import Step
from govcrawl.model import Portal

HOST = "http://www.qipi.gov.cn"
DEPARTMENTS, TOWNS = ("教育局", "财政局", "民政局"), ("青坪镇", "双河乡", "柳林镇")
NAME = "栖陂县"


def title(body: str, year: int) -> str:
    return f"{NAME if body == '人民政府' else ''}{body}{year}年政府信息公开工作年度报告"


def rows(*reports: tuple[str, str, int]) -> str:
    """A dated list of (address, body, year)."""
    return "".join(
        f'<li><a href="{path}">{title(body, year)}</a><span>{year + 1}-01-20</span></li>'
        for path, body, year in reports
    )


def page(body: str) -> str:
    """A page in the portal's dress."""
    return (
        f"<html><head><title>{NAME}人民政府</title></head><body>{body}"
        f"<div>{'要闻' * 40}</div><div>主办：{NAME}人民政府办公室</div></body></html>"
    )


def column(body: str, more: Mapping[str, str] = {}) -> dict[str, str]:
    """A portal whose column /nb.html is what ``body`` says."""
    front = '<a href="/zn.html">政府信息公开指南</a><a href="/nb.html">政府信息公开年报</a>'
    return {
        "/": page('<a href="/zfxxgk.html">政府信息公开</a>'),
        "/zfxxgk.html": page(front),
        "/zn.html": page("指南"),
        "/nb.html": page(front + body),
    } | dict(more)


def crawl(pages: Mapping[str, str], memory: Memory | None = None) -> tuple[set[str], list[str], Discovery]:
    """(paths of the reports found, what was asked for, the discoverer); a posted form stands behind a blank."""
    discovery = Discovery(Portal("qipi", NAME, f"{HOST}/"), memory=memory or Memory())
    found, asked = set[str](), list[str]()
    while (step := discovery.next()) is not None and len(asked) < 200:
        key = path_of(step)
        asked.append(key)
        text = pages.get(key)
        if text is None:
            discovery.failed(step)
            continue
        brought = discovery.received(step, Page.parse(step.target.url, text.encode(), "utf-8"))
        found |= {entry.url.removeprefix(HOST) for entry in brought.entries}
        if brought.itself is not None:
            found.add(brought.itself.url.removeprefix(HOST))
    return found, asked, discovery


def path_of(step: Step) -> str:
    path = step.target.url.removeprefix(HOST)
    return f"{path} {step.target.body}" if step.target.method == "POST" else path
