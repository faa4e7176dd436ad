"""What a host's robots.txt means for us, in a few words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scrapy.robotstxt import decode_robotstxt
from scrapy.utils.misc import load_object

if TYPE_CHECKING:
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

_RULE = re.compile(r"^\s*disallow\s*:\s*\S", re.IGNORECASE | re.MULTILINE)
_DELAY = re.compile(r"^\s*crawl-delay\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def told_of_robots(response: Response, settings: BaseSettings) -> str:
    """``12 rules, the home page is open``, or why there are none."""
    if response.status >= 500:
        return f"answers {response.status}"
    text = decode_robotstxt(response.body, None) or ""
    if response.status != 200 or "<html" in text[:1000].lower():
        return "none, so everything may be read"
    rules = len(_RULE.findall(text))
    told = [f"{rules} rule{'' if rules == 1 else 's'}" if rules else "forbids nothing"]
    home = response.urljoin("/")
    if rules:
        told.append("the home page is open" if _open(response, settings, home) else "the home page is closed")
    if delay := _DELAY.search(text):
        told.append(f"wants {delay[1]} s between requests")
    return ", ".join(told)


def _open(response: Response, settings: BaseSettings, url: str) -> bool:
    parser: Any = load_object(settings["ROBOTSTXT_PARSER"])
    agent = settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"]
    return bool(parser(response.body, None).allowed(url, agent))
