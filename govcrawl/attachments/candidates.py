"""Addresses on a page that may be attached files: in links, viewers, frames, around and data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice
from urllib.parse import urlsplit

from lxml import html as lxml_html

from govcrawl.attachments.addresses import DOCUMENT, ENDINGS, IMAGE, is_download, is_file, is_viewer, shown_by
from govcrawl.attachments.islands import named_files
from govcrawl.attachments.names import file_name
from govcrawl.attachments.surroundings import NEAR, Surroundings
from govcrawl.discovery.urls import absolute
from govcrawl.text import line

MOST = 200
"""Candidates of one page; a page with more is a list of files, no report's."""

_FRAMES = {
    "iframe": "src",
    "frame": "src",
    "embed": "src",
    "object": "data",
    "source": "src",
    "param": "value",
}
_LINKS = ("a", "area")
_DATA = re.compile(r"\s*(?:[\w.$]+\(\s*)?[{\[]")
_QUOTED = re.compile(r"""["']([^"'<>]{2,500})["']""")
_ASKS = re.compile(r"附件|下载|预览|查看|原文|全文|正文|文档|pdf|word|年度?报告?$|报告$", re.IGNORECASE)
_ICON = re.compile(
    r"icon|logo|qr|ewm|wechat|weixin|btn|button|filetype|arrow|banner|ico[-_/.]|line\.",
    re.IGNORECASE,
)
_UPLOADED = re.compile(r"\d{6,}|[0-9a-f]{8,}|upload|editor|attach|/files?/", re.IGNORECASE)
_SMALL = 200  # pixels; a table of four columns is wider


