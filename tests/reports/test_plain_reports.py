"""Reports of towns in a few sentences, without a heading or a table; and pages that only look like one."""

from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.errors import NotAReport
from govcrawl.model import Report
from govcrawl.reports import read_report

TITLE = "临水县青山镇人民政府2013年政府信息公开工作年度报告"
SENTENCES = (
    "镇政府在政务公开栏公示惠农补贴名单16期。",
    "全年通过县门户网站发布信息87条。",
    "在便民服务大厅设信息查阅点1处。",
)


def read(*sentences: str, title: str = TITLE, sign: str = "青山镇人民政府") -> Report:
    told = "".join(f"<p>{sentence}</p>" for sentence in (*sentences, sign, "2014年1月8日"))
    page = (
        f"<html><head><title>{title}</title><meta name='ArticleTitle' content='{title}'></head>"
        f"<body><div id='zoom'><h1>{title}</h1>{told}</div></body></html>"
    )
    return read_report(read_document(page.encode(), name="page.html"))


def test_a_town_in_three_sentences() -> None:
    report = read(*SENTENCES)
    assert (report.template, report.year, report.agency) == ("free", 2013, "临水县青山镇人民政府")
    assert report.facts == ()
    assert all(sentence in report.text for sentence in SENTENCES)


@pytest.mark.parametrize(
    "title",
    [
        "政府信息公开工作年度报告",
        "关于做好2013年政府信息公开工作年度报告编制工作的通知",
        "图解：临水县青山镇人民政府2013年政府信息公开工作年度报告",
        "临水县青山镇人民政府2013年政府信息公开指南",
        "临水县青山镇人民政府发布2013年政府信息公开工作年度报告",
    ],
)
def test_other_titles_over_the_same_sentences_are_no_report(title: str) -> None:
    with pytest.raises(NotAReport):
        read(*SENTENCES, title=title)


@pytest.mark.parametrize(
    "sentences",
    [
        ("近日，青山镇公开了2013年度政府信息公开年度报告。", *SENTENCES[1:]),
        ("青山镇人民政府2013年政府信息公开工作年度报告全文详见附件。", *SENTENCES[1:]),
        (
            "今年全镇粮食丰收，村民收入增加。",
            "镇里修了三条路，又建了两座桥。",
            "学校也盖了新楼，孩子们很高兴。",
        ),
        SENTENCES[:1],
        (),
    ],
)
def test_other_sentences_under_the_same_title_are_no_report(sentences: tuple[str, ...]) -> None:
    with pytest.raises(NotAReport):
        read(*sentences)
