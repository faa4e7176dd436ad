"""A report's page around any markup, and the parts of a report to be put beside it."""

from __future__ import annotations

from govcrawl.model import FetchedFile
from tests.formats.parts import Part, a_report, parts_of
from tests.portals.model import ReportTruth

PAGE = "http://www.linshui.gov.cn/zwgk/nb/t1.html"
_MENU = ("政府信息公开指南", "法定主动公开内容", "依申请公开", "政府信息公开年报", "行政复议", "行政诉讼")


def page_around(report: ReportTruth, markup: str, title: str | None = None) -> FetchedFile:
    """The page of a report with a menu above and a footer below."""
    title = report.title if title is None else title
    menu = "".join(f"<td><a href='/{place}/'>{label}</a></td>" for place, label in enumerate(_MENU))
    text = (
        f"<html><head><title>{title}_临水县人民政府</title><meta name='PubDate' content='2024-01-20 10:00'>"
        f"<meta name='ArticleTitle' content='{title}'></head><body><table><tr>{menu}</tr></table>"
        f"<h1>{title}</h1><div class='cont'>{markup}</div><div class='foot'>主办：临水县人民政府办公室，本站主动公开政府信息，"
        "依申请公开请向信息公开办公室提出，行政复议、行政诉讼事项请咨询司法局，存在问题请及时反馈，我们将不断改进。"
        "版权所有，未经许可不得转载。网站标识码9901310001</div></body></html>"
    )
    return FetchedFile(text.encode(), PAGE, media_type="text/html")


def split(report: ReportTruth) -> tuple[list[Part], list[Part]]:
    """(title and paragraphs, grids) of a report."""
    parts = list(parts_of(report))
    return [p for p in parts if isinstance(p, str)], [p for p in parts if not isinstance(p, str)]


def paragraphs(parts: list[Part]) -> str:
    """Paragraphs as markup."""
    return "".join(f"<p>{part}</p>" for part in parts)


def file(content: bytes, name: str) -> FetchedFile:
    """A file beside the page."""
    return FetchedFile(content, f"http://www.linshui.gov.cn/zwgk/nb/{name}", name)


REPORT = a_report(3)
