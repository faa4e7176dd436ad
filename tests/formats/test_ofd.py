"""OFD files as different producers write them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from govcrawl.documents import read_document
from govcrawl.documents.sniff import source_type
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Table
from tests.formats.ofd import Dialect, as_ofd
from tests.formats.parts import a_report, faults, parts_of

_DIALECTS = [
    Dialect(),
    Dialect(rects=True),
    Dialect(deltas=False),
    Dialect(namespace=False),
    Dialect(backslashes=True),
    Dialect(upper=True),
    *(Dialect(start=float(start)) for start in range(40, 240, 33)),
]


@pytest.mark.parametrize("dialect", _DIALECTS, ids=str)
def test_reports(dialect: Dialect) -> None:
    report = a_report(_DIALECTS.index(dialect))
    content = as_ofd(list(parts_of(report)), dialect)
    assert source_type(content) == "ofd"
    assert faults(content, "report.ofd", report) == []


def edited(old: str, new: str) -> bytes:
    whole = as_ofd(["甲乙丙丁戊己庚辛壬癸" * 3])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as file, zipfile.ZipFile(out, "w") as made:
        for name in file.namelist():
            made.writestr(name, file.read(name).decode().replace(old, new))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (edited("ofd:TextCode", "ofd:Nothing"), "no text"),
        (edited("甲乙丙丁戊己庚辛壬癸", "\ue001" * 10), "ask the office for a PDF"),
        (edited("ofd:DocRoot", "ofd:Other"), "no text"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableDocument, match=told):
        read_document(content, name="report.ofd")


def test_hostile_figures_are_passed_over() -> None:
    document = read_document(edited('DeltaX="g', 'DeltaX="g 999999999 1e999 g'), name="report.ofd")
    assert document.blocks


def overlaid(attributes: str, text: str) -> bytes:
    """A report with one text in many places of each page."""
    noise = "".join(
        f'<ofd:TextObject Boundary="{x} {y} 40 5" Size="3" {attributes}>'
        f'<ofd:TextCode X="0" Y="3" DeltaX="g 9 3">{text}</ofd:TextCode></ofd:TextObject>'
        for y in range(30, 280, 12)
        for x in range(30, 190, 16)
    )
    return remade(lambda content: content.replace("</ofd:Content>", f"{noise}</ofd:Content>"))


def remade(change: Callable[[str], str]) -> bytes:
    """A report with its pages changed."""
    out = io.BytesIO()
    whole = as_ofd(list(parts_of(a_report(1))))
    with zipfile.ZipFile(io.BytesIO(whole)) as file, zipfile.ZipFile(out, "w") as made:
        for name in file.namelist():
            text = file.read(name).decode()
            made.writestr(name, change(text) if name.endswith("Content.xml") else text)
    return out.getvalue()


def test_radicals_are_the_characters_that_they_look_like() -> None:
    content = remade(lambda text: text.translate(str.maketrans("一人工长民", "⼀⼈⼯⻓⺠")))
    assert faults(content, "report.ofd", a_report(1)) == []


@pytest.mark.parametrize("unseen", ['Visible="false"', 'Alpha="0"', 'Fill="false"'])
def test_what_nobody_sees_is_not_read(unseen: str) -> None:
    assert faults(overlaid(unseen, "77"), "report.ofd", a_report(1)) == []


def white(ground: str, colour: str = "255 255 255") -> Callable[[str], str]:
    """The first number of a table with another in white before it, and what lies under both."""

    def change(text: str) -> str:
        found = re.search(
            r"<ofd:TextObject[^>]*>\s*<ofd:TextCode[^>]*>\d+</ofd:TextCode></ofd:TextObject>", text
        )
        if found is None:
            return text
        other = found[0].replace("<ofd:TextCode", f'<ofd:FillColor Value="{colour}"/><ofd:TextCode', 1)
        return text.replace(found[0], ground + re.sub(r">\d+<", ">77<", other) + found[0])

    return change


@pytest.mark.parametrize("filled", [False, True])
def test_white_letters_are_read_where_something_lies_under_them(filled: bool) -> None:
    area = '<ofd:PathObject Boundary="0 0 210 297" Fill="true" Stroke="false"><ofd:FillColor Value="0 0 99"/>'
    ground = (
        f"{area}<ofd:AbbreviatedData>M 0 0 L 210 0 L 210 297 L 0 297 C</ofd:AbbreviatedData></ofd:PathObject>"
    )
    told = faults(remade(white(ground if filled else "")), "report.ofd", a_report(1))
    assert bool(told) == filled


@pytest.mark.parametrize(
    ("colour", "told"), [("254 254 253", False), ("255", False), ("0 0 0 0", False), ("200 200 200", True)]
)
def test_letters_that_are_nearly_white(colour: str, told: bool) -> None:
    assert bool(faults(remade(white("", colour)), "report.ofd", a_report(1))) == told


def test_print_that_leans_is_a_watermark() -> None:
    content = overlaid('CTM="0.7071 -0.7071 0.7071 0.7071 0 0"', "内部2023")
    assert faults(content, "report.ofd", a_report(1)) == []
    removed = read_document(content, name="report.ofd").removed
    assert [own.rule for own in removed if own.line.startswith("内部2023")][:1] == ["watermark"]


def test_text_under_a_scan_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without recognition, what a program recognised before is read and doubted."""
    monkeypatch.setenv("GOVCRAWL_OCR", "off")

    def scanned(text: str) -> str:
        text = re.sub("<ofd:PathObject.*?</ofd:PathObject>", "", text, flags=re.DOTALL)
        picture = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="50"/>'
        return text.replace("<ofd:TextObject", '<ofd:TextObject Alpha="0"').replace(
            "<ofd:Content>", f"<ofd:Content>{picture}"
        )

    document = read_document(remade(scanned), name="report.ofd")
    assert "scanned_pages" in [finding.kind for finding in document.defects]
    rows = [row for block in document.blocks if isinstance(block, Table) for row in block.grid.rows]
    sure = [cell.text for row in rows for cell in row if cell.text and not cell.uncertain]
    assert rows
    assert sure == []


def test_an_element_whose_name_is_damaged_is_passed_over() -> None:
    """As lxml mends it, its name is one that XML does not allow."""
    content = remade(
        lambda page: page.replace("<ofd:TextObject", "<Qofd:PathObject/><ofd:/><ofd:TextObject", 1)
    )
    assert faults(content, "report.ofd", a_report(1)) == []
