"""An article that a page keeps as text until a script shows it: in a text area, a template, a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_WORDS = ("总体情况", "主动公开政府信息", "收到和处理", "行政复议", "改进情况", "其他需要报告")
_FEWEST = 3
_LONGEST = 2 * 2**20  # characters of a script that are searched
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*+)"|\'((?:[^\'\\\n]|\\.)*+)\'|`((?:[^`\\]|\\.)*+)`', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SIGNS = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": "", "v": "", "\n": ""}
_TAG = re.compile(r"<(?:p|div|table|h\d|span)\b", re.IGNORECASE)


def kept_article(root: etree._Element) -> str | None:
    """The markup of a report that stands in a page as text, None where there is none."""
    return next(filter(_is_report, _kept(root)), None)


def _kept(root: etree._Element) -> Iterator[str]:
    for node in root.iter("textarea", "xmp", "template", "script"):
        if node.tag != "script" or node.get("type"):
            inner = (etree.tostring(child, encoding="unicode", method="html") for child in node)
            yield (node.text or "") + "".join(inner)
    for script in root.iter("script"):
        text = (script.text or "")[:_LONGEST]
        if "\\u" in text or _is_report(text):
            for found in _STRING.finditer(text):
                written = found[1] or found[2] or found[3] or ""
                if "<" in written or "\\u003" in written or "\\x3" in written:
                    yield _ESCAPE.sub(_sign, written)


def _sign(found: re.Match[str]) -> str:
    if found[3]:
        return _SIGNS.get(found[3], found[3])
    code = int(found[1] or found[2], 16)
    return chr(code) if not 0xD800 <= code <= 0xDFFF else ""


def _is_report(text: str) -> bool:
    return _TAG.search(text) is not None and sum(word in text for word in _WORDS) >= _FEWEST
