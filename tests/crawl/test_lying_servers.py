"""Pages that a server calls unchanged: a corrected file behind one, a report that its list words anew."""

from __future__ import annotations

import hashlib
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest

from tests.crawl.manners import ask, crawl, small
from tests.crawl.network import Answer, Asked, Network, site
from tests.formats.parts import parts_of
from tests.portals.model import Article
from tests.portals.reports import make_report
from tests.portals.style import Page
from tests.portals.traps.attached import Attached

pytestmark = pytest.mark.soak


def test_a_page_without_an_end_is_had_by_the_second_run(tmp_path: Path) -> None:
    portal = small("wumo", 99, departments=1, years=(2023,))
    path = urlsplit(portal.truth[0].urls[0]).path
    whole = portal.answer("GET", path)
    assert b"</body>" in whole.body
    portal.overrides[path] = Page(
        whole.body.partition(b"</body>")[0] + "尾".encode(portal.style.charset), whole.media_type
    )
    given = {"settings": ["RETRY_TIMES=0"]}
    with Network({portal.host: site(portal)}) as network:
        first = crawl(tmp_path, "-a", f"url={portal.spec.home}", **given, network=network)  # type: ignore[arg-type]
        assert first.status == 3, first.errors
        assert "the answer broke off" in first.errors
        second = crawl(tmp_path, "-a", f"url={portal.spec.home}", **given, network=network)  # type: ignore[arg-type]
    assert second.status == 0, second.errors
    assert ask(tmp_path, "SELECT count(*) FROM findings WHERE kind = 'page_breaks_off'") == [(1,)]


def another(entry: Article) -> str:
    """A corrected report of the same body and year under the same title, as HTML; the article has it from now on."""
    old = entry.report
    assert old is not None
    while True:
        made = make_report(old.body, old.year, Random("corrected"), "clean", 0.0)
        if made.template == old.template:
            break
    entry.report = made
    return made.html


def test_what_changes_behind_a_304(tmp_path: Path) -> None:
    portal = small("lingsi", 98, style="cms_html", traps=("attached=2",))
    trap = next(one for one in portal._traps if isinstance(one, Attached))
    lies: set[str] = set()

    def answer(asked: Asked) -> Answer:
        page = portal.answer(asked.method, asked.path, asked.query, asked.form)
        tag = f'"{hashlib.sha256(page.body).hexdigest()[:12]}"'
        given = asked.headers.get("If-None-Match")
        if page.status == 200 and given is not None and (given == tag or asked.path in lies):
            return Answer(status=304, headers={"ETag": tag})
        return Answer(page.body, page.status, {"Content-Type": page.media_type, "ETag": tag, **page.headers})

    arguments = ("-a", f"url={portal.spec.home}")
    with Network({portal.host: answer}) as network:
        assert crawl(tmp_path, *arguments, network=network).status == 0
        path, (_, article, file) = next(iter(trap.files(portal).items()))
        another(article)
        assert article.report is not None
        trap.made[file.address] = file.make(list(parts_of(article.report)))
        told = ask(tmp_path, "SELECT url, listing, title FROM entries WHERE url NOT LIKE ?", f"%{path}")
        url, listing, title = next(
            map(str, row) for row in told if urlsplit(str(row[0])).path not in trap.files(portal)
        )
        page, place = portal.answer("GET", urlsplit(url).path), urlsplit(listing).path
        lies.add(urlsplit(url).path)
        charset = portal.style.charset
        changed = page.body.decode(charset).replace("政府信息公开工作", "政府信息公开的工作", 9)
        portal.overrides[urlsplit(url).path] = Page(changed.encode(charset), page.media_type)
        before = portal.answer("GET", place)
        worded = before.body.decode(charset).replace(title, f"{title}（更正）")
        assert worded.encode(charset) != before.body
        portal.overrides[place] = Page(worded.encode(charset), before.media_type)
        network.log.clear()
        ended = crawl(tmp_path, *arguments, settings=["RECHECK_DAYS=0"], network=network)
        assert ended.status == 0, ended.errors
        assert "2 changed reports" in ended.errors
        changes = ask(tmp_path, "SELECT r.url FROM versions v JOIN reports r ON r.id = v.report_id")
        assert {urlsplit(str(one)).path for (one,) in changes} == {path, urlsplit(url).path}
        asked = [one for one in network.log if one.path == urlsplit(file.address).path]
        assert len(asked) == 1
        whole = [one.path for one in network.log if "If-None-Match" not in one.headers]
        assert set(whole) <= {"/robots.txt", urlsplit(url).path}, whole
