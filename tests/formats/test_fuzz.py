"""Files of every format with bytes flipped, cut, spliced and put in: read or refused, within the limits.

``GOVCRAWL_FUZZ=50000`` says how many; ``GOVCRAWL_FUZZ_SEED`` begins elsewhere.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from reportlab.pdfgen.canvas import Canvas

from govcrawl.reading import Answer, Limits, Readers, Task
from tests.formats.archives import as_rar, as_zip
from tests.formats.disguised import as_flat_package, as_html, as_mht, as_rtf, as_sheet_xml, as_word_xml
from tests.formats.makers import as_docx, as_pdf, as_xlsx
from tests.formats.ofd import as_ofd
from tests.formats.office import converted
from tests.formats.parts import Box, Part, a_report, parts_of
from tests.formats.test_pdf_within import holding
from tests.formats.test_word_parts import taking_in

TIMES = int(os.environ.get("GOVCRAWL_FUZZ", "1500"))
SEED = os.environ.get("GOVCRAWL_FUZZ_SEED", "")
LIMITS = Limits(seconds=10.0, memory=2**30)
SHARED = Path(__file__).resolve().parents[2] / "../shared/samples"
PROSE = ("临水县财政局2022年政府信息公开工作年度报告", "一、总体情况", "全年主动公开信息35条。")
_BAD = ("took longer than", "needs more than", "its reader crashed", "its reader was killed", "broke down")
_SIGNS = (
    b"<",
    b"\x00",
    b"{",
    b"}",
    b"\xff" * 4,
    b"\\u-1",
    b"&#55296;",
    b"99999999999",
    b"%PDF-",
    b"PK\x03\x04",
)


def sources(parts: list[Part], *, office: bool) -> dict[str, bytes]:
    """A sound file of every format by its ending."""
    page = as_html(parts)
    made = {
        "docx": as_docx(parts), "xlsx": as_xlsx(parts), "pdf": as_pdf(parts), "ofd": as_ofd(parts),
        "rtf": as_rtf(parts), "mht": as_mht(parts), "wordml": as_word_xml(parts), "flat": as_flat_package(parts),
        "excel xml": as_sheet_xml(parts), "html": page.encode(), "gbk": page.encode("gb18030"),
    }  # fmt: skip
    made["fields"] = with_fields()
    made["portfolio"] = holding({"年报.docx": made["docx"]})
    made["taken in"] = taking_in(made["rtf"], "chunk.rtf")
    made["zip"] = as_zip(
        {"年报.docx": made["docx"], "a.rtf": made["rtf"], "b.zip": as_zip({"c.html": made["html"]})}
    )
    made["rar"] = as_rar({"年报.html": made["html"], "a.rtf": made["rtf"]})
    for path in sorted(SHARED.glob("*/x0.xls")) + sorted(SHARED.glob("doc/d1*.doc")):
        made.setdefault(path.suffix[1:], path.read_bytes())
    if office:
        made |= {"doc": next(iter(converted({"a.docx": made["docx"]}, "doc", "MS Word 97").values()))}
        made |= {"xls": next(iter(converted({"a.xlsx": made["xlsx"]}, "xls", "MS Excel 97").values()))}
    return made


def with_fields() -> bytes:
    """A PDF with numbers in fields, two of them without the look that they have."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=0)
    canvas.grid([60, 160, 260], [540, 570, 600, 630, 660])
    for n, text in enumerate(("35", "0", "7", "-")):
        canvas.acroForm.textfield(text, name=f"f{n}", x=165, y=545 + 30 * n, width=60, height=20)
    canvas.showPage()
    canvas.save()
    return out.getvalue().replace(b"/AP", b"/Ap", 2)


def mutated(rng: Random, made: dict[str, bytes]) -> tuple[str, bytes]:
    """One file with something wrong in it; in a zip container mostly in one of its parts."""
    kind = rng.choice(list(made))
    whole = made[kind]
    if whole.startswith(b"PK") and rng.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(whole)) as file:
            parts = {info: file.read(info) for info in file.infolist()}
        chosen = rng.choice([info for info in parts if parts[info]])
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            for info, content in parts.items():
                changed = wronged(rng, content, made) if info is chosen else content
                file.writestr(info.filename, changed)
        return kind, out.getvalue()
    return kind, wronged(rng, whole, made)


def wronged(rng: Random, content: bytes, made: dict[str, bytes]) -> bytes:
    """Bytes changed, taken out, put in, doubled, cut off, or joined with those of another file."""
    changed = bytearray(content)
    way = rng.random()
    if way < 0.1:
        return bytes(changed[: rng.randrange(len(changed) + 1)])
    if way < 0.2:
        other = rng.choice(list(made.values()))
        at, start = rng.randrange(len(changed) + 1), rng.randrange(len(other))
        return bytes(changed[:at]) + other[start : start + rng.randrange(1, 4_000)] + bytes(changed[at:])
    for _ in range(rng.choice((1, 3, 20, 200))):
        if len(changed) < 20:
            break
        at, way = rng.randrange(len(changed)), rng.random()
        if way < 0.6:
            changed[at] = rng.randrange(256)
        elif way < 0.75:
            del changed[at : at + rng.randrange(1, 50)]
        elif way < 0.9:
            changed[at:at] = rng.choice(_SIGNS)
        else:
            changed[at:at] = changed[at : at + rng.randrange(1, 400)] * rng.randrange(1, 4)
    return bytes(changed)


def files_in(*folders: Path) -> set[str]:
    return {str(path) for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts}


def tasks(made: dict[str, bytes], times: int) -> Iterator[tuple[str, bytes]]:
    for number in range(times):
        kind, content = mutated(Random(f"{SEED} {number}"), made)
        yield f"{number} {kind}", content


def judged(made: dict[str, bytes], times: int, limits: Limits) -> tuple[Counter[str], list[str]]:
    """How many were read, were no report or were refused; and what must not be, with the file's number."""
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    with Readers(limits, processes=1) as readers:
        for (name, _), answer in readers.over(tasks(made, times), lambda own: Task(own[1], name=own[0])):
            assert isinstance(answer, Answer)
            counted["refused" if answer.failed else "read" if answer.report else "no report"] += 1
            if answer.fault or any(words in answer.reason for words in _BAD):
                wrong.append(f"{name}: {answer.fault.strip().splitlines()[-1:] or answer.reason}")
    return counted, wrong


@pytest.mark.soak
def test_files_of_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sources(list(parts_of(a_report(3))), office=True)
    monkeypatch.chdir(tmp_path)
    before = files_in(tmp_path, tmp_path.parent)
    counted, wrong = judged(made, TIMES, LIMITS)
    print(f"\n{TIMES} files: {dict(counted)}")
    assert wrong == []
    assert files_in(tmp_path, tmp_path.parent) == before
    assert min(counted["read"], counted["refused"]) > TIMES // 20


def test_some_files() -> None:
    parts: list[Part] = [*PROSE, [Box(str(n), n // 3, n % 3, 1, 1) for n in range(9)]]
    made = sources(parts, office=False)
    counted, wrong = judged({kind: made[kind] for kind in made if kind not in ("doc", "xls")}, 40, LIMITS)
    assert wrong == []
    assert counted["no report"] + counted["read"]
