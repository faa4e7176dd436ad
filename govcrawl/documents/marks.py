"""How text that is no part of the number it touches is written: raised, lowered and struck out.

``31`` with a raised 2 is ``31²``, ``31`` with a struck 9 is ``31~~9~~`` (as Markdown writes it): a reader
sees them apart, and plain text would run them together.
"""

from __future__ import annotations

import re

RAISED, LOWERED, STRUCK = "raised", "lowered", "struck"
ALPHABETS = {
    RAISED: dict(zip("0123456789+-=()（）n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁽⁾ⁿ", strict=True)),
    LOWERED: dict(zip("0123456789+-=()（）", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₍₎", strict=True)),
}
LONGEST = 12
_FOOTNOTE = re.compile(r"注|[^\[【〔]*\d")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()n0123456789+-=()")


def as_marked(text: str, mark: str) -> str:
    """A piece of text that has a mark; what is blank, long or holds control characters stays as it is."""
    own = text.strip()
    if not own or any(sign < " " for sign in own):
        return text
    if mark == STRUCK:
        return f"~~{text}~~"
    if len(own) > LONGEST:
        return text
    alphabet = ALPHABETS[mark]
    if all(sign in alphabet for sign in own):
        return "".join(alphabet[sign] for sign in own)
    return f"[{own}]" if _FOOTNOTE.match(own) else text


def settled(text: str) -> str:
    """The text of a line some pieces of which were marked: where all of it is raised, none is."""
    text = text.replace("~~~~", "")
    own = text.strip()
    return text.translate(_PLAIN) if own and all(ord(sign) in _PLAIN for sign in own) else text
