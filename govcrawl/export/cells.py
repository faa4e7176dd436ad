"""Cells that a spreadsheet shows instead of running."""

from __future__ import annotations

import re

_LEADS = frozenset("=+-@\t\r＝＋－＠")
_NUMBER = re.compile(r"[+\-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?%?")


def harmless(cell: object) -> object:
    """A cell for CSV: text that a spreadsheet would take for a formula gets a leading apostrophe.

    Numbers such as ``-5`` or ``-12.3%`` stay as they are, and so does everything that is no text.
    """
    if not isinstance(cell, str) or not cell:
        return cell
    lead = cell.lstrip(" \n\u3000\u00a0")[:1]
    if (cell[0] in _LEADS or lead in _LEADS) and not (len(cell) > 1 and _NUMBER.fullmatch(cell)):
        return f"'{cell}"
    return cell
