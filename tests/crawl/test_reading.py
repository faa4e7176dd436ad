"""A fetched report page between its bytes and the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from types import SimpleNamespace
from typing import cast

import pytest
from scrapy.http import Response

from govcrawl.crawl import reading
from govcrawl.crawl.session import PortalCrawl, Session
from govcrawl.reading import Answer, Task
from govcrawl.reading.task import read_here
from tests.crawl.test_summary import crawl
from tests.store.make import entry, source


class _Here:
    """Readers and the stop of a session that reads in this process."""

    async def reading(self, task: Task) -> Answer:
        return read_here(task)

    async def unless_hurried(self, answer: Awaitable[Answer]) -> Answer:
        return await answer


def _read(crawled: PortalCrawl, body: bytes) -> reading.Reading:
    session = cast(Session, SimpleNamespace(stop=_Here(), readers=_Here()))
    link = entry()
    return asyncio.run(reading.read(session, crawled, link, Response(link.url, body=body)))


def test_a_reason_does_not_name_the_address_that_it_stands_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "source_of", lambda *_: source())
    read = _read(crawl(), b"")
    assert (read.reason, read.failed) == ("empty file; fetch or export it again", True)
