"""Clicks whose function stands in a script file: the file is fetched and read, never executed."""

from __future__ import annotations

import re

from govcrawl.discovery.calls import asked_by
from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.steps import Kind, Step, Target
from govcrawl.discovery.urls import absolute
from govcrawl.text import line

_MOST = 3  # script files that are read for one page
_SCORE = 60.0  # behind every link that says where it leads
_CALL = re.compile(r"javascript:\s*[A-Za-z_$][\w$]*\s*\([^()]+\)")
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|layui|layer|vue|echarts|polyfill|slide|share|wza|gotop|stat|\.min\.",
    re.IGNORECASE,
)


def open_calls(step: Step, page: Page) -> list[Step]:
    """Steps to the script files that may define what a page's 年报 entry calls, when the page does not."""
    functions = "\n".join(str(text) for text in page.root.xpath("//script/text()"))
    calls = [
        (line(node.text_content()), found[0])
        for node in page.root.xpath("//a[contains(@href, 'javascript:')]")
        if (found := _CALL.search(node.get("href") or "")) is not None
        and classify(line(node.text_content())) is Label.ANNUAL
        and asked_by(found[0], functions) is None
    ]
    if not calls or step.kind is Kind.LISTING:
        return []
    label, call = calls[0]
    files = [url for url in page.scripts if not _LIBRARY.search(url)][:_MOST]
    reason = f"script that may know what «{label}» on {page.url} asks for"
    trail = (*step.trail, label, call)
    return [
        Step(Target(url, referer=page.url), Kind.SECTION, _SCORE, reason, False, trail, credit=step.credit)
        for url in files
    ]


def answered(step: Step, page: Page) -> list[PageLink]:
    """The link that a call stands for, when the script file that was fetched for it defines its function."""
    if len(step.trail) < 2 or not _CALL.fullmatch(step.trail[-1]) or step.target.referer is None:
        return []
    asked = asked_by(step.trail[-1], page.text)
    url = absolute(step.target.referer, asked[0]) if asked else None
    return [PageLink(url, step.trail[-2], "", -1, 0, form=asked[1])] if asked and url else []
