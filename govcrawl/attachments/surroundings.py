"""What stands around the elements of a page, asked for as often as there are files on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import html as lxml_html

from govcrawl.discovery.calls import asked_by
from govcrawl.text import line

NEAR = 60  # characters of what stands around a link
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|head(?:er)?|top|foot(?:er)?|side(?:bar)?|left|friend|yqlink|crumbs?|search|related|recommend|hot|share)"
    r"(?:[\s_-]|$|box|bar|er\b)",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"nav", "header", "footer", "aside", "select"})
_LONG = 1_000  # characters of an element that are read


@dataclass(slots=True)
class Surroundings:
    """What is asked of a page for many of its elements, each thing once: words, places, what around ask for.

    Of the around only the first ones are followed, since each is looked for in all functions.
    """

    functions: str
    left: int = 50
    known: dict[lxml_html.HtmlElement, str] = field(default_factory=dict)
    places: dict[lxml_html.HtmlElement, bool] = field(default_factory=dict)

    def asked(self, script: str) -> tuple[str, str | None] | None:
        """What a click asks for."""
        self.left -= 1
        return asked_by(script, self.functions) if self.left >= 0 else None

    def words(self, node: lxml_html.HtmlElement) -> str:
        """The beginning of an element's text, as one line: an element may hold the whole page."""
        if node not in self.known:
            parts: list[str] = []
            length = 0
            for text in node.itertext():
                parts.append(str(text)[:_LONG])
                length += len(parts[-1])
                if length >= _LONG:
                    break
            self.known[node] = line("".join(parts))
        return self.known[node]

    def near(self, node: lxml_html.HtmlElement) -> str:
        """The text of the smallest element around a link that says more than the link."""
        own = self.words(node)
        for above in islice(node.iterancestors(), 4):
            words = self.words(above)
            if len(words) > len(own) and own in words:
                place = words.find(own)
                return words[max(0, place - NEAR) : place + len(own) + NEAR]
        return own[:NEAR]

    def aside(self, node: lxml_html.HtmlElement) -> bool:
        """Whether an element stands in navigation, footer or a side panel."""
        passed = []
        found = False
        for above in node.iterancestors():
            if above in self.places:
                found = self.places[above]
                break
            passed.append(above)
            if _is_aside(above):
                found = True
                break
        self.places.update(dict.fromkeys(passed, found))
        return found


def _is_aside(node: lxml_html.HtmlElement) -> bool:
    """Whether an element is a page's navigation, footer or side panel."""
    if node.tag in _ELSEWHERE:
        return True
    named = f"{node.get('class') or ''} {node.get('id') or ''}"
    return node.tag not in ("body", "html") and _AROUND.search(named) is not None
