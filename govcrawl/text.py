"""Normal forms of Chinese text: exact for storage, folded for comparison (domain reference 1.7)."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPACE = re.compile(r"\s+")
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
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n").replace("\r", "\n")


def line(text: str) -> str:
    """One line of prose for storage: exact, runs of white space (no-break and wide ones too) as one space."""
    return _SPACE.sub(" ", exact(text)).strip()


def folded(text: str) -> str:
    """Text for comparison only: NFKC, no white space, quotes and dashes unified, lower case."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return _SPACE.sub("", plain).translate(_FOLD).lower()