class How(StrEnum):
    """Where an address stood."""

    LINK = "link"
    VIEWER = "viewer"
    FRAME = "frame"
    CLICK = "click"
    DATA = "data"
    ISLAND = "island"
    IMAGE = "image"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be a report's attached file; ``name`` is what the page calls it, maybe nothing.

    ``near`` is the text right around it, ``sure`` says that the address itself reads like a file's,
    ``aside`` that it stands in the page's surroundings, ``page`` where it was found.
    """

    url: str
    name: str
    how: How
    page: str
    near: str = ""
    sure: bool = True
    aside: bool = False


_Stands = tuple[str, How, bool]


def candidates(root: lxml_html.HtmlElement, url: str, text: str) -> list[Candidate]:
    """What may be attached to the page at ``url``, in reading order, each address once.

    ``root`` is its tree, ``text`` the markup as it came. An address that stands at several places keeps its
    first, with the fullest name.
    """
    base = next((absolute(url, str(href)) for href in root.xpath("//base/@href")), None) or url
    functions = "\n".join(str(script) for script in root.xpath("//script/text()"))
    found: dict[str, Candidate] = {}
    data = text if _DATA.match(text) else functions
    for one in chain(_of_elements(root, base, url, Surroundings(functions)), _of_data(data, base, url)):
        known = found.get(one.url)
        if known is None:
            found[one.url] = one
        elif not known.name or (known.aside and not one.aside):
            found[one.url] = replace(one, name=one.name or known.name, near=one.near or known.near)
        if len(found) >= MOST:
            break
    return [one for one in found.values() if one.url.partition("#")[0] != url.partition("#")[0]]


def _of_elements(
    root: lxml_html.HtmlElement, base: str, page: str, around: Surroundings
) -> Iterator[Candidate]:
    for node in root.iter("*"):
        if node.tag in ("script", "style", "link", "meta", "base"):
            continue
        made = list(_of_element(node, base, around))
        if not made:
            continue
        # what stands inside an embedded object is for browsers that cannot show it
        label = "" if node.tag in _FRAMES else around.words(node)
        title = node.get("title") or node.get("download") or ""
        aside, near = around.aside(node), around.near(node)
        for address, how, sure in made:
            name = file_name(label if len(label) <= 2 * NEAR else "", title, url=address if sure else "")
            yield Candidate(address, name, how, page, near, sure, aside)


def _of_element(node: lxml_html.HtmlElement, base: str, around: Surroundings) -> Iterator[_Stands]:
    """(address, how it stands there, whether it reads like a file's) of all that one element leads to."""
    tag = str(node.tag)
    if tag in _FRAMES and (address := absolute(base, node.get(_FRAMES[tag]) or "")):
        if tag != "param" or is_file(address):
            yield from _framed(address, base, tag)
    elif tag == "img":
        if (address := absolute(base, node.get("src") or "")) and _is_table_image(node, address):
            yield address, How.IMAGE, False
    elif tag in _LINKS and (address := absolute(base, node.get("href") or "")):
        if _is_linked_scan(node, address, around):
            yield address, How.IMAGE, False
        else:
            yield from _linked(node, address, base, around)
    for name, value in node.attrib.items():
        if name in ("href", "src", "style", "class", "alt", "title", "id") and not value.startswith(
            "javascript:"
        ):
            continue
        yield from _of_attribute(name, value, base, around)


def _framed(address: str, base: str, tag: str) -> Iterator[_Stands]:
    if inner := _shown(address, base):
        yield inner, How.VIEWER, True
    elif is_file(address) or is_download(address):
        yield address, How.FRAME, True
    elif tag in ("iframe", "frame", "object"):
        yield address, How.VIEWER if is_viewer(address) else How.FRAME, False


def _linked(node: lxml_html.HtmlElement, address: str, base: str, around: Surroundings) -> Iterator[_Stands]:
    if inner := _shown(address, base):
        yield inner, How.VIEWER, True
    elif is_file(address) or is_download(address):
        yield address, How.LINK, True
    else:
        words = around.words(node) or line(node.get("title") or "")
        if len(words) <= NEAR and (DOCUMENT.search(words) or node.get("download") is not None):
            yield address, How.LINK, True
        elif len(words) <= NEAR and _ASKS.search(words) and not _is_page(address, base):
            yield address, How.LINK, False


def _of_attribute(name: str, value: str, base: str, around: Surroundings) -> Iterator[_Stands]:
    """Addresses in a click's script, and in attributes that scripts read."""
    script = name.startswith("on") or value.startswith("javascript:")
    if script:
        for quoted in _QUOTED.findall(value):
            if (is_file(quoted) or is_download(quoted)) and (address := absolute(base, quoted)):
                yield _shown(address, base) or address, How.CLICK, True
                return
        asked = around.asked(value.removeprefix("javascript:"))
        if asked and asked[1] is None and (address := absolute(base, asked[0])):
            inner = _shown(address, base)
            if inner or is_file(address) or is_download(address) or is_viewer(address):
                yield inner or address, How.CLICK, inner is not None or not is_viewer(address)
    elif (
        ("/" in value or name.startswith("data-"))
        and len(value) <= 600
        and (is_file(value) or is_download(value))
        and (address := absolute(base, value)) is not None
    ):
        yield _shown(address, base) or address, How.DATA, True


def _of_data(text: str, base: str, page: str) -> Iterator[Candidate]:
    """Files that stand in scripts or an answer of JSON, as values or in escaped markup."""
    for address, name in islice(named_files(text), 5 * MOST):
        if (url := absolute(base, address)) is not None:
            shown = _shown(url, base) or url
            yield Candidate(shown, file_name(name, url=shown), How.ISLAND, page)


def _shown(address: str, base: str) -> str | None:
    inner = shown_by(address, base)
    return absolute(base, inner) if inner else None


def _is_page(address: str, base: str) -> bool:
    """Whether an address reads like a page's: by its ending, or as another article of the same script."""
    path = urlsplit(address).path
    return (
        path == urlsplit(base).path
        or path.endswith("/")
        or re.search(r"\.(?:s?html?|css|js)$", path, re.IGNORECASE) is not None
    )


def _is_table_image(node: lxml_html.HtmlElement, address: str) -> bool:
    """Whether a picture may be a page or table of the report, and no ornament."""
    path = urlsplit(address).path
    if not IMAGE.search(path) or _ICON.search(path) or not _UPLOADED.search(path):
        return False
    sizes = [re.match(r"\s*(\d+)(?!\d|%)", node.get(side) or "") for side in ("width", "height")]
    return not any(size and int(size[1]) < _SMALL for size in sizes)


def _is_linked_scan(node: lxml_html.HtmlElement, address: str, around: Surroundings) -> bool:
    """Whether a link whose words ask to look at a document leads to a picture: a scan of it."""
    path = urlsplit(address).path
    return bool(
        IMAGE.search(path)
        and not _ICON.search(path)
        and next(node.iter("img"), None) is None
        and _ASKS.search(around.words(node))
    )


__all__ = ["ENDINGS", "MOST", "Candidate", "How", "candidates"]
