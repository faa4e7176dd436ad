"""Second addresses of one report are told from reports that only look alike."""

import pytest

from govcrawl.discovery.seconds import Seconds
from govcrawl.model import Entry

HOST = "http://www.shiwu.gov.cn"
TITLE = "石坞县民政局2021年政府信息公开工作年度报告"


def link(path: str, title: str = TITLE, day: str | None = "2022-01-18", listing: str = "/nb/") -> Entry:
    return Entry(f"{HOST}{path}", "shiwu", title, 2021, day, f"{HOST}{listing}", "report title")


def seconds(*entries: Entry) -> dict[str, str]:
    found = Seconds()
    for entry in entries:
        found.note(entry)
    assert [entry.url for entry in found.entries] == list(found.of)
    return found.of


FIRST = link("/nb/202201/t20220118_80071.html")


@pytest.mark.parametrize(
    "second",
    [
        link("/old/202201/t20220118_80071.html", listing="/old/"),
        link("/old/9.html", listing="/old/"),
        link("/old/202201/t20220118_80071.html", day=None, listing="/old/"),
        link("/art/2022/1/18/art_12_80071.html", day=None, listing="/old/"),
        link("/old/9.html", "石坞县民政局２０２１年政府信息公开工作年度报告", listing="/old/"),
    ],
)
def test_the_same_title_and_day_in_another_list(second: Entry) -> None:
    assert seconds(FIRST, second) == {second.url: FIRST.url}


@pytest.mark.parametrize(
    "other",
    [
        link("/nb/202201/t20220118_80072.html"),  # two rows of one list are meant as two
        link("/old/202205/t20220506_80071.html", day="2022-05-06", listing="/old/"),
        link("/old/202201/t20220118_80071.html", "石坞县财政局2021年政府信息公开工作年度报告", listing="/old/"),
        link("/old/9.html", day=None, listing="/old/"),
        Entry("http://mzj.shiwu.gov.cn/nb/1.html", "shiwu", TITLE, 2021, "2022-01-18", "http://mzj.shiwu.gov.cn/"),
    ],
)  # fmt: skip
def test_another_report(other: Entry) -> None:
    assert seconds(FIRST, other) == {}


@pytest.mark.parametrize(
    "title", ["2021年政府信息公开工作年度报告", "民政局", "石坞县民政局2021年政府信息公开工作年度..."]
)
def test_a_title_that_may_be_any_bodys_tells_nothing(title: str) -> None:
    assert seconds(link("/nb/1.html", title), link("/old/1.html", title, listing="/old/")) == {}
