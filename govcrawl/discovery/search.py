"""A site's own search: where its form stands, what to ask it, and where its results lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from lxml import html as lxml_html

from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.raw_queries import codec
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

QUERY = "政府信息公开工作年度报告"

PAGES = 30
"""Pages of search results that a crawl looks at, as long as each of them brings reports."""

_WORDS = re.compile(
    r"^(?:search_?(?:words?|keys?|text|content|value)?|key_?words?"
    r"|kw|wd|q|query|keys?|sw|s|words?|title|fulltext)$",
    re.IGNORECASE,
)
_SEARCH = re.compile(r"search|was5|jrobot|/igs/|query|sousuo|/so[./?]|ss\.", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"""['"]([^'"\s]*(?:search|was5|jrobot|/igs/|query)[^'"\s]*"""
    r"""[?&](?:search_?words?|key_?words?|q|query|wd|kw|key)=)['"]\s*\+""",
    re.IGNORECASE,
)
_THROUGH = ("url", "link", "href", "target")
_TEXT_TYPES = frozenset({"", "text", "search"})


@dataclass(frozen=True, slots=True)
class SearchForm:
    """A way to ask a site's search: ``address``, the ``fields`` sent along, ``word`` the query's name."""

    address: str
    word: str
    fields: tuple[tuple[str, str], ...] = ()
    post: bool = False
    charset: str = "utf-8"

    def ask(self, referer: str) -> Target:
        """The request for the query."""
        pairs = [*self.fields, (self.word, QUERY)]
        sent = urlencode(pairs, encoding=codec(self.charset), errors="replace")
        if self.post:
            return Target(self.address, "POST", sent, referer)
        joint = "&" if "?" in self.address else "?"
        return Target(f"{self.address}{joint}{sent}", referer=referer)


def forms_of(page: Page, scope: Scope) -> list[SearchForm]:
    """The search forms that a page shows, on the place's own hosts, the plainest first."""
    found = [form for node in page.root.iter("form") if (form := _form(node, page)) is not None]
    found += _scripted(page)
    return [form for form in dict.fromkeys(found) if scope.own(form.address)]


def results_of(page: Page, scope: Scope) -> list[PageLink]:
    """The links of a page of results, those through a counting script replaced by where they end."""
    return [replace(link, url=_behind(link.url, scope)) for link in page.links]


def _form(node: lxml_html.HtmlElement, page: Page) -> SearchForm | None:
    inputs = list(node.iter("input"))
    if any((item.get("type") or "").lower() == "password" for item in inputs):
        return None
    words = [
        item.get("name") or ""
        for item in inputs
        if (item.get("type") or "").lower() in _TEXT_TYPES and item.get("name")
    ]
    told = " ".join(node.get(name) or "" for name in ("action", "id", "class", "name", "onsubmit"))
    word = next((name for name in words if _WORDS.match(name)), "")
    if not word and _SEARCH.search(told) and len(words) == 1:
        word = words[0]
    address = absolute(page.base, node.get("action") or "") if node.get("action") else None
    if not word or address is None or not (_SEARCH.search(told) or len(words) == 1):
        return None
    post = (node.get("method") or "get").lower() == "post"
    given = tuple(_hidden(node, word))
    if not post and "?" in address:  # a browser drops the address's own query when it sends a form by GET
        address = address.partition("?")[0]
    return SearchForm(address, word, given, post, node.get("accept-charset") or page.charset)


def _hidden(node: lxml_html.HtmlElement, word: str) -> Iterator[tuple[str, str]]:
    for item in node.iter("input", "select"):
        name, kind = item.get("name") or "", (item.get("type") or "").lower()
        if not name or name == word:
            continue
        if item.tag == "select":
            chosen = item.xpath("./option[@selected]/@value | ./option[1]/@value")
            yield name, str(chosen[0]) if chosen else ""
        elif kind == "hidden" or (kind in {"radio", "checkbox"} and item.get("checked") is not None):
            yield name, item.get("value") or ""


def _scripted(page: Page) -> list[SearchForm]:
    """Searches that a button's script opens: its address ends where the query would follow."""
    found = []
    for stem in _SCRIPTED.findall(page.text):
        address = absolute(page.base, stem)
        if address is None:
            continue
        parts = urlsplit(address)
        *fields, (word, _) = parse_qsl(parts.query, keep_blank_values=True)
        plain = f"{parts.scheme}://{parts.netloc}{parts.path}"
        found.append(SearchForm(plain, word, tuple(fields), charset=page.charset))
    return found


def _behind(url: str, scope: Scope) -> str:
    for name, value in parse_qsl(urlsplit(url).query):
        if name.lower() in _THROUGH and value.startswith(("http://", "https://")):
            target = absolute(url, quote(value, safe="/%:=&?~+!$,;'@()*[]|#"))
            if target is not None and scope.allows(target):
                return target
    return url
