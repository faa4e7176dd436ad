"""Normal forms of Chinese text: exact for storage, folded for comparison (domain reference 1.7)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_UNWANTED = re.compile(f"{_INVISIBLE.pattern}|\r")
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
    """Text as it is stored: NFC, no invisible controls, newlines for carriage returns; else unchanged."""
    if _UNWANTED.search(text):
        text = _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


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


_LABEL = 64
_PARAGRAPH = 2000


@lru_cache(maxsize=1 << 16)
def _folded_label(text: str) -> str:
    return _fold(text)


@lru_cache(maxsize=256)
def _folded_paragraph(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return "".join(plain.split()).translate(_FOLD).lower()
