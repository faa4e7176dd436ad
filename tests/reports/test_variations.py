"""The catalogue of real variations, V1 to V23 (domain reference 1.8), each as a whole page."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import pytest

from govcrawl.documents import read_document
from govcrawl.model import Report, Status
from govcrawl.reports import read_report
from govcrawl.store import Store
from tests.reports import forms
from tests.reports.forms import Item
from tests.store.make import source

TITLE = "临水县青山镇2021年政府信息公开工作年度报告"
T2, T3, T4 = range(3)
Rows = list[list[Item]]
Given = dict[str, str]


def tables(template: str = "2021", given: Given | None = None) -> list[Rows]:
    value = lambda fact: (given or {}).get(fact, str(truth(template)[fact]))  # noqa: E731
    return [forms.proactive(template, value), forms.application(template, value), forms.challenge(value)]


def truth(template: str = "2021") -> dict[str, int]:
    return forms.numbers(template)


def markup(rows: Sequence[Sequence[Item]]) -> str:
    def cell(item: Item) -> str:
        text, high, wide = (item, 1, 1) if isinstance(item, str) else item
        shown = escape(text).replace("\n", "<br>")
        return f'<td rowspan="{high}" colspan="{wide}">{shown}</td>'

    return "<table>" + "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows) + "</table>"


def page(*parts: str | Rows, title: str = TITLE, opening: str = "", other: str = "无") -> str:
    """A page whose sections 二, 三, 四 hold the given tables or markup."""
    inside = [part if isinstance(part, str) else markup(part) for part in parts] + [""] * (3 - len(parts))
    told = "".join(f"<p>{forms.HEADINGS[n + 1]}</p>{inside[n]}" for n in range(3))
    return (
        f"<html><head><title>{title}</title></head><body><div id='zoom'><h1>{title}</h1>"
        f"<p>{forms.HEADINGS[0]}</p><p>{opening or '全镇依法公开各类信息，群众查阅方便，工作平稳有序。'}</p>{told}"
        f"<p>{forms.HEADINGS[4]}</p><p>公开内容还不够细，需要加强培训。</p>"
        f"<p>{forms.HEADINGS[5]}</p><p>{other}</p></div></body></html>"
    )


def read(text: str, name: str = "page.html") -> Report:
    return read_report(read_document(text.encode(), name=name))


def cells(report: Report) -> dict[str, tuple[float | None, str]]:
    return {fact.fact: (fact.value, fact.status.value) for fact in report.facts}


def assert_true(report: Report, expected: dict[str, int], but: Sequence[str] = ()) -> None:
    """Every number is in its place; only facts that begin as in ``but`` are judged by the test itself."""
    found = cells(report)
    wrong = {f: (found.get(f), v) for f, v in expected.items() if found.get(f, (None, ""))[0] != v}
    assert {fact: pair for fact, pair in wrong.items() if not fact.startswith(tuple(but) or "\0")} == {}


def kinds(report: Report) -> set[str]:
    return {finding.kind for finding in report.findings}


def changed(rows: Rows, change: Callable[[str], str]) -> Rows:
    return [
        [change(item) if isinstance(item, str) else (change(item[0]), *item[1:]) for item in row]
        for row in rows
    ]


FEES = "proactive.art20_8.fees:amount"
BOUGHT = "proactive.art20_9.procurement:amount"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0万元", 0),
        ("160.5964万元", 160.5964),
        ("84565元", 8.4565),
        ("0.5亿元", 5000),
        ("103.3879 万元", 103.3879),
    ],
)
def test_v01_unit_inside_the_cell(printed: str, value: float) -> None:
    report = read(page(*tables(given={FEES: printed, "challenge.review:upheld": "0件"})))
    facts = {fact.fact: fact for fact in report.facts}
    assert (facts[FEES].value, facts[FEES].raw, facts[FEES].unit) == (value, printed, "万元")
    assert facts["challenge.review:upheld"].value == 0
    assert_true(report, truth(), ("proactive.art20_8", "challenge.review:upheld"))


@pytest.mark.parametrize("printed", ["8040", "15000000"])
def test_v02_money_without_unit_stays_as_printed_and_is_said(printed: str) -> None:
    made = tables(given={FEES: printed})
    made[T2] = changed(made[T2], lambda text: text.replace("（单位：万元）", ""))
    report = read(page(*made))
    assert cells(report)[FEES] == (int(printed), "number")
    assert [f.subject for f in report.findings if f.kind == "unit_suspect_yuan"] == [FEES]


@pytest.mark.parametrize(
    ("printed", "value"), [("+410", 410), ("--253", -253), ("−8", -8), ("－8", -8), ("+20", 20), ("减3", -3)]
)
def test_v03_signed_values(printed: str, value: int) -> None:
    changes = "proactive.art20_6.penalty:items_change"
    given = {changes: printed, "proactive.art20_6.penalty:items_prev": "+22"}
    report = read(page(*tables("2019", given)))
    assert cells(report)[changes] == (value, "number")
    assert cells(report)["proactive.art20_6.penalty:items_prev"] == (22, "number")
    assert_true(report, truth("2019"), ("proactive.art20_6.penalty",))


def test_v04_sub_rows_extra_rows_and_explained_labels() -> None:
    rows: Rows = []
    for row in tables("2019")[T2]:
        label, high, wide = (row[0], 1, 1) if isinstance(row[0], str) else row[0]
        lead: Item = (label, high, wide + 1)
        if label == "其他对外管理服务事项":
            rows.append([(label, 2, 1), "行政检查", "1", "+2", "3"])
            rows.append(["行政确认", "10", "-20", "30"])
            continue
        if label == "规章":
            lead = ("规章（设区的市及以上政府应提供相关数据）", 1, 2)
        rows.append([lead, *row[1:]])
        if label == "规范性文件":
            rows.append([("其他主动公开文件", 1, 2), "9", "9", "9"])
    rows = changed(
        rows,
        lambda text: {
            "上一年项目数量": "上一年项目数量（指2019年事项数）",
            "本年增/减": "本年增/减（如减用负值表示，如-8）",
        }.get(text, text),
    )
    report = read(page(rows, *tables("2019")[1:]))
    services = "proactive.art20_5.other_services"
    assert [cells(report)[f"{services}:{c}"][0] for c in ("items_prev", "items_change", "decisions")] == [
        11,
        -18,
        33,
    ]
    assert cells(report)[f"{services}.inspection:decisions"][0] == 3
    assert {"sub_rows", "unknown_row"} <= kinds(report)
    assert_true(report, truth("2019"), (services,))


@pytest.mark.parametrize("template", ["2019", "2021"])
def test_v05_banners_missing(template: str) -> None:
    made = tables(template)
    made[T2] = [row for row in made[T2] if "第二十条" not in row[0][0]]
    assert_true(read(page(*made)), truth(template))


def test_v06_headers_cut_at_a_break_or_slash() -> None:
    cut = {"本年新制作数量": "本年新", "本年新公开数量": "本年新", "本年增/减": "本年增/"}
    made = tables("2019")
    made[T2] = changed(made[T2], lambda text: cut.get(text, text))
    report = read(page(*made))
    assert_true(report, truth("2019"))
    assert "header_truncated" in kinds(report)
    made = tables("2021")
    made[T2] = changed(made[T2], lambda text: {"现行有效件数": "现行有效件"}.get(text, text))
    assert_true(read(page(*made)), truth())


def test_v07_blank_tables_and_dropped_blanks() -> None:
    blank = dict.fromkeys(truth(), "")
    report = read(page(*tables(given=blank)))
    assert {status for _, status in cells(report).values()} == {"blank"}
    assert len(cells(report)) == 200
    lines = [TITLE, forms.HEADINGS[0], "工作平稳。", forms.HEADINGS[2]]
    for row in tables()[T3]:
        plain = [item if isinstance(item, str) else item[0] for item in row]
        if plain[0].startswith("一、本年新收"):
            plain = [plain[0], "3", "3"]
        lines.append("\t".join(plain))
    lines += [forms.HEADINGS[4], "培训不够。", forms.HEADINGS[5], "无"]
    damaged = read("\n".join(lines), "dump.txt")
    new = {f: cell for f, cell in cells(damaged).items() if f.startswith("application.received_new")}
    assert set(new.values()) == {(None, "ambiguous")}
    others = {f: v for f, v in truth().items() if f.startswith("application.")}
    assert_true(damaged, others, ("application.received_new",))


def test_v08_totals_missing() -> None:
    gone = [
        f"application.{row}:total" for row in ("received_new", "carried_in", "result.granted", "carried_out")
    ]
    report = read(page(*tables(given=dict.fromkeys(gone, ""))))
    assert {cells(report)[fact] for fact in gone} == {(None, "blank")}
    assert_true(report, truth(), gone)
    assert "missing_total_column" in kinds(report)


def test_v09_labels_split_over_a_page_break_and_one_character_a_line() -> None:
    made = tables()
    rows = made[T3]
    first = next(n for n, row in enumerate(rows) if row[0] == ("（五）不予处理", 5, 1))
    values = rows[first][2:]
    rows[first] = [("（五）", 1, 1), "1.信访举报投诉", *values]
    rows[first + 1 : first + 1] = [[("不予处理", 5, 1), "类申请", *[""] * 7]]
    height = next(n for n, row in enumerate(rows) if row[0][0].startswith("三、本年度"))
    label, high, wide = rows[height][0]
    rows[height][0] = (label, int(high) + 1, int(wide))
    made[T4] = changed(made[T4], lambda text: text if text.isdigit() else "\n".join(text))
    report = read(page(*made))
    assert_true(report, truth())
    assert "split_label_repaired" in kinds(report)


def test_v09_outcomes_cut_over_two_header_rows() -> None:
    made = tables()
    top, heads, below, values = made[T4]
    cut: Rows = [top, [("结", 1, 1), *heads[1:]], ["果维持", *below], values]
    assert_true(read(page(*made[:2], cut)), truth())


def test_v10_spaces_and_breaks_inside_labels() -> None:
    def spaced(text: str) -> str:
        return text if text.isdigit() or len(text) < 2 else f"{text[:1]} {text[1:3]}\n{text[3:]}\u3000"

    assert_true(read(page(*(changed(rows, spaced) for rows in tables()))), truth())


def test_v11_synonym_headers() -> None:
    words = {"尚未审结": "未审结", "本年制发件数": "本年（2021）制发件数", "规范性文件": "行政规范性文件"}
    made = [changed(rows, lambda text: words.get(text, text)) for rows in tables()]
    assert_true(read(page(*made)), truth())


def test_v12_deduplicated_text_invents_nothing() -> None:
    lines = [TITLE, *forms.HEADINGS[:1], "工作平稳有序。"]
    for heading, rows in zip(forms.HEADINGS[1:4], tables(given=dict.fromkeys(truth(), "0")), strict=True):
        lines.append(heading)
        lines += [item if isinstance(item, str) else item[0] for row in rows for item in row]
    lines += [*forms.HEADINGS[4:5], "培训不够。", *forms.HEADINGS[5:], "无"]
    report = read("\n".join(dict.fromkeys(lines)), "dump.txt")
    assert [fact for fact, (value, _) in cells(report).items() if value is not None] == []
    assert "tables_missing" in kinds(report)


def test_v13_tables_lost_or_images() -> None:
    lost = read(page())
    assert {status for _, status in cells(lost).values()} == {"missing"}
    assert "tables_missing" in kinds(lost)
    shown = read(page("<p><img src='t2.png'></p>", "<p><img src='t3.png'></p>", "<p><img src='t4.png'></p>"))
    assert {status for _, status in cells(shown).values()} == {"image"}
    assert "tables_as_image" in kinds(shown)


@pytest.mark.parametrize(("template", "year"), [("2019", 2023), ("2021", 2020)])
def test_v14_form_of_another_year(template: str, year: int) -> None:
    report = read(page(*tables(template), title=f"临水县青山镇{year}年政府信息公开工作年度报告"))
    assert (report.template, report.year) == (template, year)
    assert_true(report, truth(template))


def test_v15_one_big_table_pieces_and_layout_tables() -> None:
    made = tables()
    assert_true(read(page([row for rows in made for row in rows])), truth())
    starts = [n for n, row in enumerate(made[T2]) if "第二十条" in row[0][0]]
    pieces = [made[T2][a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]
    assert_true(read(page("".join(map(markup, pieces)), *made[1:])), truth())
    inner = page(*made).partition("<body>")[2].partition("</body>")[0]
    layout = "<table><tr><td>&nbsp;</td><td></td></tr><tr><td></td><td>%s</td></tr></table>"
    assert_true(read(f"<html><body>{layout % (layout % inner)}</body></html>"), truth())


@pytest.mark.parametrize(
    ("opening", "year"),
    [
        ("统计期限自2020年1月1日起至2020年12月31日止。", 2020),
        ("统计期限自2020年1月1日起至2020年12月30日止。", 2020),
    ],
)
def test_v16_title_and_period_in_conflict(opening: str, year: int) -> None:
    report = read(page(*tables(), opening=opening))
    assert report.year == 2021
    assert any(f.kind == "period_year_mismatch" and str(year) in f.detail for f in report.findings)
    assert_true(report, truth())


def test_v17_word_processor_residue() -> None:
    report = read(page(*tables(), opening="[bookmark: _GoBack]全镇依法公开各类信息。"))
    assert "_GoBack" not in report.text
    assert "全镇依法公开各类信息。" in report.text
    assert_true(report, truth())


def test_v18_no_break_and_wide_spaces() -> None:
    made = [changed(rows, lambda text: f"\u00a0\u3000{text}\u00a0\u200b") for rows in tables()]
    report = read(page(*made, opening="\u3000\u3000全镇\u00a0依法公开。"))
    assert_true(report, truth())
    blank = read(page(*tables(given={"challenge.review:upheld": "\u00a0\u3000"})))
    assert cells(blank)["challenge.review:upheld"] == (None, "blank")


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("无", "none_word"),
        ("/", "dash"),
        ("—", "dash"),
        ("空", "none_word"),
        ("不适用", "none_word"),
        ("", "blank"),
    ],
)
def test_v19_words_and_dashes_are_no_zeros(printed: str, status: str) -> None:
    fact = "application.carried_in:natural_person"
    report = read(page(*tables(given={fact: printed})))
    assert cells(report)[fact] == (None, status)
    assert_true(report, truth(), (fact,))


def test_v20_challenges_as_small_tables_or_as_a_sentence() -> None:
    heads: list[Item] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    names = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    small = [
        markup([[(name, 1, 5)], heads, [str(truth()[f"challenge.{group}:{o}"]) for o in forms.OUTCOMES]])
        for name, group in zip(names, forms.GROUPS, strict=True)
    ]
    assert_true(read(page(*tables()[:2], "".join(small))), truth())
    sentence = "因政府信息公开发生行政复议28件、未经复议直接起诉9件、复议后起诉2件。"
    told = read(page(*tables()[:2], f"<p>{sentence}</p>"))
    assert {s.fact: s.value for s in told.statements} == {
        "challenge.review:total": 28,
        "challenge.litigation_direct:total": 9,
        "challenge.litigation_after_review:total": 2,
    }
    assert {cells(told)[f"challenge.{group}:total"] for group in forms.GROUPS} == {(None, "missing")}


def test_v20_flattened_headers_over_fifteen_numbers() -> None:
    numbers = [str(truth()[f"challenge.{group}:{o}"]) for group in forms.GROUPS for o in forms.OUTCOMES]
    lines = [TITLE, forms.HEADINGS[0], "工作平稳。", forms.HEADINGS[3], "行政复议行政诉讼", "未经复议直接起诉\t复议后起诉",
             "\t".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3), "\t".join(numbers),
             forms.HEADINGS[4], "培训不够。", forms.HEADINGS[5], "无"]  # fmt: skip
    found = read("\n".join(lines), "dump.txt")
    assert_true(found, {fact: n for fact, n in truth().items() if fact.startswith("challenge.")})


def test_v21_report_only_as_an_attachment() -> None:
    body = page().replace(
        "</h1>",
        "</h1><p>文件下载：<a href='/f/nb.doc'>临水县青山镇2021年政府信息公开工作年度报告.doc</a></p>",
    )
    report = read(body)
    [attachment] = report.attachments
    assert (attachment.url.endswith("/f/nb.doc"), attachment.role) == (True, "only_source")
    assert {fact.status for fact in report.facts} == {Status.MISSING}


def test_v22_duplicates_are_one_report_with_several_sources(tmp_path: Path) -> None:
    first = read(page(*tables(), opening="青山镇全年依法公开各类信息，群众查阅方便。" * 20))
    twin = read(page(*tables(), opening="青山镇全年依法公开各类信息，群众查阅方便。" * 20, other="无。"))
    copy = dataclasses.replace(twin, source_type="docx")
    with Store.open(tmp_path / "g.db") as store:
        store.start_run("test", {})
        addresses = [f"http://www.shiwu.gov.cn/{name}" for name in ("a.html", "a_wap.html", "b.docx")]
        for report, url in zip((first, twin, copy), addresses, strict=True):
            store.save_report(report, source(url, url.encode()), run_id=1)
        assert store.count("reports") == 1
        assert [row["url"] for row in store.parts("sources", 1)] == addresses


def test_v23_note_marks_and_repeated_header_rows() -> None:
    made = tables(given={"challenge.review:upheld": f"{truth()['challenge.review:upheld']}①"})
    made[T2].insert(0, [("主动公开政府信息情况", 1, 4)])
    made[T3].insert(3, list(made[T3][0]))
    made[T3][3] = [
        ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 1, 3),
        ("申请人情况", 1, 7),
    ]
    assert_true(read(page(*made)), truth())
    printed = str(truth()["challenge.review:upheld"])
    raised = page(*tables()).replace(f">{printed}</td>", f">{printed}<sup>1</sup></td>")
    assert_true(read(raised), truth())


def test_a_notice_that_publishes_the_report_has_the_report_s_title() -> None:
    report = read(page(*tables(), title=f"关于印发《{TITLE}》的通知"))
    assert_true(report, truth())
    assert (report.title, report.agency, report.year) == (TITLE, "临水县青山镇", 2021)
