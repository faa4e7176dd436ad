"""Pagers that fill in a form and send it, and pages that are told by their address alone."""

import pytest

from govcrawl.discovery.dialects.generic import DIALECT
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target
from govcrawl.discovery.submissions import submitted_by

LIST = "http://www.a.gov.cn/xxgk/list.do?columnId=77"
BY_NAME = 'function go(n){document.getElementById("no").value=n;document.forms["f"].submit();}'
BY_COUNT = "function go(n){var f=document.forms[0];f.pageNo.value=n;f.submit();}"
BY_SELECTOR = 'function go(n){ $("#no").val(n); $("#f").submit(); }'
BY_SELECTED_NAME = "function go(n){ $(\"input[name='pageNo']\").val(n); $('#f').submit(); }"
FIELDS = (
    '<input type="hidden" name="columnId" value="77"><input type="hidden" id="no" name="pageNo" value="1">'
)


def listing(function: str, method: str, *, fields: str = FIELDS, pager: str = "") -> Page:
    form = f'<form id="f" name="f" action="/xxgk/list.do" method="{method}">{fields}</form>'
    pager = pager or '<a href="javascript:go(2)">下一页</a>'
    return Page.parse(LIST, f"<html><script>{function}</script><body>{form}{pager}</body></html>".encode())


@pytest.mark.parametrize("function", [BY_NAME, BY_COUNT, BY_SELECTOR, BY_SELECTED_NAME])
def test_the_next_page_is_what_the_form_sends(function: str) -> None:
    (target,) = DIALECT.following(listing(function, "get"), LIST)
    assert target == Target(f"{LIST}&pageNo=2", referer=LIST)
    (target,) = DIALECT.following(listing(function, "post"), LIST)
    assert (target.url, target.method) == ("http://www.a.gov.cn/xxgk/list.do", "POST")
    assert target.body == "columnId=77&pageNo=2"


def test_a_postback_with_its_state() -> None:
    function = "function __doPostBack(t,a){var f=document.forms[0];f.__EVENTTARGET.value=t;f.__EVENTARGUMENT.value=a;f.submit();}"
    fields = "".join(f"<input type=hidden name={name} value={value}>" for name, value in (
        ("__VIEWSTATE", "abc="), ("__EVENTTARGET", '""'), ("__EVENTARGUMENT", '""'))
    )  # fmt: skip
    pager = "<a href=\"javascript:__doPostBack('Pager','2')\">下一页</a>"
    (target,) = DIALECT.following(listing(function, "post", fields=fields, pager=pager), LIST)
    assert target.body == "__VIEWSTATE=abc%3D&__EVENTTARGET=Pager&__EVENTARGUMENT=2"
    numbers = '<a href="list.do?columnId=77&p=2">2</a><a href="list.do?columnId=77&p=3">3</a>'
    both = listing(function, "post", fields=fields, pager=pager + numbers)
    assert [target.method for target in DIALECT.following(both, LIST)] == ["GET", "GET"]


def test_a_form_with_a_password_is_never_sent() -> None:
    page = listing(BY_NAME, "post", fields=FIELDS + '<input type="password" name="pw">')
    assert DIALECT.following(page, LIST) == []
    assert submitted_by("javascript:go(2)", BY_NAME, page.root, LIST) is None
    assert submitted_by("javascript:other(2)", BY_NAME, page.root, LIST) is None


@pytest.mark.parametrize(
    ("own", "next_one"),
    [
        ("/category/nb", "/category/nb/page/2"),
        ("/category/nb/page/2", "/category/nb/page/3"),
        ("/list?cat=3", "/list?cat=3&page=2"),
        ("/list?page=2&cat=3", "/list?page=3&cat=3"),
    ],
)
def test_the_next_page_by_its_address(own: str, next_one: str) -> None:
    host = "http://www.a.gov.cn"
    links = f"<a href='{next_one}'>→→ mehr</a><a href='/category/news/page/{2}'>x</a>"
    page = Page.parse(f"{host}{own}", f"<html><body>{links}</body></html>".encode())
    assert [target.url for target in DIALECT.following(page, page.url)] == [f"{host}{next_one}"]
