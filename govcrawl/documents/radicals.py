"""Radicals that a font's table of names gives for the characters that look like them: ⼀ for 一, ⻘ for 青.

A program that prints to PDF asks the font which character a glyph stands for; where a radical has the same
glyph, many name that. Nobody wrote radicals, and nobody finds a text that has them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

# Of those without a normal form in Unicode the ones that stand in a report's words.
_SUPPLEMENT = (
    "⺟母⺠民⺁厂⺎兀⺩王⺬示⻁虎⻄西⻅见⻆角⻉贝⻋车⻒镸⻑長⻓长⻔门⻗雨⻘青"
    "⻙韦⻚页⻛风⻜飞⻝食⻤鬼⻢马⻣骨⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)
_CHARACTERS = {
    **{code: ord(unicodedata.normalize("NFKC", chr(code))) for code in range(0x2F00, 0x2FD6)},
    **{ord(one): ord(other) for one, other in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)},
}


def without_radicals(codes: Sequence[int]) -> Sequence[int]:
    """Code points with characters for radicals."""
    if _CHARACTERS.keys().isdisjoint(codes):
        return codes
    return [_CHARACTERS.get(code, code) for code in codes]


def unified(text: str) -> str:
    """Text with characters for radicals."""
    return text if text.isascii() else text.translate(_CHARACTERS)
