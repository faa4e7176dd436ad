"""Files that offices save under .doc and .xls although they are neither: RTF, MHT, Office's one-file XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from email.encoders import encode_base64, encode_quopri
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape

from tests.formats.makers import as_docx
from tests.formats.parts import Box, Part, size_of

_WIDE = 1000
_DOT = b"\x89PNG\r\n\x1a\n" + bytes(20)


def as_html(parts: Sequence[Part], charset: str = "utf-8") -> str:
    """A page as Word writes it, with merged cells."""
    body = "".join(
        f"<p class=MsoNormal>{escape(part)}</p>" if isinstance(part, str) else _table(part) for part in parts
    )
    return (
        f'<html><head><meta http-equiv=Content-Type content="text/html; charset={charset}"></head>'
        f"<body><div class=Section1>{body}</div></body></html>"
    )


def _table(boxes: list[Box]) -> str:
    rows = (
        "".join(
            f"<td rowspan={box.height} colspan={box.width}>{escape(box.text)}</td>"
            for box in boxes
            if box.row == row
        )
        for row in range(size_of(boxes)[0])
    )
    return f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def as_mht(parts: Sequence[Part], charset: str = "gb2312", *, quoted: bool = True) -> bytes:
    """A page with its image in one file."""
    page = MIMEText("", "html", "us-ascii")
    page.set_payload(as_html(parts, charset).encode("gb18030" if charset == "gb2312" else charset))
    del page["Content-Transfer-Encoding"], page["Content-Type"]
    page["Content-Type"] = f'text/html; charset="{charset}"'
    page["Content-Location"] = (
        "file:///C:/年报.htm".encode().decode("ascii", "replace").replace("\ufffd", "_")
    )
    (encode_quopri if quoted else encode_base64)(page)
    whole = MIMEMultipart("related", type="text/html")
    picture = MIMEImage(_DOT, "png")
    picture["Content-Location"] = "file:///C:/a.png"
    whole.attach(page)
    whole.attach(picture)
    return whole.as_bytes()


def as_rtf(parts: Sequence[Part], *, gbk: bool = True) -> bytes:
    """Rich text with bytes of code page 936 or with numbers of Unicode."""
    head = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\froman\fcharset0 Times;}}"
    head += r"{\info{\title x}}{\header\pard \'d2\'b3\'c3\'bc\par}\viewkind4\uc1\f0\fs32 "
    body = "".join(
        rf"\pard\li0 {_rtf(part, gbk)}\par" + "\n" if isinstance(part, str) else _rtf_table(part, gbk)
        for part in parts
    )
    return (head + body + "}").encode("ascii")


def _rtf(text: str, gbk: bool) -> str:
    pieces = []
    for sign in text:
        if sign in "\\{}":
            pieces.append("\\" + sign)
        elif sign == "\n":
            pieces.append(r"\line ")
        elif sign.isascii():
            pieces.append(sign)
        elif gbk:
            pieces += [rf"\'{byte:02x}" for byte in sign.encode("gb18030")]
        else:
            number = ord(sign)
            pieces.append(rf"\u{number - 65536 if number > 32767 else number}?")
    return "".join(pieces)


def _rtf_table(boxes: list[Box], gbk: bool) -> str:
    rows, columns = size_of(boxes)
    held = {
        (box.row + y, box.column + x): box
        for box in boxes
        for y in range(box.height)
        for x in range(box.width)
    }
    lines = []
    for row in range(rows):
        shape, texts = r"\trowd\trgaph108\trleft-108", ""
        column = 0
        while column < columns:
            box = held[row, column]
            if box.height > 1:
                shape += r"\clvmgf" if row == box.row else r"\clvmrg"
            column = box.column + box.width
            shape += rf"\clbrdrt\brdrs\cellx{column * _WIDE - 108}"
            texts += rf"\pard\intbl {_rtf(box.text if row == box.row else '', gbk)}\cell "
        lines.append(f"{shape}{texts}{shape}\\row\n")
    return "".join(lines)


def as_word_xml(parts: Sequence[Part]) -> bytes:
    """The one-file form of Word 2003, out of a .docx."""
    text = _parts(parts)["word/document.xml"].decode()
    body = text[text.index("<w:body") : text.index("</w:document>")].replace("w:vMerge", "w:vmerge")
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
        'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
        'xmlns:aml="http://schemas.microsoft.com/aml/2001/core">'
        f"{body.replace('<w:body>', '<w:body><wx:sect>').replace('</w:body>', '</wx:sect></w:body>')}</w:wordDocument>"
    ).encode()


def as_flat_package(parts: Sequence[Part]) -> bytes:
    """The parts of a .docx in one XML."""
    own = _parts(parts)
    inside = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{content.decode().partition("?>")[2]}</pkg:xmlData></pkg:part>'
        for name, content in own.items()
        if name in ("word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels")
    )
    return (
        '<?xml version="1.0" standalone="yes"?><?mso-application progid="Word.Document"?>'
        f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{inside}</pkg:package>'
    ).encode()


_MADE: dict[str, dict[str, bytes]] = {}


def _parts(parts: Sequence[Part]) -> dict[str, bytes]:
    """Parts of a .docx, remembered: making one takes as long as all other makers together."""
    key = repr(parts)
    if key not in _MADE:
        with zipfile.ZipFile(io.BytesIO(as_docx(parts))) as file:
            _MADE[key] = {name: file.read(name) for name in file.namelist()}
    return _MADE[key]


def as_sheet_xml(parts: Sequence[Part]) -> bytes:
    """The one-file form of Excel 2003, everything below each other on one sheet."""
    rows: dict[int, list[str]] = {}
    at = 1
    for part in parts:
        if isinstance(part, str):
            rows[at] = [f'<Cell ss:Index="1"><Data ss:Type="String">{escape(part)}</Data></Cell>']
            at += 1
            continue
        for box in part:
            kind = "Number" if box.text.isdecimal() and box.text.isascii() else "String"
            data = f'<Data ss:Type="{kind}">{escape(box.text)}</Data>' if box.text else ""
            rows.setdefault(at + box.row, []).append(
                f'<Cell ss:Index="{box.column + 1}" ss:MergeAcross="{box.width - 1}" ss:MergeDown="{box.height - 1}">{data}</Cell>'
            )
        at += size_of(part)[0]
    inside = "".join(
        f'<Row ss:Index="{number}">{"".join(cells)}</Row>' for number, cells in sorted(rows.items())
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="1"><Table>{inside}</Table></Worksheet></Workbook>'
    ).encode()
