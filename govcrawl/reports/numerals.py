"""Numbers as prose writes them: Arabic digits with thousands separators, Chinese numerals."""

from __future__ import annotations

import re

NUMERAL = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|[零〇○一二两三四五六七八九十百千万]+)"
)

_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_ARABIC = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")


def numeral(text: str) -> int | float | None:
    """The number that a folded numeral stands for, None for what is no well-formed one."""
    if _ARABIC.fullmatch(text):
        plain = text.replace(",", "")
        return float(plain) if "." in plain else int(plain)
    return _han(text)


def _han(text: str) -> int | None:
    if not text or any(char not in _DIGITS and char not in _TENS and char != "万" for char in text):
        return None
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    high, mark, low = text.partition("万")
    if not mark:
        return _below_10000(text)
    left, right = _below_10000(high), _below_10000(low) if low else 0
    return None if not left or right is None else left * 10000 + right


def _below_10000(text: str) -> int | None:
    """十五, 一百零三, 两千; units have to fall, and a zero only fills a gap."""
    total, digit, last = 0, None, 10000
    for place, char in enumerate(text):
        if char in _TENS:
            unit = _TENS[char]
            if unit >= last or (digit is None and not (unit == 10 and place == 0)):
                return None
            total, last, digit = total + (1 if digit is None else digit) * unit, unit, None
        elif digit is not None and digit != 0:
            return None
        else:
            digit = _DIGITS.get(char)
            if digit is None:
                return None
    return total + (digit or 0) if text else None
