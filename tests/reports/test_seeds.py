"""Published reports with known facts, where the material stands beside the project."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from govcrawl.documents import read_document
from govcrawl.errors import NotAReport
from govcrawl.model import Paragraph, Report
from govcrawl.reports import read_report

SHARED = Path(__file__).resolve().parents[2] / "../shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="published material is not beside the project")

A = "application."
EXPECTED: dict[str, tuple[str, int, str, dict[str, float], set[str]]] = {
    "000": ("宝清镇", 2020, "2019", {}, {"missing_total_column", "split_label_repaired", "synonym_header", "header_split"}),
    "001": ("长滩镇", 2021, "2021", {}, {"missing_total_column", "blank_cells", "title_missing"}),
    "002": ("韩庄镇", 2020, "2019", {}, {"wrapped_labels"}),
    "003": (
        "息陬镇", 2019, "2019",
        {f"{A}received_new:natural_person": 3, f"{A}received_new:total": 3, f"{A}result.granted:natural_person": 3,
         f"{A}result.total:natural_person": 3, f"{A}result.total:total": 3},
        {"identity_fail:A2", "identity_fail:A3", "period_year_mismatch"},
    ),
    "004": (
        "西红门镇", 2020, "2019",
        {f"{A}received_new:natural_person": 21, f"{A}received_new:org.business": 19, f"{A}received_new:total": 40,
         f"{A}result.granted:natural_person": 8, f"{A}result.granted:org.business": 7, f"{A}result.granted:total": 15,
         f"{A}result.unable.not_held:natural_person": 13, f"{A}result.unable.not_held:org.business": 9,
         f"{A}result.unable.not_held:total": 22, f"{A}result.not_processed.petition_complaint:org.business": 3,
         f"{A}result.not_processed.petition_complaint:total": 3, f"{A}result.total:natural_person": 21,
         f"{A}result.total:org.business": 19, f"{A}result.total:total": 40, "challenge.review:upheld": 5,
         "challenge.review:total": 5, "challenge.litigation_direct:corrected": 1, "challenge.litigation_direct:total": 1,
         "challenge.litigation_after_review:pending": 2, "challenge.litigation_after_review:total": 2,
         "proactive.art20_6.penalty:items_change": 410, "proactive.art20_6.penalty:decisions": 153,
         "proactive.art20_6.coercion:items_change": 20, "proactive.art20_9.procurement:projects": 1,
         "proactive.art20_9.procurement:amount": 5.6},
        {"sub_rows", "wrapped_labels"},
    ),
}  # fmt: skip
BLANKS = {"000": 7, "001": 1, "002": 0, "003": 0, "004": 0}


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def seed(number: str) -> tuple[Report, str]:
    path = next((SHARED / "seeds").glob(f"{number}_*.txt"))
    return read_report(read_document(path.read_bytes(), name=path.name)), path.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", EXPECTED)
def test_seed_facts_and_findings(number: str) -> None:
    agency, year, template, nonzero, kinds = EXPECTED[number]
    report, _ = seed(number)
    assert agency in (report.agency or "")
    assert (report.year, report.template) == (year, template)
    assert {fact.fact: fact.value for fact in report.facts if fact.value} == nonzero
    assert sum(fact.status.value == "blank" for fact in report.facts) == BLANKS[number]
    assert {fact.status.value for fact in report.facts} <= {"number", "blank"}
    canonical = [fact for fact in report.facts if not re.search(r"other_services\.", fact.fact)]
    assert len(canonical) == {"2019": 198, "2021": 200}[template]
    assert {finding.kind for finding in report.findings} >= kinds
    assert [section.number for section in report.sections] == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("number", EXPECTED)
def test_seed_keeps_every_paragraph(number: str) -> None:
    report, source = seed(number)
    text = plain(report.text)
    removed = {plain(removal.line) for removal in report.removals}
    for paragraph in source.split("\n"):
        bare = plain(paragraph).replace("[bookmark:_GoBack]", "")
        if (
            len(bare) > 1
            and not paragraph.startswith(("\t", "|"))
            and "|" not in bare
            and "\t" not in paragraph
        ):
            assert bare in text or bare in removed


def test_seed_identities() -> None:
    report, _ = seed("003")
    failed = {(c.rule, c.subject, c.expected, c.actual) for c in report.checks if c.outcome.value == "fail"}
    assert failed >= {
        ("A2", "application.result.total:total", "0", "3"),
        ("A3", "application.result.granted", "3", "0"),
    }
    clean, _ = seed("004")
    assert {c.outcome.value for c in clean.checks if c.rule in ("A1", "A2", "A3", "C1", "N1")} == {"pass"}


def test_seed_boilerplate_is_gone_and_recorded() -> None:
    report, _ = seed("001")
    gone = ["我要收藏", "公共资源调用站点", "文章分享", "文件下载:", "关联文件:", "扫一扫在手机打开当前页"]
    assert [removal.line for removal in report.removals] == gone
    assert not any(line in report.text.split("\n") for line in gone)
    marked, _ = seed("003")
    assert "bookmark" not in marked.text


def test_published_page() -> None:
    path = SHARED / "data/real/shuyang_fgj_2023.html"
    truth = json.loads((SHARED / "data/real/truth.json").read_text(encoding="utf-8"))[path.name]
    report = read_report(read_document(path.read_bytes(), name=path.name))
    assert (report.agency, report.year, report.template) == (
        truth["agency"],
        truth["year"],
        truth["template"],
    )
    found = {fact.fact: fact for fact in report.facts}
    assert found.keys() == truth["facts"].keys()
    assert all((found[fact].value or 0) == value for fact, value in truth["facts"].items())
    assert {fact.status.value for fact in report.facts} == {"number", "blank"}


def test_published_pdf() -> None:
    path = SHARED / "data/real/szfgs2024.pdf"
    truth = json.loads((SHARED / "data/real/truth.json").read_text(encoding="utf-8"))[path.name]
    report = read_report(read_document(path.read_bytes(), name=path.name))
    assert (report.agency, report.year, report.template) == (
        truth["agency"],
        truth["year"],
        truth["template"],
    )
    assert {fact.fact: fact.value for fact in report.facts} == truth["facts"]
    assert {fact.status.value for fact in report.facts} == {"number"}


def test_a_published_letter_is_read_and_is_no_report() -> None:
    path = SHARED / "data/real/letter.ofd"
    document = read_document(path.read_bytes(), name=path.name)
    assert sum(len(block.text) for block in document.blocks if isinstance(block, Paragraph)) > 100
    with pytest.raises(NotAReport, match="look-alike"):
        read_report(document)


@pytest.mark.parametrize("name", sorted(p.name for p in (SHARED / "data/real").glob("not_a_report_*.html")))
def test_other_pages_are_rejected(name: str) -> None:
    content = (SHARED / "data/real" / name).read_bytes()
    with pytest.raises(NotAReport, match="no annual report: no report title"):
        read_report(read_document(content, name=name))


@pytest.mark.parametrize("path", sorted((SHARED / "samples/html").glob("*.html")), ids=lambda path: path.stem)
def test_sample_pages(path: Path) -> None:
    truth = json.loads((SHARED / "samples/gt" / f"{path.stem}.json").read_text(encoding="utf-8"))
    report = read_report(read_document(path.read_bytes(), name=path.name))
    text = plain(report.text)
    assert all(plain(block[1]) in text for block in truth["blocks"] if block[0] == "p")
    assert (plain(report.title), report.published) == (plain(truth["title"]), truth["date"][:10])
    assert {fact.status.value for fact in report.facts} <= {"number", "blank"}
    lines = {plain(line) for line in report.text.split("\n")}
    assert not lines & {plain(line) for line in truth["boilerplate"]}
