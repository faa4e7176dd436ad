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
        b"stylesheet info header headerl headerr headerf footer footerl footerr footerf "
        b"ftnsep ftnsepc aftnsep aftnsepc annotation atnid atnauthor listtable listoverridetable revtbl "
        b"rsidtbl generator xmlnstbl nonshppict objdata nonesttables bkmkstart bkmkend pntxta pntxtb "
        b"datafield themedata colorschememapping latentstyles datastore sn sv sp pgdsctbl filetbl "
        # what is said of the parts of a formula
        b"moMathParaPr maccPr margPr mbarPr mboxPr mborderBoxPr mctrlPr mdPr meqArrPr mfPr mfuncPr "
        b"mgroupChrPr mlimLowPr mlimUppPr mmPr mnaryPr mphant mradPr msPrePr msSubPr msSubSupPr msSupPr"
    ).split()
)
KNOWN = frozenset(
    (
        b"shpinst shppict nesttableprops ud picprop fldrslt shptxt fldinst moMath moMathPara do dptxbxtext"
    ).split()
)
MARKS = {
    b"super": RAISED, b"sub": LOWERED, b"msup": RAISED, b"msub": LOWERED, b"strike": STRUCK,
    b"striked": STRUCK, b"nosupersub": "",
}  # fmt: skip
# What is said of tables in a group that is not shown says nothing of those around it.
OF_TABLES = frozenset(b"intbl trowd trleft cellx clmrg clvmrg clcbpat".split())
# Colours under letters.
GROUNDS = (b"highlight", b"cb", b"chcbpat")
ASIDE = frozenset((b"footnote", b"shptxt", b"dptxbxtext", b"fldinst"))
_RAISED = 4  # half points


def is_raised(number: int | None) -> int:
    """Whether a distance from the base line, three points where none is given, sets letters apart."""
    return int(number is None or number >= _RAISED)
