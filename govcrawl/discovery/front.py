"""The front door: pages that only lead on, by a script, a refresh or a choice of entrances."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from govcrawl.discovery.columns import Label, classify, entrance, slug_score
from govcrawl.discovery.menus import data_files
from govcrawl.discovery.notices import moved_to
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.steps import OTHER_FILE, Kind, Step, Target
from govcrawl.discovery.urls import absolute, directory, other_scheme, page_key
from govcrawl.hosts import host_of
from govcrawl.model import Portal

NEEDS_BROWSER = "needs a browser: its pages are empty until scripts have run (see docs/politeness.md)"
"""Reason of a portal, or of a list, that exists only after scripts have run."""

_MAX_DOORS = 3  # a page that leads to a page that leads on: more is a loop
_OTHER_DOOR = 40.0  # the likeliest door is opened first, the others only when it leads to too little
_SMALL = 5_000  # bytes; real home pages have 37 kB and more
_FEW = 10  # links
HIDDEN = 46.0
"""Worth of what hides in frames and scripts: before detours, behind the main ways to the column."""

_MAX_DEPTH = 4
_NAVIGATION = re.compile(r"top|nav|menu|head|zwgk|xxgk|daohang|left|side", re.IGNORECASE)
_ROWS = re.compile(r"/data/[^/]*\.js\b|/[^/]*(?:nb|ndbg|nianbao|annual)_?(?:list|data)?\.js\b", re.IGNORECASE)
_OWN_BUNDLE = re.compile(r"^(?:app|main|index|bundle|umi)\b[\w.-]*\.js", re.IGNORECASE)
_GOVERNMENT = re.compile(
    r"gtog|zfz|zhengfu|gov_?index|(?<![a-z])zf(?![a-z])|portal|index|home", re.IGNORECASE
)


def first_step(portal: Portal) -> Step:
    """The step to the page at which a portal's discovery begins; many hosts answer only one scheme."""
    start = portal.start or portal.url
    reason = f"start page set by the registry: {portal.reason}" if portal.start else "start page"
    return Step(Target(start, fallback=Target(other_scheme(start))), Kind.START, 100.0, reason)


def next_doors(step: Step, page: Page, scope: Scope) -> list[Step]:
    """The steps behind a start page without content of its own, the likeliest first; none for a real one."""
    if step.kind not in {Kind.START, Kind.SPLASH} or len(step.trail) >= _MAX_DOORS:
        return []
    if url := page.redirect():
        if not scope.allows(url) or page_key(url) == page_key(page.url):
            return _to_other_file(step, page, url)
        return [_door(step, page, url, "where the start page sends browsers", 0)]
    if url := moved_to(page):
        known = page_key(url) == page_key(page.url) or not scope.allows(url)
        return [] if known else [_door(step, page, url, "where the closing notice says the site is now", 0)]
    inside = [link for link in page.links if scope.allows(link.url)]
    if page.size > _SMALL or not 1 <= len(inside) <= _FEW or any(map(_promising, inside)):
        return []
    ranked = sorted(inside, key=lambda link: -_welcome(link))[:_MAX_DOORS]
    return [
        _door(step, page, link.url, f"entrance of the splash page: {link.name or 'image'}", place)
        for place, link in enumerate(ranked)
    ]


def _to_other_file(step: Step, page: Page, url: str) -> list[Step]:
    """The step to another file of the folder: / may be index.html that sends on to index.shtml."""
    own, other = urlsplit(page.url), urlsplit(url)
    if page_key(url) != page_key(page.url) or own.path == other.path or other.path.endswith("/"):
        return []
    return [replace(_door(step, page, url, "where the start page sends browsers", 0), family=OTHER_FILE)]


def sent_on(step: Step, page: Page, scope: Scope) -> list[Step]:
    """The step to where a page on the way sends browsers, none for a page with content of its own."""
    url = page.redirect() if step.kind in {Kind.SECTION, Kind.COLUMN} and step.chain is None else None
    if url is None or not scope.allows(url) or page_key(url) == page_key(page.url):
        return []
    target = Target(url, referer=page.url)
    reason, credit = f"where {page.url} sends browsers", (*step.credit, step.family)
    return [replace(step, target=target, score=step.score + 1, reason=reason, family="", credit=credit)]


def hidden_content(step: Step, page: Page) -> list[Step]:
    """Frames and scripts of a page whose links do not lead on: its list or navigation may stand there."""
    if step.kind is Kind.LISTING or len(step.trail) > _MAX_DEPTH:
        return []
    of_page = f"of {page.url}"
    found = [(url, f"frame {of_page}") for url in page.frames[:3]]
    files = (absolute(page.base, file) for file in data_files(page.text)[:2])
    found += [(url, f"data file {of_page}") for url in files if url]
    if step.kind in {Kind.START, Kind.SPLASH}:
        found += [(url, f"script {of_page}") for url in page.scripts if _NAVIGATION.search(url)][:3]
    elif step.annual:
        lists = [url for url in page.scripts if _is_below(url, page.url) or _ROWS.search(url)]
        found += [(url, f"script {of_page}") for url in (lists or _bundles(page))[:2]]
    kind = Kind.COLUMN if step.annual else Kind.SECTION
    fields = tuple(page.reading.fields.items()) if step.annual and found else ()
    return [
        replace(
            step,
            target=Target(url, referer=page.url),
            kind=kind,
            score=HIDDEN,
            reason=reason,
            family=hidden_in(page.url),
            fields=fields,
            credit=(*step.credit, step.family) if step.family else step.credit,
        )
        for url, reason in found
    ]


def hidden_in(url: str) -> str:
    """Family of the steps to what hides in the frames and scripts of a page."""
    return f"hidden {url}"


def _bundles(page: Page) -> list[str]:
    """The script files of a page that is drawn into an empty element, but for libraries."""
    if not page.root.xpath("//*[@id='app' or @id='root'][not(.//a)]"):
        return []
    return [url for url in page.scripts if _OWN_BUNDLE.search(url.rsplit("/", 1)[-1])]


def _is_below(script: str, page: str) -> bool:
    """Whether a script file stands in a column's own folder or below: its rows may, no library does."""
    folder = directory(page)
    return directory(script).startswith(folder) and folder.count("/") > 1


def _welcome(link: PageLink) -> int:
    """How likely a door leads to the government's portal: by its words, then by its host, file and image."""
    return 2 * entrance(link.name) + bool(_GOVERNMENT.search(f"{host_of(link.url)} {link.url} {link.image}"))


def _door(step: Step, page: Page, url: str, reason: str, place: int) -> Step:
    target, score = Target(url, referer=page.url), step.score if not place else _OTHER_DOOR - place
    return replace(
        step, target=target, kind=Kind.SPLASH, score=score, reason=reason, trail=(*step.trail, "splash")
    )


def _promising(link: PageLink) -> bool:
    return classify(link.name) in {Label.ANNUAL, Label.DISCLOSURE, Label.MAP} or slug_score(link.url) > 0
