"""Pages whose report is pictures: read in order by the killable children, and alike each time."""

from __future__ import annotations

from multiprocessing.forkserver import _forkserver

import pytest

from govcrawl.documents.scanned import engine
from govcrawl.model import FetchedFile, Status
from govcrawl.reading import Readers, Task
from tests.formats.parts import a_report, bare, parts_of
from tests.formats.scans.pages import Print, drawn_pages, has_fonts

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not engine._is_installed(), reason="without the extra ocr"),
    pytest.mark.skipif(not has_fonts(), reason="without Noto CJK and Liberation fonts"),
]


def test_a_report_of_jpegs_in_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    cv2 = pytest.importorskip("cv2")
    monkeypatch.setenv(engine.SWITCH, "on")
    # One that an earlier test started makes children with its own switch.
    _forkserver._stop()  # type: ignore[attr-defined]
    truth = a_report(1)
    images = drawn_pages(list(parts_of(truth)), Print())
    files = tuple(
        FetchedFile(cv2.imencode(".jpg", image)[1].tobytes(), f"http://a.gov.cn/{n}.jpg", f"{n}.jpg")
        for n, image in enumerate(images)
    )
    shown = "".join(f"<p><img src='/{n}.jpg'></p>" for n in range(len(files)))
    page = f"<html><head><title>{truth.title}</title></head><body><h1>{truth.title}</h1>{shown}</body></html>"
    task = Task(
        page.encode(), "a.html", "text/html", "utf-8", "http://a.gov.cn/a.html", truth.title, files=files
    )
    readers = Readers(processes=1)
    try:
        answers = [readers.read(task) for _ in range(2)]
    finally:
        readers.close()
    assert answers[0] == answers[1]
    report = answers[0].report
    assert report is not None, answers[0].reason
    found = {fact.fact: fact for fact in report.facts}
    for fact, cell in truth.facts.items():
        assert found[fact].value == cell.value or found[fact].status is Status.AMBIGUOUS
    assert all(bare(line) in bare(report.text) for line in truth.paragraphs)
