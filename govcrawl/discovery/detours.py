"""Ways that are worth a request only when the others gave no report, or none but the government's own.

A county may keep its column of reports under 监督保障. Its departments and towns may have theirs in the tree
of 法定主动公开内容, or on sites of their own that only the foot of the home page lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from govcrawl.discovery.columns import Label, classify, plain
from govcrawl.discovery.dialects import looks_like_article
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.steps import BODIES, Kind, Step, Target
from govcrawl.discovery.urls import page_key

_SCORE = 50.0
_MOST_WAYS = 4
_MOST_BODIES = 200
_LONGEST = 12  # characters of a label of a menu
_KEEPS = re.compile(
    r"监督.{0,2}保障|保障.{0,2}监督|公开(?:监督|保障|管理|工作|组织|机制)|(?:组织|制度)保障|组织管理|管理公开"
)
_STATED = re.compile(r"^法定主动公开(?:内容|信息|目录)?$")
_AS_DISCLOSURE = "政府信息公开"


@dataclass(slots=True)
class Detours:
    """What the pages on the way offered besides.

    ``ways`` may lead to the column, ``stated`` to the bodies' reports; ``bodies`` the start page lists.
    """

    scope: Scope
    ways: dict[str, Step] = field(default_factory=dict)
    stated: dict[str, Step] = field(default_factory=dict)
    bodies: dict[str, Step] = field(default_factory=dict)

    def note(self, step: Step, page: Page) -> None:
        """Take note of what a page on the way to the column offers besides."""
        if step.kind not in {Kind.START, Kind.SPLASH, Kind.SECTION, Kind.COLUMN} or step.body:
            return
        start = step.kind in {Kind.START, Kind.SPLASH}
        for link in page.links:
            label = plain(link.name) if len(link.name) <= 2 * _LONGEST else ""
            if not label or link.form is not None or not self.scope.own(link.url):
                continue
            if _STATED.search(label):
                self._keep(self.stated, page, link, _AS_DISCLOSURE)
            elif start and link.url in page.bodies and classify(label) is Label.BODY:
                self._keep(self.bodies, page, link, link.name, f"{page.url}{BODIES}")
            elif len(label) <= _LONGEST and _KEEPS.search(label):
                self._keep(self.ways, page, link, _AS_DISCLOSURE)

    def _keep(self, kept: dict[str, Step], page: Page, link: PageLink, trail: str, family: str = "") -> None:
        if looks_like_article(link.url) is True or len(kept) >= (_MOST_BODIES if family else _MOST_WAYS):
            return
        target, reason = Target(link.url, referer=page.url), f"«{link.name}» on {page.url}"
        body = link.name if family else ""
        step = Step(target, Kind.SECTION, _SCORE, reason, trail=(trail,), family=family, body=body)
        kept.setdefault(page_key(link.url), step)

    def to_bodies(self) -> list[Step]:
        """The steps to where the bodies' reports may stand, the likelier ones first, each only once."""
        steps = self.stated or self.bodies
        taken = [*steps.values()]
        steps.clear()
        return taken
