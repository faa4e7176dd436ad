"""A page and its files read as one report: nothing twice, nothing lost, nothing hidden."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from govcrawl.attachments.choice import Need, need_of
from govcrawl.attachments.reading import read_attached
from govcrawl.errors import NotAReport, UnreadableDocument
from govcrawl.model import FetchedFile, Report
from tests.attachments.pages import PAGE, REPORT, file, page_around, paragraphs, split
from tests.formats.makers import as_docx, as_pdf, as_xlsx
from tests.formats.ofd import as_ofd
from tests.formats.parts import Part, bare, parts_of

WHOLE = list(parts_of(REPORT))
PROSE, TABLES = split(REPORT)
ONLY_A_LINK = "<p>请点击附件查看。</p><p>附件：<a href='a.docx'>点击下载</a></p>"


def assert_facts(report: Report) -> None:
    found = {fact.fact: fact.value for fact in report.facts}
    assert {name: found[name] for name in REPORT.facts} == {n: cell.value for n, cell in REPORT.facts.items()}


def roles(report: Report) -> dict[str, tuple[str, bool]]:
    return {row.url.rpartition("/")[2]: (row.role, row.sha256 is not None) for row in report.attachments}


@pytest.mark.parametrize(
    ("name", "make"),
    [
        pytest.param("a.docx", as_docx, id="docx", marks=pytest.mark.soak),  # slow to make
        pytest.param("a.pdf", as_pdf, id="pdf"),
        pytest.param("a.ofd", as_ofd, id="ofd"),
    ],
)
def test_a_page_that_is_only_a_link(name: str, make: Callable[[list[Part]], bytes]) -> None:
    content = make(WHOLE)
    report = read_attached(page_around(REPORT, ONLY_A_LINK.replace("a.docx", name)), [file(content, name)])
    assert_facts(report)
    assert (report.source_type, report.published, report.title) == (name[2:], "2024-01-20", REPORT.title)
    assert all(bare(text) in bare(report.text) for text in REPORT.paragraphs)
    assert "主办" not in report.text
    assert "点击" not in report.text
    [row] = report.attachments
    assert (row.role, row.sha256) == ("only_source", hashlib.sha256(content).hexdigest())
    assert (report.evidence["attachment"], report.evidence["url"]) == (row.url, PAGE)


def test_the_page_completes_what_a_file_does_not_say() -> None:
    nameless = ["2022年政府信息公开工作年度报告", *(part for part in WHOLE[1:] if part != REPORT.body.name)]
    report = read_attached(page_around(REPORT, ONLY_A_LINK), [file(as_pdf(nameless), "a.docx")])
    assert (report.title, report.agency, report.published) == (REPORT.title, REPORT.body.name, "2024-01-20")


@pytest.mark.parametrize("make", [as_xlsx, as_pdf], ids=["xlsx", "pdf"])
def test_tables_in_a_file_beside_prose(make: Callable[[list[Part]], bytes]) -> None:
    page = page_around(REPORT, paragraphs(PROSE) + "<p>附件：<a href='t.x'>统计表</a></p>")
    report = read_attached(page, [file(make(["附表", *TABLES]), "t.x")])
    assert_facts(report)
    assert (report.source_type, roles(report)) == ("html", {"t.x": ("only_source", True)})
    assert [section.number for section in report.sections if section.number] == [1, 2, 3, 4, 5, 6]
    assert report.evidence["tables_from"].endswith("t.x")


def test_two_files_that_are_one_report() -> None:
    files = [file(as_pdf(PROSE), "a.pdf"), file(as_xlsx(TABLES), "b.xlsx")]
    report = read_attached(page_around(REPORT, "<a href=a.pdf>1</a><a href=b.xlsx>2</a>"), files)
    assert_facts(report)
    assert report.source_type == "pdf"
    assert roles(report) == {"a.pdf": ("only_source", True), "b.xlsx": ("only_source", True)}


def test_a_whole_page_and_its_twin_that_differs() -> None:
    page = page_around(REPORT, REPORT.html + "<p>附件：<a href='a.docx'>附件</a></p>")
    same = read_attached(page, [file(as_ofd(WHOLE), "a.docx")])
    assert (same.source_type, roles(same), need_of(same)) == (
        "html",
        {"a.docx": ("twin", True)},
        Need.NOTHING,
    )
    assert not [finding for finding in same.findings if finding.kind == "attachment_disagrees"]
    fact = "proactive.art20_1.normative_docs:disclosed_total"
    altered: list[Part] = [
        part
        if isinstance(part, str)
        else [replace(box, text="98765") if box.text == "50" else box for box in part]
        for part in WHOLE
    ]
    other = read_attached(page, [file(as_ofd(altered), "a.docx")])
    told = {f.subject: f.detail for f in other.findings if f.kind == "attachment_disagrees"}
    value = REPORT.facts[fact].value
    assert told[fact] == f"{value} here, 98765 in http://www.linshui.gov.cn/zwgk/nb/a.docx"
    assert_facts(other)


def test_a_page_in_prose_whose_file_cannot_be_read() -> None:
    page = page_around(REPORT, paragraphs(PROSE) + "<p>附件：<a href='t.doc'>统计表</a></p>")
    report = read_attached(page, [file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "t.doc")])
    assert need_of(report) is Need.TABLES
    [finding] = [finding for finding in report.findings if finding.kind == "attachment_unread"]
    assert finding.subject.endswith("t.doc")


def test_nothing_that_is_a_report() -> None:
    page, letter = page_around(REPORT, ONLY_A_LINK), file("通知，请各单位遵照执行。".encode(), "a.txt")
    with pytest.raises(NotAReport, match=r"its attachment http://.*a\.txt: no annual report"):
        read_attached(page, [letter])
    with pytest.raises(UnreadableDocument, match=r"its attachment http://.*b\.doc: "):
        read_attached(page, [letter, file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "b.doc")])
    with pytest.raises(NotAReport, match=r"^no annual report: title"):
        read_attached(page, [])


def test_only_its_menu_does_not_make_a_page_a_report() -> None:
    for markup in ("<p>附件</p>", "<p>详见附件。</p>", "<iframe src='/a.pdf'></iframe>", ""):
        with pytest.raises(NotAReport):
            read_attached(FetchedFile(page_around(REPORT, markup).content, PAGE), [])
