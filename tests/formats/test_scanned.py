"""Scans: what is recognised on them, what is said of doubtful cells, and what without the extra."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from govcrawl.documents import patience, read_document
from govcrawl.documents.printed import Glyph, PrintedPage, Rule, blocks_of_pages
from govcrawl.documents.scanned import engine, scanned_pages
from govcrawl.documents.scanned.ruling import as_set
from govcrawl.errors import UnreadableDocument
from govcrawl.model import Cell, Document, Paragraph, Status, Table
from govcrawl.reports.lines import Line, Reading
from govcrawl.reports.schema import Column
from govcrawl.text import folded
from tests.formats.parts import bare

needs_ocr = pytest.mark.skipif(not engine._is_installed(), reason="without the extra ocr")
SAMPLES = Path(__file__).resolve().parents[2] / "../shared/samples/pdf"
REAL = Path(__file__).resolve().parents[2] / "../shared/data/real"
_DOT = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(engine.SWITCH, "on")


def drawn_grid(numbers: list[list[str]]) -> Any:
    """A grey image of a ruled table of numbers under a line of text."""
    import cv2
    import numpy as np

    high, wide = 44, 150
    image = np.full((high * len(numbers) + 120, wide * len(numbers[0]) + 80), 250, np.uint8)
    cv2.putText(image, "2023", (60, 45), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 20, 2, cv2.LINE_AA)
    for row, texts in enumerate(numbers):
        for column, text in enumerate(texts):
            x, y = 40 + column * wide, 80 + row * high
            cv2.rectangle(image, (x, y), (x + wide, y + high), 10, 2)
            if text:
                cv2.putText(image, text, (x + 40, y + 31), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2, cv2.LINE_AA)
    return image


def encoded(image: Any, ending: str) -> bytes:
    import cv2

    if ending == ".gif":  # which not every OpenCV writes
        out = io.BytesIO()
        Image.fromarray(image).save(out, "gif")
        return out.getvalue()
    made: bytes = cv2.imencode(ending, image)[1].tobytes()
    return made


NUMBERS = [["105", "0", "-3", "27"], ["8", "", "1946", "12.5"], ["0", "61", "0", "7"]]


@needs_ocr
def test_a_table_on_an_image(on: None) -> None:
    document = read_document(encoded(drawn_grid(NUMBERS), ".png"), name="table.png")
    assert document.source_type == "image"
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    for row, texts in zip(table.grid.rows, NUMBERS, strict=True):
        for cell, text in zip(row, texts, strict=True):
            assert cell.text == text or cell.uncertain
    assert sum(cell.uncertain for row in table.grid.rows for cell in row) <= 2
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["2023"]
    assert [finding.kind for finding in document.defects] == ["recognised"]


@needs_ocr
@pytest.mark.soak
@pytest.mark.parametrize("ending", [".jpg", ".tif", ".bmp", ".webp", ".gif"])
def test_every_form_of_image(on: None, ending: str) -> None:
    document = read_document(encoded(drawn_grid(NUMBERS[:2]), ending), name="table")
    assert any(isinstance(block, Table) for block in document.blocks)


@needs_ocr
@pytest.mark.soak
def test_scanned_pages_of_pdf_and_ofd(on: None) -> None:
    png = encoded(drawn_grid(NUMBERS), ".png")
    for content in (scanned_pdf(png), scanned_ofd(png)):
        document = read_document(content, name="report")
        assert any(isinstance(block, Table) for block in document.blocks)
        assert document.defects[-1].kind == "recognised"


def scanned_pdf(png: bytes) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawImage(ImageReader(io.BytesIO(png)), 0, 700, 60, 40)
    canvas.drawImage(ImageReader(io.BytesIO(png)), 0, 0, 595, 842, preserveAspectRatio=True)
    canvas.save()
    return out.getvalue()


def scanned_ofd(png: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("OFD.xml", "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>")
        file.writestr(
            "Doc_0/Document.xml",
            '<Document><Pages><Page ID="1" BaseLoc="Pages/P0/Content.xml"/></Pages></Document>',
        )
        file.writestr(
            "Doc_0/DocumentRes.xml",
            '<Res BaseLoc="Res"><MultiMedias><MultiMedia ID="7" Type="Image"><MediaFile>a.png</MediaFile></MultiMedia></MultiMedias></Res>',
        )
        file.writestr("Doc_0/Res/a.png", png)
        file.writestr(
            "Doc_0/Pages/P0/Content.xml",
            '<Page><Content><Layer><ImageObject Boundary="0 0 210 297" ResourceID="7"/></Layer></Content></Page>',
        )
    return out.getvalue()


def scans_of(path: Path, *, worn: bool) -> Iterator[Any]:
    """Pages drawn at 150 dpi; worn ones are turned, blurred, noisy and pressed into JPEG."""
    import cv2
    import numpy as np
    import pypdfium2

    rng = random.Random(path.stem)
    file = pypdfium2.PdfDocument(path)
    for number in range(len(file)):
        bitmap = file[number].render(scale=150 / 72, grayscale=True)
        image = np.ascontiguousarray(bitmap.to_numpy().reshape(bitmap.height, bitmap.width))
        if worn:
            high, wide = image.shape
            turn = cv2.getRotationMatrix2D((wide / 2, high / 2), 0.8 * rng.choice((-1, 1)), 1)
            image = cv2.GaussianBlur(
                cv2.warpAffine(image, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=255), (3, 3), 0.6
            )
            noise = np.random.default_rng(rng.randrange(10**6)).normal(0, 8, image.shape)
            image = np.clip(image.astype(float) * 0.92 + 12 + noise, 0, 255).astype(np.uint8)
            image = cv2.imdecode(
                cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 60])[1], cv2.IMREAD_GRAYSCALE
            )
        yield image


def cells_of(document: Document) -> list[list[dict[tuple[int, int], Cell]]]:
    return [
        [{(cell.row, cell.column): cell for row in block.grid.rows for cell in row}]
        for block in document.blocks
        if isinstance(block, Table)
    ]


@needs_ocr
@pytest.mark.soak
@pytest.mark.parametrize("worn", [False, True])
@pytest.mark.parametrize(
    "path",
    [SAMPLES / "d0_normal.pdf", SAMPLES / "d1_footer.pdf", REAL / "szfgs2024.pdf"],
    ids=lambda path: path.stem,
)
def test_pages_drawn_from_a_pdf(on: None, path: Path, worn: bool) -> None:
    if not path.exists():
        pytest.skip("no documents beside the project")
    from govcrawl.documents.scanned import recognised

    wanted = cells_of(read_document(path.read_bytes(), name=path.name))
    blocks, _ = blocks_of_pages([recognised(image).page for image in scans_of(path, worn=worn)])
    read = cells_of(Document("image", tuple(blocks)))
    assert len(read) == len(wanted)
    told = wrong = 0
    for [own], [truth] in zip(read, wanted, strict=True):
        for place, cell in truth.items():
            told += 1
            found = own.get(place)
            if found is None or folded(bare(found.text)) != folded(bare(cell.text)):
                wrong += 1
                number = bare(cell.text).isdigit() or not cell.text
                assert not number or (found is not None and found.uncertain), (place, cell.text, found)
    assert wrong <= 0.005 * told


def test_an_uncertain_sign_makes_its_cell_and_its_fact_ambiguous() -> None:
    page = PrintedPage(100, 100, [Glyph("7", 10, 10, 16, 20, uncertain=True), Glyph("8", 60, 10, 66, 20)])
    page.across = [Rule(y, 5, 95) for y in (5, 25)]
    page.down = [Rule(x, 5, 25) for x in (5, 50, 95)]
    [table], _ = blocks_of_pages([page])
    assert isinstance(table, Table)
    assert [cell.uncertain for cell in table.grid.rows[0]] == [True, False]
    reading, line = Reading(), Line(0, 0, table.grid.rows[0], True, False)
    for name, cell in zip("ab", table.grid.rows[0], strict=True):
        reading.cell("x", Column(name, name), cell, line)
    first, second = reading.facts.values()
    assert (first.value, first.raw, first.status) == (None, "7", Status.AMBIGUOUS)
    assert "not surely" in str(first.note)
    assert (second.value, second.status) == (8, Status.NUMBER)


def test_which_pages_are_scans() -> None:
    def page(signs: int, share: float, *, ruled: bool = False) -> PrintedPage:
        from govcrawl.documents.printed import Picture

        made = PrintedPage(100, 100, [Glyph("字", 1, 1, 2, 2)] * signs, [Rule(1, 2, 3)] * ruled)
        made.pictures = [Picture("1", 0, 0, 100, 100 * share)] if share else []
        return made

    text = page(200, 0)
    assert scanned_pages(
        [text, page(0, 1), page(3, 0.6), page(200, 0.9), page(200, 0.9, ruled=True), page(0, 0.2)]
    ) == [1, 2, 3]
    assert scanned_pages([page(0, 0.1), page(0, 0)]) == [0, 1]


def test_text_that_is_not_drawn_over_a_scan_in_strips_is_not_what_the_page_says() -> None:
    from reportlab.pdfgen.canvas import Canvas

    from govcrawl.documents.pdf import _opened
    from govcrawl.documents.pdf_page import pdf_page

    def made(mode: int, strips: int) -> PrintedPage:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(595, 842), invariant=1)
        for number in range(strips):
            canvas.drawImage(ImageReader(Image.new("L", (60, 10), 200)), 40, 70 * number, 515, 70)
        text = canvas.beginText(60, 700)
        text.setTextRenderMode(mode)
        text.setFont("Helvetica", 9)
        for number in range(20):
            text.textLine(f"9000 {number}")
        canvas.drawText(text)
        canvas.save()
        with _opened(out.getvalue()) as file:
            return pdf_page(file, 0)[0]

    assert scanned_pages([made(3, 12)]) == [0]
    assert scanned_pages([made(0, 12), made(3, 3)]) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("(七) 总计", "（七）总计"),
        ("a (b) 1", "a (b) 1"),
        ("第二十条第（一)项", "第二十条第（一）项"),
        ("-3", "-3"),
    ],
)
def test_lines_as_chinese_is_set(text: str, shown: str) -> None:
    assert as_set(text) == shown


@pytest.mark.parametrize("content", [_DOT, scanned_pdf, scanned_ofd], ids=["image", "pdf", "ofd"])
def test_without_the_extra_a_scan_says_what_to_install(
    on: None, monkeypatch: pytest.MonkeyPatch, content: bytes | Callable[[bytes], bytes]
) -> None:
    ppm = b"P6 1 1 255\n\x00\x00\x00"
    monkeypatch.setattr(engine, "_is_installed", lambda: False)
    with pytest.raises(UnreadableDocument, match=r"is a scan; pip install 'govcrawl\[ocr\]'"):
        read_document(content if isinstance(content, bytes) else content(ppm), name="a.pdf")


@needs_ocr
@pytest.mark.parametrize(("content", "words"), [(_DOT, "damaged"), (b"GIF89a" + bytes(30), "damaged")])
def test_images_that_cannot_be_opened(on: None, content: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument, match=words):
        read_document(content, name="a.png")


def test_scans_may_take_longer(on: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_is_installed", lambda: True)
    assert patience.extra_seconds(_DOT) == patience.SCAN_SECONDS
    assert patience.extra_seconds(b"%PDF-1.7 /Subtype /Image") == patience.SCAN_SECONDS
    assert patience.extra_seconds(b"%PDF-1.7") == patience.extra_seconds(b"<html>") == 0
    monkeypatch.setenv(engine.SWITCH, "off")
    assert patience.extra_seconds(_DOT) == 0


@needs_ocr
def test_strokes_that_the_engine_takes_for_others() -> None:
    import numpy as np

    from govcrawl.documents.scanned.readings import judged

    def ink(*rows: str) -> Any:
        return np.array([[sign == "#" for sign in row] for row in rows], np.uint8)

    def told(text: str, certain: bool, shape: Any) -> tuple[str, bool]:
        return tuple(judged(text, certain, 255 - 235 * shape, shape, 20))

    slash = ink(*("." * (19 - n) + "##" + "." * n for n in range(20)))
    steep = ink(*("." * (2 - n // 7) + "##" + "." * (n // 7) for n in range(20)))
    one = ink(*(["..##..", ".###..", ".###.."] + ["..##.."] * 15 + [".####."] * 2))
    assert told("1", True, slash) == ("/", True)
    assert told("1", True, steep) == ("/", False)
    assert told("7", True, slash) == ("7", True)
    assert told("1", True, one) == ("1", True)
    assert told("1", False, one) == ("1", False)
    assert told("1", True, np.repeat(one, 2, axis=0)) == ("1", False)  # the rim of a seal
    assert told("=", True, ink("########", "########")) == ("-", True)
    assert told("·", True, ink("####", "####")) == ("·", False)
    assert told("I", False, ink("#" * 18, "#" * 18)) == ("—", True)
    assert told("11", False, ink("#" * 36, "#" * 36)) == ("——", True)
    assert told("三", True, ink("#" * 90, "#" * 90)) == ("三", True)
    assert told("", True, one) == ("〓", False)
    for text in ("•", "7S96", "26:94", "5.", "O", "1,23"):
        assert told(text, True, one) == (text, False)


@pytest.mark.parametrize(
    ("first", "second", "verdict", "certain"),
    [
        (("3", 0.99), None, "agree", True),
        (("3", 0.99), None, "contradict", False),
        (("3", 0.99), ("3", 0.7), "unknown", True),
        (("3", 0.99), ("8", 0.7), "unknown", False),
        (("3", 0.99), ("8", 0.7), "agree", False),
        (("3", 0.80), ("3", 0.80), "agree", False),
        (("", 0.0), ("1", 0.99), "unknown", False),
        (("规章", 0.99), ("规草", 0.99), "unknown", True),
    ],
)
def test_readings_and_shapes_must_be_of_one_mind(
    first: tuple[str, float], second: tuple[str, float] | None, verdict: str, certain: bool
) -> None:
    from govcrawl.documents.scanned.readings import agreed
    from govcrawl.documents.scanned.signs import Verdict

    assert agreed(first, second, Verdict(verdict))[1] is certain


@needs_ocr
def test_a_number_that_lost_its_point_or_its_minus_is_at_odds_with_its_ink() -> None:
    import numpy as np

    from govcrawl.documents.scanned.signs import is_at_odds

    def ink(*signs: tuple[int, int, int]) -> Any:
        made = np.zeros((20, 14 * len(signs)), np.uint8)
        for number, (top, high, wide) in enumerate(signs):
            made[top : top + high, 14 * number : 14 * number + wide] = 1
        return made

    digit, point, minus = (0, 20, 10), (17, 3, 3), (9, 2, 8)
    assert is_at_odds("125", ink(digit, digit, point, digit), 20)
    assert not is_at_odds("12.5", ink(digit, digit, point, digit), 20)
    assert is_at_odds("25", ink(minus, digit, digit), 20)
    assert is_at_odds("725", ink(minus, digit, digit), 20)
    assert not is_at_odds("-25", ink(minus, digit, digit), 20)
    low = (13, 2, 8)
    assert not is_at_odds("-25", ink(low, digit, digit), 20)
    assert is_at_odds("1.25", ink(digit, low, digit, digit), 20)


@needs_ocr
def test_a_blank_cell_is_proved_by_its_ink() -> None:
    import numpy as np

    from govcrawl.documents.scanned.ink import is_surely_empty

    cell = np.clip(np.random.default_rng(1).normal(235, 8, (30, 60)), 0, 255).astype(np.uint8)
    assert is_surely_empty(cell)
    cell[8:22, 30:33] -= 35  # a pale one
    assert not is_surely_empty(cell)


@needs_ocr
def test_a_photograph_of_paper_is_seen_from_above() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.ruling import ruled_page
    from govcrawl.documents.scanned.straight import levelled

    grid = drawn_grid([["105", "0", "-3", "27"]] * 12)
    page = np.full((1400, 1000), 255, np.uint8)
    page[200 : 200 + grid.shape[0], 100 : 100 + grid.shape[1]] = grid
    corners = np.array([[0, 0], [1000, 0], [1000, 1400], [0, 1400]], np.float32)
    aslant = np.array([[80, 60], [1050, 90], [1090, 1480], [60, 1450]], np.float32)
    photograph = cv2.warpPerspective(
        page, cv2.getPerspectiveTransform(corners, aslant), (1150, 1550), borderValue=60
    )
    for image in (photograph, photograph[120:1400, 110:1010]):
        straight = levelled(image).image
        [table] = ruled_page(straight, np.zeros_like(straight)).tables
        assert (len(table.xs), len(table.ys), len(table.slots)) == (5, 13, 48)


@needs_ocr
def test_half_of_a_page_in_the_shade_is_no_paper_on_a_table() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.aslant import paper_on_a_table

    page = np.full((1400, 1000), 250, np.uint8)
    page[:, 450:] = 110
    empty = paper_on_a_table(page)
    assert empty.shape[1] < 460
    for y in range(80, 1400, 60):
        cv2.putText(page, "2023 1946 105 27 61 8 7 12.5 40", (60, y), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 20, 3)
    assert paper_on_a_table(page) is page


@needs_ocr
def test_rules_that_run_on_beyond_a_shadow_show_that_it_is_no_table_below_paper() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.aslant import paper_on_a_table

    page = np.full((1400, 1000), 250, np.uint8)
    for y in range(100, 600, 40):
        cv2.line(page, (110, y), (940, y), 20, 2)
    for y in range(700, 1300, 12):
        cv2.line(page, (500, y), (940, y), 20, 4)
    shade = np.where(np.mgrid[0:1400, 0:1000][1] < 130 + np.arange(1400)[:, None] * 0.2, 0.5, 1.0)
    shaded = (page * cv2.GaussianBlur(shade, (0, 0), 8)).astype(np.uint8)
    assert paper_on_a_table(shaded) is shaded
    lying = np.where(shade < 1, 110, page).astype(np.uint8)
    assert paper_on_a_table(lying).shape[1] < 900


@needs_ocr
def test_the_edge_of_a_shaded_row_is_as_white_as_its_middle() -> None:
    import numpy as np

    from govcrawl.documents.scanned.straight import evenly_lit

    page = np.full((400, 600), 255, np.uint8)
    page[100:180, 50:550] = 205
    page[130:150, 100:104] = 30
    even = evenly_lit(page)
    assert (even[104:176, 108:546] > 240).mean() > 0.99
    assert even[140, 102] < 80


@needs_ocr
def test_pale_print_is_made_darker_and_what_shows_through_the_sheet_is_not() -> None:
    import numpy as np

    from govcrawl.documents.scanned.straight import contrasted

    page = np.full((400, 300), 252, np.uint8)
    page[100:110, 50:250] = 190
    darker = contrasted(page)
    assert darker[105, 150] < 120
    assert darker[50, 50] > 240
    for own in (20, 230):
        page[100:110, 50:250] = own
        assert contrasted(page) is page
    assert contrasted(page * 0 + 252).min() == 252


@needs_ocr
def test_pale_print_on_noisy_paper_is_made_no_darker_than_the_noise_allows() -> None:
    import numpy as np

    from govcrawl.documents.scanned.ink import DARKER
    from govcrawl.documents.scanned.straight import contrasted

    noise = np.random.default_rng(1).normal(253, 6, (400, 300))
    page = np.clip(noise, 0, 255)
    page[100:390:10, 50:250] -= 75  # hairlines, which seem paler than they are
    page = page.astype(np.uint8)
    darker = contrasted(page)
    assert np.median(darker[100:390:10, 50:250]) < 140
    assert (darker[5:90] < 255 - DARKER).mean() < 0.01
    assert contrasted(np.clip(page - 0.4 * (253 - noise), 0, 255).astype(np.uint8))[100, 60] < 140


@needs_ocr
def test_a_red_seal_is_taken_off_and_red_lines_stay() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.seals import without_seals

    image = np.full((800, 600, 3), 255, np.uint8)
    cv2.circle(image, (300, 500), 90, (60, 50, 220), 8)
    cv2.rectangle(image, (50, 50), (550, 80), (30, 30, 200), -1)
    cv2.rectangle(image, (290, 405), (310, 415), (20, 20, 20), -1)
    grey = without_seals(image)
    assert grey[590, 300] > 200
    assert grey[65, 300] < 120
    assert grey[410, 300] < 60


@needs_ocr
def test_a_blue_seal_is_taken_off_and_what_is_written_in_blue_stays() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.seals import without_seals

    for ink, by_hand in (((200, 90, 50), 100), ((50, 60, 220), 60)):
        image = np.full((1400, 1000, 3), 255, np.uint8)
        cv2.circle(image, (500, 900), 110, ink, 8)
        cv2.putText(image, "25", (200, 300), cv2.FONT_HERSHEY_SIMPLEX, 1.6, ink, 4)
        cv2.rectangle(image, (490, 784), (510, 796), (20, 20, 20), -1)
        grey = without_seals(image)
        assert grey[1010, 500] > 200
        assert grey[790, 500] < 60
        assert (grey[255:305, 200 : 200 + by_hand] < 160).sum() > 300


@needs_ocr
def test_a_negative_is_read_as_its_reverse() -> None:
    import numpy as np

    from govcrawl.documents.scanned.straight import positive

    page = np.full((400, 300), 240, np.uint8)
    page[100:300:8, 50:250] = 20
    assert positive(page) is page
    assert (positive(255 - page) == page).all()
    dark = np.random.default_rng(1).normal(70, 5, (400, 300))
    dark[100:300:8, 50:250] = 5
    dark = np.clip(dark, 0, 255).astype(np.uint8)
    assert positive(dark) is dark


@needs_ocr
def test_ticks_beside_the_print_are_told_and_are_no_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    from govcrawl.documents.scanned import page
    from govcrawl.documents.scanned.prose import ProseLine

    lines = [
        ProseLine(text, score, (100, 100 * n, 300, 100 * n + 30))
        for n, (text, score) in enumerate([("V", 0.99), ("总体情况", 0.99), ("√√", 0.6), ("。", 0.95)], 1)
    ]
    monkeypatch.setattr(page, "prose_lines", lambda image: lines)
    read = page.recognised(np.full((1754, 1240), 255, np.uint8))
    assert "".join(glyph.text for glyph in read.page.glyphs) == "总体情况。"
    assert read.doubtful == ("V", "√√")


@needs_ocr
@pytest.mark.parametrize("tilt", [0.0, 1.5])
def test_a_table_with_red_rules_is_no_seal_and_one_over_it_is(tilt: float) -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.seals import without_seals

    image = np.full((1_000, 800, 3), 255, np.uint8)
    for x in range(100, 701, 60):
        cv2.line(image, (x, 100), (x, 900), (60, 60, 220), 2)
    for y in range(100, 901, 50):
        cv2.line(image, (100, y), (700, y), (60, 60, 220), 2)
    turn = cv2.getRotationMatrix2D((400, 500), tilt, 1)
    image = cv2.warpAffine(image, turn, (800, 1_000), borderValue=(255, 255, 255))
    ruled = without_seals(image) < 180
    assert ruled.sum() > 0.9 * (cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) < 180).sum() > 20_000
    if not tilt:
        cv2.circle(image, (430, 470), 60, (70, 60, 215), 6)
        cleared = without_seals(image)
        assert (cleared < 180).sum() < 1.1 * ruled.sum()
        assert (cleared[ruled] < 180).mean() > 0.8


@needs_ocr
def test_print_below_a_red_seal_stays_in_a_jpeg_that_blurs_colours() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.image import decoded

    image = np.full((800, 600, 3), 255, np.uint8)
    cv2.circle(image, (300, 400), 90, (70, 60, 215), 9)
    cv2.circle(image, (300, 400), 30, (70, 60, 215), -1)
    print_ = np.zeros((800, 600), np.uint8)
    for y in range(310, 500, 24):
        cv2.putText(print_, "1946 105 27 61", (200, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 1, 2)
    image[print_ > 0] = (16, 14, 18)
    [grey] = decoded(encoded(image, ".jpg"))
    core = cv2.erode(print_, np.ones((2, 2), np.uint8)) > 0
    around = cv2.dilate(print_, np.ones((7, 7), np.uint8)) == 0
    assert grey[core].max() < 110
    assert (grey[around] < 225).mean() < 0.001


@needs_ocr
def test_what_is_transparent_on_an_image_is_paper() -> None:
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.image import decoded

    image = np.zeros((40, 60, 4), np.uint8)  # black, and nothing of it seen
    image[10:20, 10:30, 3] = 255
    for depth in (np.uint8, np.uint16):
        made = image.astype(depth) * (257 if depth is np.uint16 else 1)
        [grey] = decoded(cv2.imencode(".png", made)[1].tobytes())
        assert (grey[15, 20], grey[30, 40]) == (0, 255)


@needs_ocr
def test_a_page_that_lies_otherwise_is_told_by_its_long_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    from govcrawl.documents.scanned import turned

    page = np.full((300, 200), 255, np.uint8)
    page[:50] = 0  # the head of the page
    boxes = [(10, top, 150, top + 20) for top in range(60, 260, 40)]

    def read(pictures: list[Any]) -> list[tuple[str, float]]:
        return [("政府信息公开", 0.99 if heads[-1] else 0.3)] * len(pictures)

    heads: list[bool] = []

    def found(image: Any) -> list[Any]:
        heads.append(bool((image[:10] == 0).all()))
        return boxes

    monkeypatch.setattr(turned, "text_boxes", found)
    monkeypatch.setattr(turned, "read_lines", read)
    for quarters in (1, 2, 3):
        lying = np.rot90(page, quarters)
        assert (np.rot90(lying, turned.upright(lying)) == page).all()
    heads.clear()
    monkeypatch.setattr(turned, "read_lines", lambda pictures: [("政府信息公开", 0.5)] * len(pictures))
    assert turned.upright(page) == 0
    assert turned.is_poor([("政府信息公开", 0.5)] * 5)
    assert not turned.is_poor([("政府信息公开", 0.5)] * 3 + [("政府信息公开", 0.95)] * 3)
    assert turned.is_poor([("0", 0.99)] * 20)
    some = [("政府信息公开", 0.5)] * 3 + [("政府信息公开", 0.95)] * 2
    assert turned.is_poor([("量", 0.99)] * 60 + some)
    assert not turned.is_poor([("量", 0.99)] * 20 + some)
    assert not turned.is_poor([("0", 0.99)] * 5)
