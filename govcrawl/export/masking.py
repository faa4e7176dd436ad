"""Telephone numbers and mail addresses taken out of texts; dates and the numbers of tables stay.

What is masked is told by its own form (a mobile number, an area code, an @) or by the word before it (电话).
Public short numbers such as 12345 have neither and stay. Names are not masked: no rule can tell them.
"""

from __future__ import annotations

import re
from collections import Counter

PHONE, MAIL = "[电话]", "[邮箱]"
_EDGE = r"(?<![0-9０-９.．])"
_END = r"(?![0-9０-９]|[.．][0-9０-９]|\s*[元万亿件条个项次人份页])"
_DASH = r"[-－—–―‐ \u00a0]"
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+\s?[@＠]\s?[A-Za-z0-9\-]+(?:[.．][A-Za-z0-9\-]+)+")
_MOBILE = rf"(?:[+＋]?86{_DASH}?)?[1１][3-9３-９]\d(?:{_DASH}?\d{{4}}){{2}}"
_AREA = r"(?:[(（][0０]\d{2,3}[)）]|[0０]\d{2,3})"
_LINE = rf"{_AREA}{_DASH}{{0,3}}[1-9１-９]\d{{6,7}}(?:(?:{_DASH}|转)\d{{1,6}})?"
_FREE = rf"[48]00{_DASH}?\d{{3}}{_DASH}?\d{{4}}"
_PHONE = re.compile(rf"{_EDGE}(?:{_MOBILE}|{_LINE}|{_FREE}){_END}")
_LABEL = r"(?:电\s*话|传\s*真|手\s*机|热\s*线|座\s*机|[Tt][Ee][Ll]|[Ff][Aa][Xx])"
_BEFORE = rf"(?:(?:{re.escape(PHONE)}|[2-9]\d{{6,7}})[、,，/;； ]\s*)*"
_LABELLED = re.compile(
    rf"({_LABEL}(?:号码|号)?(?:[(（][^()（）\n|]{{0,12}}[)）])?\s*[:：为是]{{0,2}}\s*{_BEFORE})[2-9]\d{{6,7}}{_END}"
)
_NUMERIC = re.compile(r"[\s\d.,，．+\-－—%()（）万元亿件]*")
_CELL = re.compile(r"[^|]+")


class Mask:
    """Takes telephone numbers and mail addresses out of texts and counts them by where they stood."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def text(self, text: str, where: str) -> str:
        """Prose; its lines that are rows of tables are masked cell by cell."""
        if "|" not in text:
            return self._prose(text, where)
        return "\n".join(
            _CELL.sub(lambda cell: self.cell(cell[0], where), line)
            if line.lstrip().startswith("|")
            else self._prose(line, where)
            for line in text.split("\n")
        )

    def cell(self, cell: str, where: str) -> str:
        """A cell of a table: one that is nothing but a number stays."""
        return cell if _NUMERIC.fullmatch(cell) else self._prose(cell, where)

    def told(self) -> dict[str, dict[str, int]]:
        """How many were masked, by part of the reports and by kind."""
        found: dict[str, dict[str, int]] = {}
        for (where, kind), number in sorted(self.counts.items()):
            found.setdefault(where, {})[kind] = number
        return found

    def _prose(self, text: str, where: str) -> str:
        text, mails = _MAIL.subn(MAIL, text)
        text, phones = _PHONE.subn(PHONE, text)
        labelled = 1
        while labelled:  # 电话：2821234、2821235 has one label for several
            text, labelled = _LABELLED.subn(rf"\g<1>{PHONE}", text)
            phones += labelled
        if mails:
            self.counts[where, "mail"] += mails
        if phones:
            self.counts[where, "phone"] += phones
        return text
