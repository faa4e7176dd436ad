"""A portal on which everything goes wrong once: nothing is lost, and the verdict tells the truth."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.crawl.manners import Ended, ask, crawl, small
from tests.crawl.network import Answer, Asked, Network, site
from tests.faults.contents import contents, faults
from tests.portals.world import Portal

URL = "http://www.broken.gov.cn/"
SETTINGS = ("RETRY_TIMES=1", "DOWNLOAD_TIMEOUT=4")


def wire(body: bytes, *headers: str, length: int | None = None) -> bytes:
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *headers]
    lines += [f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def chunked(body: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"%x\r\n%s\r\n" % (len(body), body)


LASTING: dict[str, tuple[Callable[[bytes], Answer], str]] = {
    "truncated": (lambda page: Answer(wire=wire(page[:2000], length=len(page))), "broke off"),
    "torn off": (lambda page: Answer(wire=wire(page[:2000], length=len(page)), reset=True), ""),
    "chunks without an end": (lambda page: Answer(wire=chunked(page[:2000])), "broke off"),
    "dripping": (lambda page: Answer(wire=wire(page), drip=1.0), "DOWNLOAD_TIMEOUT"),
    "redirect to itself": (lambda page: Answer(status=302, headers={"Location": "?"}), "redirect"),
    "gzip garbage": (lambda page: Answer(wire=wire(b"\x00garbage" * 99, "Content-Encoding: gzip")), ""),
    "half a gzip": (
        lambda page: Answer(wire=wire(gzip.compress(page)[:-20], "Content-Encoding: gzip")), "broke off"
    ),
    "unasked 304": (lambda page: Answer(status=304), "304"),
    "nothing in it": (lambda page: Answer(), "empty"),
    "500": (lambda page: Answer(status=500), "500"),
    "no HTTP": (lambda page: Answer(wire=b"\x00\x01\x02 what?\r\n\r\n"), ""),
}  # fmt: skip
CUT = "longer than said"  # nothing but the page itself tells it from a whole one: asked for twice
PASSING: dict[str, Answer] = {
    "503 then 200": Answer(status=503),
    "closed then 200": Answer(status=0),
    "torn off then 200": Answer(wire=b"HTTP/1.1 200 OK\r\nContent-Le", reset=True),
    CUT: Answer(),
}


class Broken:
    """A portal whose reports each have a fault of their own, until it is ``mended``."""

    def __init__(self) -> None:
        self.portal: Portal = small("broken", 77, departments=10, years=(2022, 2023))
        self.mended = False
        paths = [urlsplit(expected.urls[0]).path for expected in self.portal.truth]
        assert len(paths) >= len(LASTING) + len(PASSING)
        names = [*LASTING, *PASSING]
        self.of = dict(zip(paths, names, strict=False))

    def special(self, asked: Asked) -> Answer | None:
        name = self.of.get(asked.path)
        if name is None or self.mended:
            return None
        page = self.portal.answer("GET", asked.path, "", "").body
        if name in PASSING and asked.number > 1:
            return None
        if name == CUT:
            return Answer(wire=wire(page, length=3000))
        return PASSING[name] if name in PASSING else LASTING[name][0](page)


@pytest.fixture(scope="module")
def broken() -> Broken:
    return Broken()


@pytest.fixture(scope="module")
def network(broken: Broken) -> Iterator[Network]:
    sites = {"www.broken.gov.cn": site(broken.portal, broken.special)}
    with Network(sites) as network:
        yield network


@pytest.fixture(scope="module")
def first(broken: Broken, network: Network, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    output = tmp_path_factory.mktemp("broken")
    return output, crawl(output, "-a", f"url={URL}", settings=SETTINGS, network=network)


def test_the_verdict_tells_the_truth(first: tuple[Path, Ended], broken: Broken) -> None:
    output, ended = first
    assert ended.status == 3, ended.errors
    assert "Traceback" not in ended.errors
    states = {urlsplit(str(url)).path: (state, error) for url, state, error in
              ask(output, "SELECT url, state, last_error FROM entries")}  # fmt: skip
    for path, name in broken.of.items():
        state, error = states[path]
        if name in PASSING:
            assert (name, state) == (name, "stored")
            continue
        assert (name, state) == (name, "failed"), error
        assert LASTING[name][1] in str(error), (name, error)
    whole = len(broken.portal.truth) - len(LASTING)
    assert ask(output, "SELECT count(*) FROM reports") == [(whole,)]
    (verdict,) = ask(output, "SELECT verdict FROM runs")
    assert "incomplete" in str(verdict)


def test_nothing_is_lost(first: tuple[Path, Ended], broken: Broken, network: Network, tmp_path: Path) -> None:
    output, _ = first
    broken.mended = True
    ended = crawl(output, "-a", f"url={URL}", settings=SETTINGS, network=network)
    assert ended.status == 0, ended.errors
    assert faults(output) == []
    assert crawl(tmp_path, "-a", f"url={URL}", settings=SETTINGS, network=network).status == 0
    assert contents(output) == contents(tmp_path)
