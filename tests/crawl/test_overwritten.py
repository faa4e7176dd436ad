"""A page that shows the next year's report: both years are there, and reading again changes nothing."""

from __future__ import annotations

from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from govcrawl.cli import main
from tests.crawl.manners import ask, crawl, small
from tests.crawl.network import Network, site
from tests.portals.reports import make_report
from tests.portals.style import Page


@pytest.mark.soak
def test_an_address_that_is_used_anew(tmp_path: Path) -> None:
    portal = small("mainian", 99, departments=1, years=(2022,))
    url = portal.truth[0].urls[0]
    path = urlsplit(url).path
    column, article = next(place for at, place in portal.places.items() if urlsplit(at).path == path)
    assert article.report is not None
    arguments = ("-a", f"url={portal.spec.home}")
    with Network({portal.host: site(portal)}) as network:
        assert crawl(tmp_path, *arguments, network=network).status == 0
        article.report = make_report(article.report.body, 2024, Random("anew"), portal.style.markup, 0.0)
        article.title = article.report.title
        text = portal.style.article(column, article, article.report.html)
        portal.overrides[path] = Page(text.encode(portal.style.charset), "text/html")
        ended = crawl(tmp_path, *arguments, settings=["RECHECK_DAYS=0"], network=network)
    assert ended.status == 0, ended.errors
    assert "Stored 1 new report; 2 unchanged. 1 report is on the web no more, and kept." in ended.errors
    rows = "SELECT url, year, gone_since IS NULL, text FROM reports ORDER BY url"
    stored = ask(tmp_path, rows)
    assert [row[:3] for row in stored if str(row[0]).startswith(url)] == [
        (url, 2024, 1),
        (f"{url}#2022", 2022, 0),
    ]
    for command in ("reextract", "verify"):
        told = CliRunner().invoke(main, [command, "--output", str(tmp_path)])
        assert told.exit_code == 0, told.output
    assert ask(tmp_path, rows) == stored
