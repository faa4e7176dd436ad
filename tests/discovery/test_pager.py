"""What a pager says in words, and lists that end before it."""

import pytest

from govcrawl.discovery import Discovery
from govcrawl.discovery.page import Page
from govcrawl.discovery.pager import pages_told, rows_told
from govcrawl.discovery.paging import Brought, next_page, note_page, open_chain, shortfall
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.steps import Chain, Kind, Step, Target
from govcrawl.discovery.widgets import widget_pages
from govcrawl.model import Entry, Portal

HOST = "http://www.a.gov.cn"
SCOPE = Scope.of(Portal("a", "a", f"{HOST}/"))
STEP = Step(Target(f"{HOST}/nb/list.jsp"), Kind.COLUMN, 80.0, "test", True, ("年报",))


@pytest.mark.parametrize(
    ("words", "pages", "rows"),
    [
        ("首页上一页下一页尾页 第1页 共6页 共78条", 6, 78),
        ("共 96 条记录 1/7 页", 7, 96),
        ("页次:1/4 总记录数:40", 4, 40),
        ("上一页 下一页", 0, 0),
        ("2021年政府信息公开工作年度报告", 1, 0),
    ],
)
def test_words_of_a_pager(words: str, pages: int, rows: int) -> None:
    assert (pages_told(words), rows_told(words)) == (pages, rows)


def page(rows: int, words: str, *, first: int = 0, name: str = "list.jsp") -> tuple[Page, Brought]:
    numbers = range(first, first + rows)
    items = "".join(f"<li><a href='/nb/{n}.html'>报告{n}</a>2024-01-18</li>" for n in numbers)
    entries = [Entry(f"{HOST}/nb/{n}.html", "a", f"报告{n}") for n in numbers]
    made = Page.parse(f"{HOST}/nb/{name}", f"<html><body><ul>{items}</ul>{words}</body></html>".encode())
    return made, Brought(entries, entries)


def opened(rows: int, words: str) -> Chain | None:
    made, brought = page(rows, words)
    return open_chain(STEP, made, made.links, SCOPE, brought)


def test_pages_that_no_link_leads_to_are_said() -> None:
    chain = opened(15, "第1页 共6页")
    assert chain is not None
    assert shortfall(chain) == f"{HOST}/nb/list.jsp says that it has 6 pages, and no link led beyond page 1"
    chain = opened(15, "共78条")
    assert chain is not None
    assert "more rows than it shows" in (shortfall(chain) or "")


@pytest.mark.parametrize("words", ["共1页", "共15条 上一页 下一页", ""])
def test_a_list_that_is_whole_says_nothing(words: str) -> None:
    assert opened(15, words) is None


def test_one_page_too_many_after_one_that_is_not_full_is_a_wrong_count() -> None:
    chain = opened(15, "共3页 <a href='list2.jsp'>下一页</a>")
    assert chain is not None
    chain.next = 1
    second, brought = page(7, "共3页", first=15, name="list2.jsp")
    note_page(chain, second, second.links, brought)
    assert shortfall(chain) is None


def test_a_list_that_stops_at_a_full_page_is_short() -> None:
    chain = opened(15, "共5页 <a href='list2.jsp'>下一页</a>")
    assert chain is not None
    chain.next = 1
    second, brought = page(15, "共5页", first=15, name="list2.jsp")
    note_page(chain, second, second.links, brought)
    assert "says that it has 5 pages, and no link led beyond page 2" in (shortfall(chain) or "")


def test_stubs_behind_a_page_that_is_not_full_are_a_wrong_count() -> None:
    chain = opened(15, "共3页 <a href='list2.jsp'>2</a><a href='list3.jsp'>3</a>")
    assert chain is not None
    for name, rows, first in (("list2.jsp", 7, 15), ("list3.jsp", 0, 0)):
        chain.next += 1
        made, brought = page(rows, "", first=first, name=name)
        note_page(chain, made, made.links, brought)
    assert chain.stubs
    assert shortfall(chain) is None


def test_the_way_that_failed_is_tried_second_on_the_next_page() -> None:
    ways = [Target(f"{HOST}/get?page={n}", fallback=Target(f"{HOST}/post?page={n}")) for n in (2, 3, 4)]
    chain = Chain(STEP.listing, "generic", ways)
    discovery = Discovery(Portal("a", "a", f"{HOST}/"))
    second = next_page(STEP, chain, SCOPE)
    assert second is not None
    discovery.failed(second)
    third = next_page(STEP, chain, SCOPE)
    assert third is not None
    assert third.target == Target(f"{HOST}/post?page=3", fallback=Target(f"{HOST}/get?page=3"))
    discovery.failed(third)
    fourth = next_page(STEP, chain, SCOPE)
    assert fourth is not None
    assert fourth.target.url == f"{HOST}/get?page=4"


JUMPS = "jump: function(obj, first){ if(!first){ location.href = '/nb?curr=' + obj.curr; } }"


@pytest.mark.parametrize(
    ("script", "addresses"),
    [
        (f"laypage.render({{elem: 'd', count: 40, limit: 15, {JUMPS}}});", ["/nb?curr=2", "/nb?curr=3"]),
        (f"laypage({{cont: 'd', pages: 2, {JUMPS}}});", ["/nb?curr=2"]),
        (
            "$('#p').pagination({items: 25, itemsOnPage: 12, hrefTextPrefix: '/nb/p', hrefTextSuffix: '.html'});",
            ["/nb/p2.html", "/nb/p3.html"],
        ),
        (
            "$('#p').paging({totalPage: 2, callback: function(n){ location.assign('/nb_' + n + '.htm'); }});",
            ["/nb_2.htm"],
        ),
        ("$('#p').pagination({items: 25, itemsOnPage: 12, hrefTextPrefix: '#page-'});", []),
        (f"laypage.render({{elem: 'd', count: 12, limit: 15, {JUMPS}}});", []),
        ("laypage.render({elem: 'd', count: 40, limit: 15, jump: load});", []),
        ("laypage.render({elem: 'd', count: 40, limit: 15", []),
    ],
)
def test_pages_of_a_widget(script: str, addresses: list[str]) -> None:
    assert widget_pages(script) == addresses
