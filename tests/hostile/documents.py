"""Documents that are made to hurt: one table of names, bytes, and what is to be said of each."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.formats.archives import as_zip

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
SECRET = '<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/hostname">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Hostile:
    """``told`` is found in the reason or in a finding; a document that is only no report may have any."""

    name: str
    make: Callable[[], bytes]
    told: str


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def word(body: str, before: str = "") -> bytes:
    document = f"<?xml version='1.0'?>{before}<w:document {W}><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def sheet(cells: str) -> bytes:
    book = '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
    return packed(
        {
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.xml": book.encode(),
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode(),
        }
    )


def pdf(objects: list[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % count
        + table
        + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF" % (count, trailer, len(out))
    )


def printed(stream: bytes, *, packed_: bool = False) -> bytes:
    body = zlib.compress(stream, 9) if packed_ else stream
    how = b"/Filter/FlateDecode" if packed_ else b""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
            b"<<%s/Length %d>>stream\n%s\nendstream" % (how, len(body), body),
        ]
    )


def boxes_in_boxes() -> bytes:
    inner = packed({"a.txt": b"x"})
    for number in range(5):
        inner = packed({f"{number}.zip": inner})
    return inner


def nested(tag: str, times: int, inside: str = "x") -> bytes:
    return f"<html><body>{f'<{tag}>' * times}{inside}".encode()


def table(cell: str, times: int) -> bytes:
    return b"<html><body><table>" + cell.encode() * times + b"</table>"


HOSTILE = (
    Hostile("empty", lambda: b"", "empty file"),
    Hostile("blank", lambda: b" \n\t" * 1000, "only white space"),
    Hostile("noise", lambda: bytes(range(256)) * 500, "binary data"),
    Hostile("zeros", lambda: b"\x00" * 1_000_000, "only NUL bytes"),
    Hostile("deep divisions", lambda: nested("div", 100_000), "no annual report"),
    Hostile("deep tables", lambda: nested("table><tr><td", 3_000), "no annual report"),
    Hostile("deep mixture", lambda: nested("b><i><font><span", 50_000), "no annual report"),
    Hostile("many cells", lambda: table("<tr><td>1</td><td>2</td></tr>", 50_000), "no annual report"),
    Hostile("many tags", lambda: nested("br", 1_500_000), "read up to tag"),
    Hostile("many links", lambda: b"<html>" + b"<a href=/x/1.pdf>x</a>" * 100_000, "no annual report"),
    Hostile("huge page", lambda: b"<html><p>" + b"a " * 10_000_000, "at most 8,388,608 are read"),
    Hostile("huge text", lambda: b"word " * 2_000_000, "at most 8,388,608 are read"),
    Hostile("huge spans", lambda: table("<tr><td rowspan=999999 colspan=999999>1</td>", 500), "no annual report"),
    Hostile("huge cell", lambda: table("<tr><td>" + "1 " * 1_000_000, 1), "no annual report"),
    Hostile("laughs in a page", lambda: f"{LAUGHS}<html><p>&i;</p></html>".encode(), "no annual report"),
    Hostile("a page's own disk", lambda: f"{SECRET}<html><p>&s;</p></html>".encode(), "no annual report"),
    Hostile("unclosed comment", lambda: b"<html><p>x" + b"<!--" * 300_000, "no annual report"),
    Hostile("unclosed attributes", lambda: b"<html><p>" + b'<a href="' * 200_000, "no text in this html file"),
    Hostile("numbers without end", lambda: b"<html><p>" + b"1," * 1_000_000, "no annual report"),
    Hostile("laughs in Word", lambda: word("<w:p/>", LAUGHS), "declares XML entities"),
    Hostile("Word's own disk", lambda: word("<w:p/>", SECRET), "declares XML entities"),
    Hostile("deep Word", lambda: word("<w:sdt>" * 5_000), "nested more than 60 deep"),
    Hostile("Word bomb", lambda: word(" " * 80_000_000), "when unpacked"),
    Hostile("Word without text", lambda: word(""), "no text"),
    Hostile("many parts", lambda: packed({f"word/{n}": b"" for n in range(20_500)} | {"word/document.xml": b"x"}), "parts in one container"),
    Hostile("encrypted Word", lambda: as_zip({"word/document.xml": b"<x/>"}, encrypted=True), "password-protected"),
    Hostile("Word cut off", lambda: word("<w:p/>" * 1000)[:300], "damaged"),
    Hostile("far corner", lambda: sheet('<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "cells, at most 1,000,000"),
    Hostile("workbook bomb", lambda: sheet(" " * 80_000_000), "when unpacked"),
    Hostile("workbook without sheets", lambda: packed({"xl/workbook.xml": b"<workbook/>"}), "workbook"),
    Hostile("OFD that is none", lambda: packed({"OFD.xml": b"<OFD/>"}), "OFD"),
    Hostile("laughs in OFD", lambda: packed({"OFD.xml": f"{LAUGHS}<OFD>&i;</OFD>".encode()}), "declares XML entities"),
    Hostile("OFD bomb", lambda: packed({"OFD.xml": b" " * 80_000_000}), "when unpacked"),
    Hostile("OFD that leads out", lambda: packed({"OFD.xml": b"<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>"}), "OFD"),
    Hostile("PDF of nothing", lambda: b"%PDF-1.7\n", "damaged"),
    Hostile("PDF in a circle", lambda: pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 99999>>"]), "pages that cannot be loaded"),
    Hostile("PDF bomb", lambda: printed(b"0 0 m 1 1 l S\n" * 8_000_000, packed_=True), ""),
    Hostile("PDF of lines", lambda: printed(b"0 0 m 100 0 l S 0 0 m 0 100 l S\n" * 40_000), ""),
    Hostile("PDF of brackets", lambda: printed(b"q " * 500_000 + b"[" * 500_000), ""),
    Hostile("OLE of nothing", lambda: OLE + b"\xff" * 2_000, ""),
    Hostile("OLE in a circle", lambda: OLE + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + struct.pack("<I", 0) * 120 + bytes(2_000) + "WordDocument".encode("utf-16-le") + bytes(3_000), ""),
    Hostile("deep RTF", lambda: b"{\\rtf1" + b"{" * 200_000, "groups in each other"),
    Hostile("wide RTF", lambda: b"{\\rtf1\\trowd" + b"\\cellx100" * 50_000 + b"\\intbl x\\cell" * 50_000 + b"\\row}", ""),
    Hostile("archives in archives", boxes_in_boxes, "archive within an archive"),
    Hostile("a name that leads out", lambda: as_zip({"../../etc/cron.d/x.html": b"<html>x"}), "leads out of the archive"),
    Hostile("archive bomb", lambda: packed({"a.html": b"<p>" + b" " * 90_000_000}), "times its packed size"),
    Hostile("archive of many", lambda: packed({f"{n}.txt": b"x" for n in range(2_100)}), "more than 2,000 files"),
    Hostile("encrypted archive", lambda: as_zip({"年报.html": b"<html>x"}, encrypted=True), "password-protected"),
    Hostile("gzip", lambda: gzip.compress(b"\x00" * 1_000_000), "GZIP"),
    Hostile("RAR of nothing", lambda: b"Rar!\x1a\x07\x00" + b"\xff" * 500, ""),
)  # fmt: skip
