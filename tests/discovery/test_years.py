"""Years beside a report: the pages of the others are told from its own."""

from govcrawl.discovery import Page
from govcrawl.discovery.years import names_years, other_years
from govcrawl.model import Entry

URL = "http://www.qipi.gov.cn/module/xxgk/xxgkAnnualReport.jsp?area=113708260043292687&fbtime=2023"
ENTRY = Entry(
    URL, "qipi", "石坞县教育局2023年政府信息公开工作年度报告", 2023, None, "http://www.qipi.gov.cn/nb/"
)


def beside(links: str) -> list[tuple[str, int | None, str]]:
    page = Page.parse(URL, f"<html><body>{links}</body></html>".encode())
    return [(entry.url.rsplit("=", 1)[-1], entry.year, entry.title) for entry in other_years(ENTRY, page)]


def test_the_same_body_in_other_years() -> None:
    links = "".join(f"<a href='{URL.replace('2023', str(year))}'>{year}年</a>" for year in (2024, 2023, 2022))
    assert names_years(links.encode())
    assert names_years(links.encode("gbk"))
    assert beside(links) == [
        ("2024", 2024, "石坞县教育局2024年政府信息公开工作年度报告"),
        ("2022", 2022, "石坞县教育局2022年政府信息公开工作年度报告"),
    ]


def test_years_of_something_else() -> None:
    lists = "<a href='/nb/2022/'>2022年</a><a href='/nb/2021/'>2021年</a>"
    other = f"<a href='{URL.replace('fbtime=2023', 'fbtime=7')}'>2022</a><a href='http://a.gov.cn/?fbtime=2022'>2022</a>"
    assert beside(lists + other) == []
    assert not names_years("<a href='/x'>2022年政府信息公开年报</a><td>2021</td>".encode())
