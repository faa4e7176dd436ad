"""Cells that a spreadsheet shows instead of running."""

from __future__ import annotations

import re

_LEADS = frozenset("=+-@\t\r＝＋－＠")
_SPACES = " \n\u3000\u00a0"
SUSPECT = _LEADS | frozenset(_SPACES)
"""What a text begins with that may have to be neutralised."""
_WHOLE = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)"
_NUMBER = re.compile(rf"[+\-＋－]\s?(?:{_WHOLE}(?:[.．]\d*)?|[.．]\d+)(?:[eE][+\-]?\d+)?[%％]?")
_SIGN = re.compile(r"[=＝@＠]|[+\-＋－][+\-＋－—–―‐‑−\s]*")


def harmless(cell: object) -> object:
    """A cell for CSV: text that a spreadsheet would take for a formula gets a leading apostrophe.

    Numbers such as ``-5``, ``－25`` or ``-12.3%`` and lone signs such as ``-`` hold nothing to run: they stay
    as they are, and so does everything that is no text.
    """
    if type(cell) is not str or cell[:1] not in SUSPECT:
        return cell
    if cell[0] not in _LEADS and cell.lstrip(_SPACES)[:1] not in _LEADS:
        return cell
    bare = cell.strip()
    return cell if _SIGN.fullmatch(bare) or _NUMBER.fullmatch(bare) else f"'{cell}"
