"""White digits beside black ones in a Word 97 file."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

from govcrawl.documents import read_document
from govcrawl.documents.word97.properties import is_tiny, is_white, mark_of
from govcrawl.model import Paragraph
from tests.documents.test_docx import made
from tests.formats.office import converted, needs_office

_WHITE = b"\x70\x68\xff\xff\xff\x00"


def _numbers(file: Any) -> None:
    for ground in ("", "1F4E79"):
        paragraph = file.add_paragraph("收到")
        run = paragraph.add_run("9")
        run.font.color.rgb = RGBColor(255, 255, 255)
        if ground:
            run._r.rPr.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{ground}"/>'))
        paragraph.add_run("35件")
    file.add_paragraph().add_run("白字一行").font.color.rgb = RGBColor(255, 255, 255)


@needs_office
def test_white_digits_are_no_part_of_a_number_but_on_a_ground() -> None:
    (content,) = converted({"a.docx": made(_numbers)}, "doc", "MS Word 97").values()
    blocks = read_document(content, name="a.doc").blocks
    shown = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert shown == ["收到35件", "收到935件", "白字一行"]


@pytest.mark.parametrize(
    ("raw", "white"),
    [
        (_WHITE, True),
        (b"\x42\x2a\x08", True),
        (b"\x42\x2a\x02", False),
        (_WHITE + b"\x0c\x2a\x07", False),
        (b"\x70\x68\xfe\xfd\xff\x00", True),
        (b"\x70\x68\xf0\xf0\xf0\x00", False),
        (b"\x70\x68\xff\xff\xff\xff", False),
        (b"", False),
    ],
)
def test_what_makes_characters_white(raw: bytes, white: bool) -> None:
    assert is_white(raw, b"") == white


@pytest.mark.parametrize(
    ("raw", "tiny", "mark"),
    [
        (b"\x43\x4a\x02\x00", True, ""),
        (b"\x43\x4a\x15\x00", False, ""),
        (b"\x52\x48\x01\x00", True, ""),
        (b"\x52\x48\x50\x00", False, ""),
        (b"\x45\x48\x06\x00\x43\x4a\x0c\x00", False, "raised"),
        (b"\x45\x48\xfa\xff", False, "lowered"),
        (b"\x45\x48\x02\x00", False, ""),
        (b"\x48\x2a\x01", False, "raised"),
    ],
)
def test_what_makes_characters_tiny_or_raises_them(raw: bytes, tiny: bool, mark: str) -> None:
    assert (is_tiny(raw, b""), mark_of(raw, b"")) == (tiny, mark)
