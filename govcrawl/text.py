"""Normal forms of Chinese text: exact for storage, folded for comparison (domain reference 1.7)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_UNWANTED = re.compile(f"{_INVISIBLE.pattern}|\r")
# What stands behind a right-to-left override is shown from its end, up to the sign that ends it or the line.
_OVERRIDDEN = re.compile("\u202e([^\u202a-\u202e\r\n]*)")
_FOLD = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "「": '"', "」": '"', "＂": '"',
        "‘": "'", "’": "'",
        "—": "-", "–": "-", "－": "-", "−": "-", "‐": "-", "‑": "-", "―": "-",
        "〔": "(", "〕": ")", "【": "[", "】": "]",
        "、": "、", "﹑": "、", "․": ".", "·": "·", "•": "·",
    }
)  # fmt: skip


def exact(text: str) -> str:
    """Text as it is stored: NFC, no invisible controls, newlines for carriage returns; else unchanged.

    What a control turns round is written as it is seen.
    """
    if _UNWANTED.search(text):
        if "\u202e" in text:
            text = _OVERRIDDEN.sub(lambda found: found[1][::-1], text)
        text = _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else _normal("NFC", text)


def line(text: str) -> str:
    """One line of prose for storage: exact, runs of white space (no-break and wide ones too) as one space."""
    if text.isascii():
        return " ".join(text.split())
    return _line_label(text) if len(text) <= _LABEL else " ".join(exact(text).split())


@lru_cache(maxsize=1 << 14)
def _line_label(text: str) -> str:
    return " ".join(exact(text).split())


def folded(text: str) -> str:
    """Text for comparison only: NFKC, no white space, quotes and dashes unified, lower case."""
    if len(text) <= _LABEL:
        return _folded_label(text)
    return _folded_paragraph(text) if len(text) <= _PARAGRAPH else _fold(text)


_MAY_HAVE_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u1dff\u20d0-\u20f0\u2cef-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabed"
    "\ufb1e-\ufe2f\U000101fd-\U0001e94a]{31}"
)
_LABEL = 64
_PARAGRAPH = 2000


@lru_cache(maxsize=1 << 16)
def _folded_label(text: str) -> str:
    return _fold(text)


@lru_cache(maxsize=256)
def _folded_paragraph(text: str) -> str:
    return _fold(text)


def _normal(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Text in a normal form; runs of more than 30 combining marks, which no script has, stay as they are.

    Putting a run in order takes time that grows with its square: 80 kB of marks took 12 s.
    """
    if len(text) < _PARAGRAPH or not _MAY_HAVE_MARKS.search(text):
        return unicodedata.normalize(form, text)
    pieces = _marks().split(text)  # every second one is a run
    return "".join(
        piece if place % 2 else unicodedata.normalize(form, piece) for place, piece in enumerate(pieces)
    )


@cache
def _marks() -> re.Pattern[str]:
    """Runs of combining marks, longer than Unicode's stream-safe text has them (UAX #15)."""
    marks = "".join(one for one in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(one))
    return re.compile(f"([{marks}]{{31,}})")


_WIDE = "，：；（）！？％／＋～０１２３４５６７８９"
_PLAIN = re.compile(
    "[\t\n -~\u00b7\u3001\u3002\u300a\u300b\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002f7ff"
    + re.escape(_WIDE + "“”‘’「」—–－−〔〕【】")
    + "]*"
)
"""What nearly all texts consist of: no character of it is changed by those beside it."""

_CAPITAL = re.compile("[A-Z]")
"""Such a text has no others, for the wide ones are not among its characters."""

_REPLACED = tuple(
    (one, unicodedata.normalize("NFKC", one).translate(_FOLD)) for one in _WIDE + "“”‘’「」—–－−〔〕【】"
)


def _fold(text: str) -> str:
    if _PLAIN.fullmatch(text):
        for one, other in _REPLACED:
            text = text.replace(one, other)
        text = "".join(text.split())
        return text.lower() if _CAPITAL.search(text) else text  # 4 times as long
    plain = _normal("NFKC", _INVISIBLE.sub("", text))
    return "".join(plain.split()).translate(_FOLD).lower()


_LOWER = bytes(range(256)).lower()


def folded_utf8(text: str) -> bytes:
    """``folded`` in UTF-8, in half the time for a long text of nothing but the usual characters."""
    if not _PLAIN.fullmatch(text):
        return folded(text).encode()
    for one, other in _REPLACED:
        text = text.replace(one, other)
    return text.encode().translate(_LOWER, b"\t\n ")


_WRITTEN: dict[str, str] = {}
for _one, _other in _REPLACED:
    _WRITTEN[_other] = _WRITTEN.get(_other, "") + _one


def is_plain(text: str) -> bool:
    """Whether a text has nothing but the usual characters, which are folded one by one."""
    return _PLAIN.fullmatch(text) is not None


@lru_cache(maxsize=64)
def in_plain(query: str) -> re.Pattern[str]:
    """What finds a folded text in a plain one as it stands, where ``folded`` would have it."""
    ways = (one + one.upper() * one.isascii() + _WRITTEN.get(one, "") for one in query)
    return re.compile("[\t\n ]*".join(f"[{re.escape(way)}]" for way in ways))
