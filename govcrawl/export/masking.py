"""Telephone numbers, mail addresses, accounts and id numbers taken out of texts; dates and amounts stay.

What is masked is told by its own form (a mobile number, an area code, an @, a birthday in 18 digits) or by
the word before it (电话, QQ, 微信, 身份证). Public short numbers such as 12345 have neither and stay; so do
addresses of the web, whole. Names are not masked: no rule can tell them.
"""

from __future__ import annotations

import re
from collections import Counter

from govcrawl.export.mask_patterns import (
    ACCOUNT_SIGN,
    ACCOUNTS,
    AT_SIGN,
    IDENTITY,
    LABELLED_IDENTITY,
    LABELLED_PHONE,
    MAIL_OR_WEB,
    PHONE,
    WEB,
    WEB_SIGN,
    checked,
    numbered,
)

_SIGNS = {"phone": "[电话]", "mail": "[邮箱]", "account": "[账号]", "identity": "[身份证号]"}
"""What stands for each kind."""
_NUMERIC = re.compile(r"[\s\d.,，．+\-－—%()（）万元亿件]*")
_CELL = re.compile(r"[^|]+")


class Mask:
    """Takes what leads to persons out of texts and counts it by where it stood."""

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
        """A cell of a table: one that is nothing but a number stays, unless it is an id number."""
        if not _NUMERIC.fullmatch(cell):
            return self._prose(cell, where)
        number = IDENTITY.fullmatch(cell.strip()) if len(cell) >= 18 else None
        if number is None or not checked(number[0]):
            return cell
        return cell.replace(number[0], self._sign("identity", where))

    def told(self) -> dict[str, dict[str, int]]:
        """How many were masked, by part of the reports and by kind."""
        found: dict[str, dict[str, int]] = {}
        for (where, kind), number in sorted(self.counts.items()):
            found.setdefault(where, {})[kind] = number
        return found

    def _prose(self, text: str, where: str) -> str:
        if AT_SIGN.search(text):
            text = MAIL_OR_WEB.sub(lambda hit: hit[0] if hit["web"] else self._sign("mail", where), text)
        pieces = WEB.split(text) if WEB_SIGN.search(text) else [text]
        pieces[::2] = [self._numbers(piece, where) for piece in pieces[::2]]
        return "".join(pieces)

    def _numbers(self, text: str, where: str) -> str:
        """A text between addresses of the web."""
        text = LABELLED_IDENTITY.sub(lambda hit: hit[1] + self._sign("identity", where), text)
        text = IDENTITY.sub(lambda hit: hit[0] if numbered(hit) else self._sign("identity", where), text)
        text = PHONE.sub(lambda _: self._sign("phone", where), text)
        text = self._labelled(LABELLED_PHONE, "phone", text, where)
        if ACCOUNT_SIGN.search(text):
            for pattern in ACCOUNTS:
                text = self._labelled(pattern, "account", text, where)
        return text

    def _labelled(self, pattern: re.Pattern[str], kind: str, text: str, where: str) -> str:
        found = 1
        while found:  # 电话：2821234、2821235 has one label for several
            text, found = pattern.subn(lambda hit: hit[1] + self._sign(kind, where), text)
        return text

    def _sign(self, kind: str, where: str) -> str:
        self.counts[where, kind] += 1
        return _SIGNS[kind]
