"""Two reports on one page, in containers of their own: the page's title and what is shown decide."""

from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.model import Report, Status
from govcrawl.reports import read_report
from tests.reports import forms
from tests.reports.test_variations import assert_true, markup, read, tables, truth

OWN = "临水县青山镇2021年政府信息公开工作年度报告"
OTHERS = ("临水县青山镇2020年政府信息公开工作年度报告", "临水县白马乡2021年政府信息公开工作年度报告")
PLACES = ("hidden after", "hidden before", "after", "before")


def article(title: str, sentence: str, numbers: dict[str, int], around: str = 'id="zoom"') -> str:
    told = "".join(
        f"<p>{heading}</p>{markup(rows)}"
        for heading, rows in zip(
            forms.HEADINGS[1:4], tables(given={f: str(n) for f, n in numbers.items()}), strict=True
        )
    )
    return (
        f"<div {around}><p><strong>{title}</strong></p><p>{forms.HEADINGS[0]}</p><p>{sentence}</p>{told}"
        f"<p>{forms.HEADINGS[4]}</p><p>公开内容还不够细。</p><p>{forms.HEADINGS[5]}</p><p>无</p></div>"
    )


def page_of(place: str, other_title: str) -> Report:
    own = f"<h1>{OWN}</h1>{article(OWN, '全镇依法公开各类信息。', truth())}<div>上一篇：<a>通知</a></div>"
    hidden = 'style="display:none"' if place.startswith("hidden") else 'class="article2"'
    strange = {fact: number + 5000 for fact, number in truth().items()}
    other = f"<div>{article(other_title, '这里是另一份报告的话。', strange, hidden)}</div>"
    body = own + other if place.endswith("after") else other + own
    return read(f"<html><head><title>{OWN}-临水县人民政府</title></head><body>{body}</body></html>")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("other", OTHERS)
def test_the_page_s_own_report_is_read(place: str, other: str) -> None:
    report = page_of(place, other)
    assert_true(report, truth())
    assert (report.title, report.year, report.agency) == (OWN, 2021, "临水县青山镇")
    assert "全镇依法公开各类信息。" in report.text
    assert "另一份报告" not in report.text


@pytest.mark.parametrize("first", ['style="display:none"', 'class="print"'])
def test_a_page_that_holds_its_report_twice_gives_it_once(first: str) -> None:
    twin = article(OWN, "全镇依法公开各类信息。", truth(), first)
    body = f"<h1>{OWN}</h1><div>{twin}</div>{article(OWN, '全镇依法公开各类信息。', truth())}"
    report = read(f"<html><head><title>{OWN}</title></head><body>{body}</body></html>")
    assert_true(report, truth())
    assert report.text.count("全镇依法公开各类信息。") == 1


def flat(title: str, sentence: str, numbers: dict[str, int]) -> str:
    """A report without a container of its own; ``title`` may be empty."""
    inside = article(title, sentence, numbers).removeprefix('<div id="zoom">').removesuffix("</div>")
    return inside if title else inside.replace("<p><strong></strong></p>", "")


def strange() -> dict[str, int]:
    return {fact: number + 5000 for fact, number in truth().items()}


ALONE = "全镇依法公开各类信息。"


@pytest.mark.parametrize("own_first", [True, False])
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("titled", [True, False])
def test_in_one_container_the_titles_tell_whose_is_meant(own_first: bool, other: str, titled: bool) -> None:
    own = flat(OWN if titled or not own_first else "", ALONE, truth())
    rival = flat(other, "这里是另一份报告的话。", strange())
    inside = own + rival if own_first else rival + own
    head = f'<title>{OWN}</title><meta name="ArticleTitle" content="{OWN}">'
    report = read(f"<html><head>{head}</head><body><h1>{OWN}</h1><div id=zoom>{inside}</div></body></html>")
    assert_true(report, truth())
    assert (report.title, report.year) == (OWN, 2021)
    assert "另一份报告" not in report.text
    assert ("other_report", f"beside it: {other}") in {(f.kind, f.detail) for f in report.findings}


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("titles", [("", ""), OTHERS, (OTHERS[0], ""), ("", OTHERS[0])])
def test_two_reports_of_which_none_is_told_to_be_the_page_s(apart: bool, titles: tuple[str, str]) -> None:
    made = [flat(titles[0], ALONE, truth()), flat(titles[1], "这里是另一份报告的话。", strange())]
    inside = "".join(f"<div class=a{n}>{part}</div>" if apart else part for n, part in enumerate(made))
    body = f"<html><head><title>临水县人民政府</title></head><body><div>{inside}</div></body></html>"
    report = read(body)
    assert "rival_reports" in {finding.kind for finding in report.findings}
    assert not [fact for fact in report.facts if fact.value is not None]
    assert {fact.status for fact in report.facts} == {Status.AMBIGUOUS}


