"""OFD files as different producers write them."""

from __future__ import annotations

import io
import zipfile

import pytest

from govcrawl.documents import read_document
from govcrawl.documents.sniff import source_type
from govcrawl.errors import UnreadableDocument
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
