"""Articles that a page's script fetches by the key in the page's own address."""

from __future__ import annotations

import pytest

from govcrawl.attachments.details import details
from govcrawl.discovery.page import Page

HOST = "http://www.shiwu.gov.cn"
OWN = "function getQuery(n){var m=location.search.match(new RegExp('[?&]'+n+'=([^&]*)'));return m?m[1]:'';}"


def asked(script: str, url: str = f"{HOST}/nb/detail.html?id=2562") -> list[str]:
    page = Page.parse(url, f"<html><body><div id=c></div><script>{script}</script></body></html>".encode())
    return [one.url for one in details(page)]


@pytest.mark.parametrize(
    "script",
    [
        f"{OWN} $.get('/api/detail', {{id: getQuery('id')}}, function(r){{$('#c').html(r.data.content);}});",
        "const id = new URLSearchParams(location.search).get('id'); fetch('/api/detail?id=' + id).then(show);",
        "new Vue({created(){ axios.get('/api/detail', {params: {id: this.$route.query.id}}).then(this.show) }});",
        "var id = getUrlParam('id'); $.ajax({url: '/api/detail?id=' + id, success: show});",
    ],
)
def test_the_request_for_the_article(script: str) -> None:
    assert asked(script) == [f"{HOST}/api/detail?id=2562"]


@pytest.mark.parametrize(
    "script",
    [
        f"{OWN} $.get('/api/hits', {{id: getQuery('id')}});",  # a counter
        "$.get('/api/weather', {city: '石梧'}, show);",
        f"{OWN} $.get('http://other.gov.cn/api/detail', {{id: getQuery('id')}}, show);",
        f"{OWN} $.post('/api/detail', {{id: getQuery('id')}}, show);",
    ],
)
def test_what_is_none(script: str) -> None:
    assert asked(script) == []


def test_a_page_without_a_key_asks_for_nothing() -> None:
    assert (
        asked("var id = getUrlParam('type'); $.get('/api/detail?type=' + id, show);", f"{HOST}/a?type=nb")
        == []
    )