def test_a_shown_tab_of_last_year_is_not_the_page_s_report() -> None:
    shown = article(OTHERS[0], "这里是去年的话。", strange(), 'class="tab"')
    hidden = article(OWN, ALONE, truth(), 'class="tab" style="display: none"')
    report = read(f"<html><head><title>{OWN}</title></head><body>{shown}{hidden}</body></html>")
    assert_true(report, truth())
    assert ALONE in report.text


def test_a_title_in_other_words_is_the_same_report_s() -> None:
    own = article("青山镇政府信息公开2021年度工作报告", ALONE, truth())
    other = article("青山镇政府信息公开2020年度工作报告", "这里是去年的话。", strange(), "class=b")
    report = read(f"<html><head><title>{OWN}</title></head><body>{other}{own}</body></html>")
    assert_true(report, truth())


def test_the_halves_of_a_report_in_two_containers_are_one_report() -> None:
    whole = article(OWN, ALONE, truth())
    at = whole.index(f"<p>{forms.HEADINGS[3]}")
    report = read(
        f"<html><head><title>{OWN}</title></head><body><h1>{OWN}</h1><div class=x>{whole[:at]}</div>"
        f"<div class=y>{whole[at:]}</div></body></html>"
    )
    assert_true(report, truth())
    assert len([section for section in report.sections if section.number]) == 6


def test_a_report_printed_twice_in_one_container_gives_it_once() -> None:
    inside = flat(OWN, ALONE * 3, truth())
    report = read(
        f"<html><head><title>{OWN}</title></head><body><div id=zoom>{inside}{inside}</div></body></html>"
    )
    assert_true(report, truth())
    assert report.text.count(ALONE) == 3


def test_a_report_without_title_and_another_that_names_the_body_in_full_are_not_told_apart() -> None:
    full = "云岭市临水县青山镇人民政府2021年度政府信息公开工作年度报告"
    inside = flat("", ALONE, truth()) + flat(full, "这里是另一份报告的话。", strange())
    report = read(
        f"<html><head><title>{OWN}</title></head><body><h1>{OWN}</h1><div id=zoom>{inside}</div></body></html>"
    )
    assert not [fact for fact in report.facts if fact.value is not None]


def annexed(title: str) -> tuple[str, str]:
    """A report whose sections refer to an annex with the tables under their headings again."""
    told = "".join(f"<p>{heading}</p><p>具体情况见附表。</p>" for heading in forms.HEADINGS)
    made = tables(given={fact: str(number) for fact, number in truth().items()})
    annex = "".join(f"<p>{h}</p>{markup(rows)}" for h, rows in zip(forms.HEADINGS[1:4], made, strict=True))
    return f"<p>{ALONE}</p>{told}", f"<p>{title}</p>{annex}"


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("title", ["附表", "", OWN])
def test_an_annex_with_the_tables_is_no_other_report(apart: bool, title: str) -> None:
    main, annex = annexed(title)
    inside = f"<div class=m>{main}</div><div class=n>{annex}</div>" if apart else main + annex
    report = read(
        f"<html><head><title>{OWN}</title></head><body><h1>{OWN}</h1><div id=zoom>{inside}</div></body></html>"
    )
    assert_true(report, truth())
    assert ALONE in report.text


def test_a_title_printed_on_every_page_parts_no_report() -> None:
    whole = flat(OWN, ALONE, truth())
    again = "".join(f"<p>{heading[2:]}</p>" for heading in forms.HEADINGS[1:4])
    paged = whole.replace(f"<p>{forms.HEADINGS[3]}</p>", f"<p>{OWN}</p>{again}<p>{forms.HEADINGS[3]}</p>")
    report = read(
        f"<html><head><title>{OWN}</title></head><body><h1>{OWN}</h1><div id=zoom>{paged}</div></body></html>"
    )
    assert_true(report, truth())


@pytest.mark.parametrize("own_inside", [True, False])
@pytest.mark.parametrize("own_first", [True, False])
@pytest.mark.parametrize("hidden", [True, False])
def test_a_report_in_a_container_within_another_s(own_inside: bool, own_first: bool, hidden: bool) -> None:
    style = ' style="display:none"' if hidden and not own_inside else ""
    own, other = flat(OWN, ALONE, truth()), flat(OTHERS[1], "这里是另一份报告的话。", strange())
    own, other = (
        (f"<div>{own}</div>", other)
        if own_inside
        else (own, f"<div{style}><h2>{OTHERS[1]}</h2>{other}</div>")
    )
    inside = own + other if own_first else other + own
    report = read(
        f"<html><head><title>{OWN}_门户</title></head><body><div id=zoom>{inside}</div></body></html>"
    )
    assert_true(report, truth())
    assert (report.title, report.agency, report.year) == (OWN, "临水县青山镇", 2021)
    assert "另一份报告" not in report.text


def test_the_listing_s_title_tells_too() -> None:
    inside = flat(OWN, ALONE, truth()) + flat(OTHERS[1], "这里是另一份报告的话。", strange())
    made = f"<html><head><title>门户</title></head><body><div id=zoom>{inside}</div></body></html>"
    report = read_report(read_document(made.encode()), title=OTHERS[1])
    assert_true(report, strange())
    assert report.title == OTHERS[1]
