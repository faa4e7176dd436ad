"""A portal where every second report is an attack: the others are all stored."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

from tests.crawl.manners import ask, crawl, small
from tests.crawl.network import Answer, Asked, Network, site
from tests.hostile.documents import HOSTILE

NAMES = (
    "deep divisions",
    "Word bomb",
    "PDF in a circle",
    "far corner",
    "deep RTF",
    "a name that leads out",
    "noise",
)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def attacks() -> list[Answer]:
    """Hostile documents, and answers that are hostile themselves."""
    documents = [Answer(one.make(), headers=HTML) for one in HOSTILE if one.name in NAMES]
    places = (
        "http://169.254.169.254/latest/",
        "http://127.0.0.1:22/",
        "file:///etc/hostname",
        "http://u:p@www.hurt.gov.cn/",
    )
    redirects = [Answer(status=302, headers={"Location": place}) for place in places]
    bomb = Answer(gzip.compress(b"<p>" + b" " * 80_000_000), headers={**HTML, "Content-Encoding": "gzip"})
    return [*documents, *redirects, bomb]


def test_the_crawl_goes_on(tmp_path: Path) -> None:
    portal = small("hurt", 91, departments=8, towns=6)
    urls = [urlsplit(report.urls[0]).path for report in portal.truth]
    hurt = dict(zip(urls[::2], attacks(), strict=False))
    assert len(hurt) == len(attacks())

    def special(asked: Asked) -> Answer | None:
        return hurt.get(asked.path)

    with Network({portal.host: site(portal, special)}) as network:
        ended = crawl(
            tmp_path, "-a", f"url={portal.spec.home}", settings=["RETRY_TIMES=0"], network=network
        )  # fmt: skip
        asked = {one.host for one in network.log}
    assert ended.status == 3, ended.errors
    assert "Traceback" not in ended.errors
    stored = {urlsplit(str(url)).path for (url,) in ask(tmp_path, "SELECT url FROM reports")}
    assert stored == set(urls) - set(hurt)
    assert asked == {portal.host}
    left = ask(tmp_path, "SELECT url, last_error FROM entries WHERE state <> 'stored'")
    assert {urlsplit(str(url)).path for url, _ in left} == set(hurt)
    assert all(error for _, error in left)
