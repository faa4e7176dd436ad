"""RTF to a Document: one pass over its tokens, with the state that its braces open and close."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from govcrawl.documents.equations import equation
from govcrawl.documents.marks import LOWERED, RAISED
from govcrawl.documents.rtf.colours import Colours
from govcrawl.documents.rtf.flow import RowShape
from govcrawl.documents.rtf.letters import Letters, fonts_of, page_of
from govcrawl.documents.rtf.state import PLAIN, Part, State
from govcrawl.documents.rtf.tokens import Token, tokens
from govcrawl.documents.rtf.words import (
    ASIDE,
    GROUNDS,
    KNOWN,
    MARKS,
    OF_TABLES,
    PARAGRAPH_ENDS,
    SIGNS,
    SILENT,
    is_raised,
)
from govcrawl.documents.titles import title_candidates
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Block, Document, Figure, Finding, Paragraph

MAX_GROUPS = 5_000
_TINIEST = 6  # half points: nobody reads smaller print
_NARROWEST = 10  # per cent of a letter's width
_TOP = 8


def read_rtf(content: bytes) -> Document:
    """Paragraphs, tables and images in reading order, then its notes; hidden and deleted text left out.

    Raises UnreadableDocument for a file nested beyond all reason.
    """
    walk = _Walk()
    for token in tokens(content):
        walk.take(token)
    blocks = walk.finished()
    first = [block for block in blocks if isinstance(block, Paragraph)][:_TOP]
    defects = (Finding("file_cut", "document", "the file ends before its last brace"),) if walk.open else ()
    return Document(
        "rtf",
        tuple(blocks),
        titles=title_candidates(first),
        charset=walk.letters.page,
        replaced=walk.letters.replaced,
        defects=defects,
    )


class _Walk:
    """One pass over a file."""

    def __init__(self) -> None:
        self.letters = Letters()
        self.colours = Colours()
        self.state = State()
        self.groups: list[State] = []
        self.parts = [Part()]
        self.notes: list[Block] = []
        self.charsets: dict[int, int] = {}
        self.outer_shape = RowShape()
        self.starred = self.first = False
        self.to_skip = self.pictures = 0
        self.words: dict[bytes, Callable[[int | None], None]] = self._words()

    @property
    def part(self) -> Part:
        """Where text goes now."""
        return self.parts[-1]

    @property
    def open(self) -> bool:
        """Whether groups are still open."""
        return len(self.groups) > 0

    def finished(self) -> list[Block]:
        """All blocks, the notes behind the text."""
        while len(self.parts) > 1:
            self._end_aside(b"footnote")
        self._end_paragraph()
        return [*self.part.flow.closed(), *self.notes]

    def take(self, token: Token) -> None:
        """The next token."""
        if token.kind == "open":
            self._open()
        elif token.kind == "close":
            self._close()
        elif token.kind in ("byte", "text"):
            self._bytes(token.value)
        elif token.kind == "symbol" and token.value == b"*":
            self.starred = True
            return
        else:
            self._word(token)
        self.starred = False

    def _open(self) -> None:
        if len(self.groups) >= MAX_GROUPS:
            raise UnreadableDocument(f"RTF with more than {MAX_GROUPS:,} groups in each other; save it anew")
        self._flush()
        self.groups.append(self.state)
        self.state = replace(self.state, aside=b"")
        self.first, self.to_skip = True, 0

    def _close(self) -> None:
        self._flush()
        self.to_skip = 0
        if not self.groups:
            return
        closed, self.state = self.state, self.groups.pop()
        if closed.aside in ASIDE:
            self._end_aside(closed.aside)
        elif closed.aside == b"nesttableprops":
            self.part.shape = self.outer_shape
        elif closed.aside == b"fonttbl":
            self.letters.fonts = fonts_of(self.charsets)

    def _word(self, token: Token) -> None:
        first, self.first = self.first, False
        if self.to_skip:
            self.to_skip -= 1
            return
        if first and (self.starred or token.value in SILENT or token.value in ASIDE):
            self._destination(token.value)
        act = None if self.state.silent and token.value in OF_TABLES else self.words.get(token.value)
        if act is not None:
            act(token.number)
        elif token.value in SIGNS and not self._mute:
            self._text(SIGNS[token.value])
        elif token.value in (b"\\", b"{", b"}"):
            self._bytes(token.value)

    def _destination(self, name: bytes) -> None:
        if (name == b"do" and self.state.copied) or name in SILENT or (self.starred and name not in KNOWN):
            self.state.silent = True
        elif name in ASIDE and not self.state.silent:
            self.state.aside = name
            self.parts.append(Part())

    def _end_aside(self, name: bytes) -> None:
        """A note stands behind all text, a text box behind the paragraph or table that holds it."""
        if len(self.parts) < 2:
            return
        if name == b"fldinst":
            if (text := equation("".join(self.parts.pop().pieces))) is not None:
                self._text(text)
                self.state.aside = b"equation"
            return
        self._end_paragraph()
        blocks = self.parts.pop().flow.closed()
        if name == b"footnote":
            self.notes += blocks
        else:
            self.part.flow.add(iter(blocks))

    @property
    def _mute(self) -> bool:
        return self.state.silent or self.state.hidden or bool(self.state.table)

    def _bytes(self, raw: bytes) -> None:
        self.first = False
        if self.to_skip:
            gone = min(self.to_skip, len(raw))
            self.to_skip -= gone
            raw = raw[gone:]
        if raw and not self._mute:
            self._keep(self.letters.add_bytes(raw, self.state.font))
        elif self.state.table == "colours":
            self.colours.end(raw.count(b";"))

    def _text(self, sign: str) -> None:
        self._flush()
        self._keep(sign)

    def _flush(self) -> None:
        if not self._mute:
            self._keep(self.letters.flushed())

    def _keep(self, text: str) -> None:
        if text:
            self.part.keep(text, self.state)

    def _taken(self) -> str:
        self._flush()
        return self.part.taken()

    def _end_paragraph(self) -> None:
        text, part = self._taken(), self.part
        if text.strip() or part.at:
            part.flow.end_paragraph(text, part.at, part.level)

    def _words(self) -> dict[bytes, Callable[[int | None], None]]:
        state = self._of_state
        return {
            **{name: lambda _: self._paragraph_mark() for name in PARAGRAPH_ENDS},
            b"pard": lambda _: self._plain_paragraph(),
            b"plain": lambda _: state(**PLAIN),
            **self.colours.words(),
            b"colortbl": lambda _: state(table="colours"),
            b"cf": lambda number: state(white=self.colours.is_white(number)),
            **dict.fromkeys(GROUNDS, lambda number: state(filled=self.colours.is_ground(number))),
            b"cbpat": self._fill_paragraph,
            b"clcbpat": lambda number: self.part.fill_cell(self.colours.is_ground(number)),
            **{name: partial(self._mark, own) for name, own in MARKS.items()},
            b"fs": lambda number: state(tiny=0 < (number or 24) <= _TINIEST),
            b"charscalex": lambda number: state(narrow=0 < (number or 100) < _NARROWEST),
            b"up": lambda number: self._mark(RAISED, is_raised(number)),
            b"dn": lambda number: self._mark(LOWERED, is_raised(number)),
            b"shprslt": lambda _: state(copied=True),  # for programs that do not know the first form
            b"fldrslt": lambda _: self._result(),
            b"mden": lambda _: None if self._mute else self._text("/"),
            b"v": lambda number: state(hidden=number != 0),
            b"deleted": lambda number: state(hidden=number != 0),
            b"f": lambda number: state(font=number or 0),
            b"fcharset": lambda number: self.charsets.__setitem__(self.state.font, number or 0),
            b"ansicpg": lambda number: setattr(self.letters, "page", page_of(number or 1252)),
            b"uc": lambda number: state(skip=1 if number is None else min(max(number, 0), 8)),
            b"u": self._unicode,
            b"fonttbl": lambda _: state(table="fonts", aside=b"fonttbl"),
            b"upr": lambda _: state(silent=True),
            # The older form around it is mute.
            b"ud": lambda _: state(silent=len(self.groups) > 1 and self.groups[-2].silent),
            b"intbl": lambda _: setattr(self.part, "in_table", True),
            b"itap": self._nesting,
            b"outlinelevel": lambda number: setattr(self.part, "level", ((number or 0) + 1) % 7),
            b"trowd": lambda _: self.part.begin_row(),
            b"trleft": lambda number: setattr(self.part.shape, "left", number or 0),
            b"clmrg": lambda _: self.part.pending.add("merged"),
            b"clvmrg": lambda _: self.part.pending.add("continued"),
            b"cellx": lambda number: self.part.edge(number or 0),
            b"cell": lambda _: self._end_cell(1),
            b"nestcell": lambda _: self._end_cell(max(2, self.part.depth)),
            b"row": lambda _: self._end_row(1),
            b"nestrow": lambda _: self._end_row(max(2, self.part.depth)),
            b"nesttableprops": lambda _: self._inner_props(),
            b"pict": lambda _: self._picture(),
        }

    def _of_state(self, **values: object) -> None:
        self._flush()
        for name, value in values.items():
            setattr(self.state, name, value)

    def _mark(self, own: str, number: int | None) -> None:
        """Begin raised, lowered or struck text, or end any of it."""
        self._of_state(mark=own if number != 0 else "")

    def _result(self) -> None:
        """The result of a field is what it shows, but of equations, which are shown already."""
        if self.groups and self.groups[-1].aside == b"equation":
            self.state.silent = True

    def _fill_paragraph(self, number: int | None) -> None:
        if not self.state.silent:
            self.part.filled = self.colours.is_ground(number)

    def _paragraph_mark(self) -> None:
        if not self.state.silent:
            self._end_paragraph()

    def _plain_paragraph(self) -> None:
        if not self.state.silent:
            self.part.begin_paragraph()

    def _nesting(self, number: int | None) -> None:
        if not self.state.silent:
            self.part.nest(number or 0)

    def _unicode(self, number: int | None) -> None:
        if not self._mute and number is not None:
            self._keep(self.letters.add_unit(number))
        self.to_skip = self.state.skip

    def _inner_props(self) -> None:
        self.outer_shape, self.part.shape = self.part.shape, RowShape()
        self.state.aside = b"nesttableprops"

    def _end_cell(self, depth: int) -> None:
        if not self.state.silent:
            self.part.flow.end_cell(self._taken(), depth)

    def _end_row(self, depth: int) -> None:
        if not self.state.silent:
            self._taken()
            self.part.flow.end_row(self.part.shape, depth)

    def _picture(self) -> None:
        if not self.state.silent:
            self.pictures += 1
            self.part.flow.add(iter((Figure(f"image {self.pictures}"),)))
        self.state.silent = True
