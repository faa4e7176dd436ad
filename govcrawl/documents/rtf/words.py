"""What the control words of RTF stand for: signs, paragraphs' ends, marks of digits, groups without text."""

from __future__ import annotations

from govcrawl.documents.marks import LOWERED, RAISED, STRUCK

SIGNS = {
    b"tab": "\t", b"line": "\n", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"emdash": "—", b"endash": "–", b"bullet": "•", b"emspace": "\u3000", b"enspace": "\u2002",
    b"qmspace": " ", b"~": " ", b"_": "-", b"\t": "\t",
}  # fmt: skip
PARAGRAPH_ENDS = frozenset((b"par", b"sect", b"page", b"\n", b"\r"))
# Groups that are no text of the document; what a reader does not know is marked with \* and skipped too.
SILENT = frozenset(
    (
        b"stylesheet info header headerl headerr headerf footer footerl footerr footerf fldinst "
        b"ftnsep ftnsepc aftnsep aftnsepc annotation atnid atnauthor listtable listoverridetable revtbl "
        b"rsidtbl generator xmlnstbl nonshppict objdata nonesttables bkmkstart bkmkend pntxta pntxtb "
        b"datafield themedata colorschememapping latentstyles datastore sn sv sp pgdsctbl filetbl"
    ).split()
)
KNOWN = frozenset((b"shpinst", b"shppict", b"nesttableprops", b"ud", b"picprop", b"fldrslt", b"shptxt"))
MARKS = {b"super": RAISED, b"sub": LOWERED, b"strike": STRUCK, b"striked": STRUCK, b"nosupersub": ""}
# Colours under letters.
GROUNDS = (b"highlight", b"cb", b"chcbpat")
ASIDE = frozenset((b"footnote", b"shptxt"))
