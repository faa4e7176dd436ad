"""Entries of long lists of links, read from a page's source and taken out of it, so that no parser sees them.

Half of a page's elements are its menus, the same on every page of a portal: an entry is taken out once it was
met before, and what it shows is remembered. The first entry of a run stays: it brings the parser into the
state in which every other one, of the same tags, finds it and leaves it. An entry that holds anything but a
line of text and links, or that a reader of titles or attachments would look at, stays too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from lxml import etree

from govcrawl.attachments.addresses import ENDINGS
from govcrawl.documents.flow import Entry
from govcrawl.documents.layout import SOURCE_BREAK, is_hidden, may_hide
from govcrawl.documents.links import may_lead_to_file
from govcrawl.documents.page_meta import TITLE_CLASS
from govcrawl.documents.sound_cells import ATTRIBUTES, NO_CHARACTER, attribute_values
from govcrawl.documents.typography import may_stand_out
from govcrawl.text import line

_MARK = "govcrawl-list"
_END = b"</li>"
_PLACE = b'<li><img %b="%d">'
_FEWEST = 6
_LONGEST = 600
_ENTRY = re.compile(
    rf"\s*<li(?P<own>{ATTRIBUTES})>(?P<inside>(?:[^<>&]++|</?(?:a|span|em|i|strong){ATTRIBUTES}>)*+)"
)
_FILE = re.compile(ENDINGS, re.IGNORECASE)
_TAGS = re.compile(r"(<[^<>]*>)")
_TAG = re.compile(r"<(/?)([a-z]+)([^<>]*)>")
# Elements that hold lists and ask nothing of their text.
_AROUND = frozenset(
    "html body div ul ol li menu nav section header footer main article aside".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Apart:
    """A page's source with an image in the place of each run of entries, and these in order."""

    source: bytes
    runs: Sequence[tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class _Simple:
    """An entry of nothing but inline elements: the names of its tags in order, and its line, if any."""

    tags: tuple[str, ...]
    shown: tuple[Entry, ...]


class _Met:
    """A piece of source up to an entry's end: read when it is met again."""

    __slots__ = ("again", "found", "piece")

    def __init__(self, piece: bytes) -> None:
        self.piece = piece
        self.again = -1
        self.found: _Simple | None = None

    def simple(self) -> _Simple | None:
        """What is known of the entry, None the first time and for one that is to stay."""
        self.again += 1
        if self.again == 1:
            self.found = _read(self.piece)
        return self.found


def lists_apart(source: bytes) -> Apart | None:
    """Runs of entries taken out of a page's source, in UTF-8; None where it has none."""
    head, *pieces = source.split(_END)
    if len(pieces) < _FEWEST or _MARK.encode() in source:
        return None
    found = [_met(piece).simple() if len(piece) <= _LONGEST else None for piece in pieces[:-1]]
    parts = [head]
    runs: list[tuple[Entry, ...]] = []
    at = 0
    for tags, run in groupby(found, key=lambda entry: entry and entry.tags):
        own = list(run)
        if tags is not None and len(own) >= _FEWEST:
            parts += [pieces[at], _PLACE % (_MARK.encode(), len(runs))]
            runs.append(tuple([shown for entry in own[1:] if entry for shown in entry.shown]))
        else:
            parts += pieces[at : at + len(own)]
        at += len(own)
    return Apart(_END.join((*parts, pieces[-1])), runs) if runs else None


def listed(
    root: etree._Element, runs: Sequence[tuple[Entry, ...]]
) -> Mapping[etree._Element, tuple[Entry, ...]] | None:
    """The images of a tree with the entries that belong there; None where what is around them matters."""
    images = [image for image in root.iter("img") if image.get(_MARK) is not None]
    if [image.get(_MARK) for image in images] != [str(number) for number in range(len(runs))]:
        return None
    if not all(map(_follows_an_entry, images)):
        return None
    around = {above for image in images for above in image.iterancestors()}
    if any(above.tag not in _AROUND or is_hidden(above) for above in around):
        return None
    return dict(zip(images, runs, strict=True))


def _follows_an_entry(image: etree._Element) -> bool:
    """Whether an image stands alone in its entry, and that right behind another one."""
    own = image.getparent()
    before = None if own is None else own.getprevious()
    return own is not None and len(own) == 1 and own.tag == "li" and before is not None and before.tag == "li"


_met = lru_cache(maxsize=1 << 13)(_Met)


def _read(piece: bytes) -> _Simple | None:
    """What the walk over a page finds in an entry; None for one that is to stay."""
    found, lower = _ENTRY.fullmatch(piece.decode()), piece.lower()
    if found is None or may_hide(lower) or may_stand_out(lower) or NO_CHARACTER.search(found["inside"]):
        return None
    if any(map(TITLE_CLASS.search, attribute_values(found["own"]))):
        return None
    first, *rest = _TAGS.split(found["inside"])
    opened: list[str] = []
    names: list[str] = []
    texts = [(first, False)]
    for tag, text in zip(rest[::2], rest[1::2], strict=True):
        end, name, attributes = _TAG.fullmatch(tag).groups()  # type: ignore[union-attr]
        if end and (not opened or opened.pop() != name):
            return None
        if not end and name == "a" and ("a" in opened or may_lead_to_file(attribute_values(attributes))):
            return None
        opened += [] if end else [name]
        names.append(end + name)
        texts.append((text, "a" in opened))
    return None if opened else _shown(tuple(names), texts)


def _shown(tags: tuple[str, ...], texts: Sequence[tuple[str, bool]]) -> _Simple | None:
    """The line of an entry's texts, each with whether it is a link's."""
    pieces: list[str] = []
    linked = 0
    for raw, links in texts:
        if "\r" in raw.strip():
            return None
        if raw and (pieces or not raw.isspace()):
            pieces.append((raw if raw.isprintable() else SOURCE_BREAK.sub(" ", raw)) if links else raw)
            linked += len(pieces[-1].strip()) if links else 0
    text = line("".join(pieces))
    return None if _FILE.search(text) else _Simple(tags, (Entry(text, linked),) if text else ())
