"""Pages in the path, and annual reports by organ and year."""

import pytest

from govcrawl.discovery.dialects.openness import DIALECT
from tests.discovery.dialects.pages import following, page, paths, recognised
from tests.discovery.dialects.whole import check, spec_for, url

LIST = "/OpennessContent/showList/784/34502/page_1.html"
YEARLY = "/OpennessAnnualReport/year/show/341/"


def pager(*numbers: int) -> str:
    links = "".join(f"<a href='/OpennessContent/showList/784/34502/page_{n}.html'>{n}</a>" for n in numbers)
    return f"<div>{links}<a href='/OpennessContent/showList/784/9/page_40.html'>其他</a></div>"


def test_pages_up_to_the_highest_linked() -> None:
    assert recognised(LIST, pager(1)) == "openness"
    targets = following(LIST, pager(1, 2, 5))
    assert paths(targets) == [LIST.replace("page_1", f"page_{n}") for n in (2, 3, 4, 5)]
    assert following(LIST.replace("page_1", "page_5"), pager(1, 2, 5)) == []


def test_years_of_a_select_box() -> None:
    body = (
        "<select><option value=''>年份</option><option value='2022'>2022</option><option value='2021'>2021</option>"
        f"</select><script>function go(y){{location='{YEARLY}'+y+'.html'}}</script>"
    )
    links = DIALECT.rows(page(f"{YEARLY}2023.html", body), url(LIST))
    assert [(link.url.removeprefix(url("")), link.label) for link in links] == [
        (f"{YEARLY}2022.html", "2022年"),
        (f"{YEARLY}2021.html", "2021年"),
    ]


def test_a_select_box_of_something_else() -> None:
    body = "<select><option value='2022'>2022</option></select><a href='/OpennessContent/show/1.html'>x</a>"
    assert DIALECT.rows(page(LIST, body), url(LIST)) == []


@pytest.mark.parametrize("shape", ["flat", "year", "body"])
def test_every_report(shape: str) -> None:
    check(spec_for("openness", shape))
