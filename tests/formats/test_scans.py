"""Scans of whole reports that the tests print and wear: every wrong cell says that it is not sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from govcrawl.documents.printed import blocks_of_pages
from govcrawl.documents.scanned import engine, recognised, recognition_findings
from govcrawl.documents.titles import title_candidates
from govcrawl.model import Document, Paragraph, Status, Table
from govcrawl.reports import read_report
from tests.formats.parts import Box, a_report, bare, faults, parts_of
from tests.formats.private import as_private_ofd
from tests.formats.scans.marks import marked
from tests.formats.scans.pages import Print, drawn_pages, has_fonts
from tests.formats.scans.seals import sealed_in_grey, sealed_in_red
from tests.formats.scans.wear import KINDS as WEAR
from tests.formats.scans.wear import Wear

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not engine._is_installed(), reason="without the extra ocr"),
    pytest.mark.skipif(not has_fonts(), reason="without Noto CJK and Liberation fonts"),
]

LAYOUTS = (
    Print(),
    Print(hanzi="sans", digits="arial", cut=9),
    Print(digits="own", cell=9, row=16, shade=True),
    Print(hanzi="sans", cell=12, body=14, cut=14, start=180),
    Print(digits="arial", rule=0.5),
    Print(digits="own", rule=1.5, cut=11),
)
KINDS = WEAR | {"sealed in red": sealed_in_red}
REPORTS = 12
CELLS = ("0", "0", "0", "", "", "-", "—", "/", "无", "1", "7", "11", "17", "1.7")


@pytest.fixture(autouse=True)
def on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(engine.SWITCH, "on")


@pytest.mark.parametrize("dpi", [150, 200])
@pytest.mark.parametrize("kind", KINDS)
def test_reports(kind: str, dpi: int) -> None:
    told: Counter[str] = Counter()
    unmarked = []
    for number in range(REPORTS if dpi == 150 else 2):
        unmarked += _told(KINDS[kind], f"{kind} {number}", number, dpi, told)
    print(kind, dpi, dict(told))
    assert not unmarked
    assert told["marked"] <= 0.005 * told.total()


def test_below_red_seals_scanned_in_grey_no_wrong_number_is_unmarked() -> None:
    """Their ring of signs is as thin as print may be: numbers that it touches are marked, few others are."""
    told: Counter[str] = Counter()
    unmarked = [own for n in range(4) for own in _told(sealed_in_grey, f"sealed in grey {n}", n, 150, told)]
    print("sealed in grey", 150, dict(told))
    assert not unmarked
    assert told["marked"] <= 0.04 * told.total()


@pytest.mark.parametrize("grey", [150, 205])
def test_below_large_marks_no_wrong_number_is_unmarked(grey: int) -> None:
    told: Counter[str] = Counter()
    unmarked = [own for n in range(5) for own in _told(marked(grey), f"marks {n}", n, 150, told)]
    print("marks", grey, dict(told))
    assert not unmarked
    assert told["marked"] <= 0.03 * told.total()


def _told(wear: Wear, seed: str, number: int, dpi: int, told: Counter[str]) -> list[object]:
    """The unmarked cells of a report worn so that are wrong; ``told`` counts all."""
    truth, rng, unmarked = a_report(number), Random(seed), []
    layout = replace(LAYOUTS[number % len(LAYOUTS)], dpi=dpi)
    images = [wear(image, rng) for image in drawn_pages(list(parts_of(truth)), layout)]
    read = [recognised(image) for image in images]
    blocks, _ = blocks_of_pages([result.page for result in read])
    first = [block for block in blocks if isinstance(block, Paragraph)]
    defects = tuple(recognition_findings(read))
    titles = title_candidates(first[:8])
    report = read_report(Document("image", tuple(blocks), titles=titles, defects=defects))
    found = {fact.fact: fact for fact in report.facts}
    for fact, cell in truth.facts.items():
        own = found.get(fact)
        right = own and own.value == cell.value and (own.status is Status.NUMBER) == (cell.status == "number")
        marked = own is not None and own.status is Status.AMBIGUOUS
        told["right" if right else "marked" if marked else "unmarked"] += 1
        unmarked += [] if right or marked else [(number, fact, cell, own)]
    return unmarked


def _a_cell(rng: Random) -> str:
    if rng.random() < 0.4:
        return rng.choice(CELLS)
    number = rng.randrange(10 ** rng.randint(1, 5))
    return rng.choice((f"{number}", f"{number}", f"-{number}", f"+{number}", f"{number / 100:.2f}"))


def _numbers(rng: Random) -> Iterator[Box]:
    return (Box(_a_cell(rng), row, column, 1, 1) for row in range(24) for column in range(10))


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_every_kind(kind: str) -> None:
    numbers(KINDS[kind], kind)


def numbers(wear: Wear, kind: str) -> None:
    """Read three sheets of numbers; fails where one is wrong and says that it is sure."""
    told: Counter[str] = Counter()
    unmarked = []
    for number in range(3):
        rng = Random(f"{kind} {number}")
        boxes = list(_numbers(rng))
        image = wear(drawn_pages(["数字", boxes], replace(LAYOUTS[number], cut=None))[0], rng)
        tables = [block for block in blocks_of_pages([recognised(image).page])[0] if isinstance(block, Table)]
        assert len(tables) == 1
        for box in boxes:
            cell = tables[0].grid.rows[box.row][box.column]
            right = bare(cell.text).replace("—", "-") == box.text.replace("—", "-")
            told["right" if right else "marked" if cell.uncertain else "unmarked"] += 1
            told["needlessly marked"] += right and cell.uncertain
            unmarked += [] if right or cell.uncertain else [(box.text, cell.text)]
    print(kind, dict(told))
    assert not unmarked


@pytest.mark.parametrize("grey", [150, 205])
def test_numbers_of_every_kind_below_large_marks(grey: int) -> None:
    numbers(marked(grey), f"marks {grey}")


def test_a_scan_is_read_alike_each_time() -> None:
    images = drawn_pages(list(parts_of(a_report(1))))[1:2]
    assert recognised(images[0]) == recognised(images[0].copy())


def test_an_ofd_file_with_private_characters_is_drawn_and_read() -> None:
    pytest.importorskip("fontTools")
    truth = a_report(1)
    assert faults(as_private_ofd(list(parts_of(truth))), "report.ofd", truth) == []
