"""Pages of systems that nobody has seen, by what their own markup says."""

import pytest

from govcrawl.discovery.dialects.generic import DIALECT
from govcrawl.discovery.page import Page

URL = "http://www.qipi.gov.cn/gov/annual/"


def following(body: str, url: str = URL) -> list[str]:
    page = Page.parse(url, f"<html><body>{body}</body></html>".encode())
    return [target.url for target in DIALECT.following(page, url)]


def test_a_link_marked_as_the_next_page() -> None:
    arrow = "<a rel='next' href='?page=2'><img src='/a.png' alt=''></a>"
    assert following(arrow) == [f"{URL}?page=2"]


@pytest.mark.parametrize("href", ["/gov/annual/", "/archives/52558", "/gov/"])
def test_a_mark_on_another_page_is_no_page_of_the_list(href: str) -> None:
    assert following(f"<a rel='next' href='{href}'></a>") == []
