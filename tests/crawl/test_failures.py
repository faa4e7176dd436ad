"""What a failed request means for its entry, and when a host is asked over the other scheme."""

from types import SimpleNamespace
from typing import cast

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadConnectionRefusedError
from scrapy.http import HtmlResponse, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from govcrawl.crawl.failures import trouble
from govcrawl.crawl.schemes import SchemeMiddleware
from govcrawl.crawl.scope import OutOfScope
from govcrawl.crawl.session import Session
from govcrawl.model import EntryState

URL = "http://www.qipi.gov.cn/nb/1.html"


@pytest.mark.parametrize(("sent", "state"), [(True, EntryState.REJECTED), (False, EntryState.FAILED)])
def test_a_page_that_sends_out_of_the_portal_is_settled(sent: bool, state: EntryState) -> None:
    reason = "http://www.elsewhere.org/ lies outside the portal's hosts"
    told = trouble(Failure(OutOfScope(reason, sent=sent)))
    assert (told.state, told.reason, told.refused) == (state, reason, False)


def test_one_page_without_an_answer_does_not_change_the_scheme() -> None:
    hosts = SimpleNamespace(exception=lambda *_: None, rest_of=lambda _: None)
    schemes = SchemeMiddleware(cast("Session", SimpleNamespace(hosts=hosts)))
    lost, request = DownloadConnectionRefusedError("lost"), Request(URL)
    switched = schemes.process_exception(request, lost)
    assert switched is not None
    assert switched.url == URL.replace("http:", "https:")
    schemes.process_response(Request("http://www.qipi.gov.cn/"), Response("http://www.qipi.gov.cn/"))
    assert schemes.process_exception(request, lost) is None


def test_a_refusal_in_a_charset_that_is_none() -> None:
    page = "<html><body>您的访问被拦截 知道创宇云安全</body></html>".encode()
    named = {"Content-Type": "text/html; charset=zlib_codec"}
    for status, state in ((503, EntryState.FAILED), (403, EntryState.BLOCKED)):
        answer = HtmlResponse(URL, status=status, headers=named, body=page)
        assert trouble(Failure(HttpError(answer))).state is state
