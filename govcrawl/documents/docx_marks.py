"""Raised, lowered and struck runs of a Word file, no part of the number they touch, made visible as text."""

from __future__ import annotations

from lxml import etree

from govcrawl.documents.marks import LOWERED, RAISED, STRUCK, as_marked
from govcrawl.documents.word_numbers import W

_RUN, _TEXT, _PARAGRAPH, _VALUE = f"{W}r", f"{W}t", f"{W}p", f"{W}val"
_OFF = frozenset(("0", "false", "off"))
_STRIKES, _SCRIPT = (f"{W}strike", f"{W}dstrike"), f"{W}vertAlign"
_POSITION, _TURNED = f"{W}position", f"{W}bdo"
_RAISED = 4  # half points; less is a correction of the line
_OVERRIDE, _ENDED = "\u202e", "\u202c"
_SCRIPTS = {"superscript": RAISED, "subscript": LOWERED}

Marks = dict[etree._Element, str]


def set_apart(body: etree._Element) -> None:
    """Rewrite the text of such runs in place; a paragraph that is raised as a whole is left alone."""
    marks: Marks = {}
    for node in body.iter(_SCRIPT, *_STRIKES, _POSITION, _TURNED):
        if node.tag == _TURNED:
            _turn(node)
            continue
        properties = node.getparent()
        run = None if properties is None else properties.getparent()
        if run is None or run.tag != _RUN:
            continue
        if node.tag == _POSITION:
            if height := _mark_of_position(node.get(_VALUE, "")):
                marks.setdefault(run, height)
        elif node.tag != _SCRIPT:
            if node.get(_VALUE, "true") not in _OFF:
                marks[run] = STRUCK
        elif mark := _SCRIPTS.get(node.get(_VALUE, "")):
            marks.setdefault(run, mark)
    beside: dict[etree._Element, bool] = {}
    for run, mark in marks.items():
        texts = list(run.iterchildren(_TEXT))
        if texts and (mark == STRUCK or _is_beside_text(run, marks, beside)):
            texts[0].text = as_marked("".join(own.text or "" for own in texts), mark)
            for own in texts[1:]:
                own.text = ""


def _mark_of_position(raw: str) -> str:
    height = int(raw) if raw.removeprefix("-").isdecimal() and len(raw) < 6 else 0
    return RAISED if height >= _RAISED else LOWERED if height <= -_RAISED else ""


def _turn(node: etree._Element) -> None:
    """Put the controls around a text that is shown from its end to its beginning."""
    texts = list(node.iter(_TEXT)) if node.get(_VALUE) == "rtl" else []
    if texts:
        texts[0].text = _OVERRIDE + (texts[0].text or "")
        texts[-1].text = (texts[-1].text or "") + _ENDED


def _is_beside_text(run: etree._Element, marks: Marks, beside: dict[etree._Element, bool]) -> bool:
    """Whether the paragraph has text that is not raised: a whole number set small is a number."""
    paragraph = next(run.iterancestors(_PARAGRAPH), None)
    if paragraph is None:
        return False
    if paragraph not in beside:
        beside[paragraph] = any(
            (text.text or "").strip()
            for own in paragraph.iter(_RUN)
            if marks.get(own, STRUCK) == STRUCK
            for text in own.iterchildren(_TEXT)
        )
    return beside[paragraph]
