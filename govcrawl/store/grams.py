"""Chinese text as words that any SQLite's full-text index keeps apart: overlapping pairs of characters.

A text is found by every run of its characters after folding. Each character (each unit of UTF-16: two for
one outside the first plane) becomes four hexadecimal digits, a pair of neighbours one word, so a query is a
phrase of such words and no character of it, be it a quote or an operator, means anything else. Words begin
with a letter that says where they stand: prose, tables, title, or, for filters, the name of the body and the
form. Single characters, with letters of their own, are words of another index, which knows no places.
A seam is the text on both sides of where prose and a table meet: there a query may stand that is in neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby

from govcrawl.text import folded

SEAM = 16
"""Characters of a seam on each side; a query up to one more that crosses it stands in it whole."""

_BREAK = " zz "


class Part(StrEnum):
    """Where a query is found, the most telling first."""

    TITLE = "title"
    PROSE = "prose"
    TABLES = "tables"


_PAIRS = {Part.TITLE: "t", Part.PROSE: "p", Part.TABLES: "b"}
_SINGLES = {Part.TITLE: "u", Part.PROSE: "q", Part.TABLES: "c"}
_SEAMS = "s"
_AGENCY, _FORM = "a", "f"


def runs(text: str) -> list[tuple[Part, str]]:
    """The folded text of a report in its order: prose and tables (Markdown) by turns.

    Their concatenation is the folded text.
    """
    blocks = filter(None, map(folded, text.split("\n\n")))
    return [(part, "".join(same)) for part, same in groupby(blocks, part_of)]


def part_of(block: str) -> Part:
    """What a folded paragraph is; a table begins and ends with a bar, and a query across a seam holds it."""
    return Part.TABLES if block.startswith("|") and block.endswith("|") else Part.PROSE


def words(title: str, text: str, agency: str | None = None, form: str | None = None) -> str:
    """What the index holds of a report: words with a blank between them."""
    found = runs(text)
    parts = [(Part.TITLE, folded(title)), *found]
    said = [_pairs(_PAIRS[part], run) for part, run in parts]
    said += [_pairs(_SEAMS, seam) for seam in _seams(found)]
    said += [_pairs(_AGENCY, folded(agency or "")), _FORM + _units(form or "")]
    return _BREAK.join(said)


def letters(title: str, text: str, agency: str | None = None, form: str | None = None) -> str:
    """What the index of single characters holds of a report."""
    found: dict[Part, set[str]] = {Part.TITLE: set(folded(title))}
    for part, run in runs(text):
        found.setdefault(part, set()).update(run)
    said = {_pairs(_AGENCY, folded(agency or "")), _FORM + _units(form or "")}
    for part, own in found.items():
        units = "".join(own).encode("utf-16-be", "surrogatepass").hex(" ", -2).split(" ")
        said.update([_SINGLES[part] + unit for unit in units if unit])
    return " ".join(sorted(said))


def single(query: str) -> bool:
    """Whether a folded query is one character, which the index of those finds."""
    return len(_units(query)) == 4


def phrases(query: str) -> Iterator[tuple[Part, str]]:
    """Where a folded query may stand, each with the expression that finds it; seams count as tables."""
    for part in Part:
        if single(query):
            yield part, _SINGLES[part] + _units(query)
        else:
            yield part, f'"{_pairs(_PAIRS[part], query)}"'
    if "|" in query and 1 < len(query) <= SEAM + 1:
        yield Part.TABLES, f'"{_pairs(_SEAMS, query)}"'


def agencies(name: str) -> str | None:
    """The expression for reports of bodies whose folded name has all pairs of that; None without any."""
    return " AND ".join(_pairs(_AGENCY, name).split(" ")) if len(_units(name)) > 4 else None


def forms(names: Sequence[str]) -> str:
    """The expression for reports with one of these forms."""
    return " OR ".join(_FORM + _units(name) for name in names)


def crossing(query: str) -> str | None:
    """The expression for texts in which a query longer than a seam may cross one; None for other queries."""
    if "|" not in query or len(query) <= SEAM + 1:
        return None
    half = SEAM // 2
    near = {query[max(0, n - half) : n + half] for n, letter in enumerate(query) if letter == "|"}
    return " OR ".join(f'"{_pairs(_SEAMS, piece)}"' for piece in sorted(near))


def _seams(found: Sequence[tuple[Part, str]]) -> Iterator[str]:
    """The text around each place where the part changes."""
    whole = "".join(run for _, run in found)
    place = 0
    for _, run in found[:-1]:
        place += len(run)
        yield whole[max(0, place - SEAM) : place + SEAM]


def _pairs(mark: str, run: str) -> str:
    units = run.encode("utf-16-be", "surrogatepass")
    pairs = [""] * max(0, len(units) // 2 - 1)
    # Those that begin at an even place, then those between them: cut by bytes.hex at once.
    pairs[::2] = units[: len(units) & ~3].hex(" ", 4).split()
    pairs[1::2] = units[2 : (len(units) - 2) & ~3 | 2].hex(" ", 4).split()
    return mark + f" {mark}".join(pairs)


def _units(run: str) -> str:
    """The UTF-16 code units of a text, four hexadecimal digits each."""
    return run.encode("utf-16-be", "surrogatepass").hex()
