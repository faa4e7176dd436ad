"""Every page, asked for in this process."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

pytest.importorskip("datasette", reason="the extra serve is not installed")

from govcrawl import registry
from govcrawl.serve.site import open_site
from tests.serve.world import EVIL, fill

PAGES = (
    "/", "/coverage", "/coverage/99", "/coverage/9901", "/place/shiwu", "/body/shiwu/民政局",
    "/reports", "/reports?q=石坞&year=2020&region=99&template=2019", "/reports?q=<script>", "/findings",
    "/findings?rule=A1&year=2021&region=9901", "/findings?rule=blank_cells", "/runs", "/runs/2",
    *(f"/report/{key}" for key in range(1, 7)), "/report/1/original", "/report/6/original",
    "/report/1/versions",
    "/govcrawl", "/govcrawl/reports", "/govcrawl/facts", "/govcrawl?sql=select+title+from+reports",
)  # fmt: skip


class Browser:
    """Asks one site, in this process."""

    def __init__(self, output: Path) -> None:
        self.site = open_site(output, registry.load())
        self._transport = httpx.ASGITransport(self.site.app())
        self._runner = asyncio.Runner()

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        return self._runner.run(self._asked(method, path, headers))

    async def _asked(self, method: str, path: str, headers: dict[str, str]) -> httpx.Response:
        async with httpx.AsyncClient(transport=self._transport, base_url="http://localhost") as client:
            return await client.request(method, path, headers=headers)

    def close(self) -> None:
        self._runner.close()
        for database in self.site.databases.values():
            database.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    output = tmp_path_factory.mktemp("output")
    fill(output)
    made = Browser(output)
    yield made
    made.close()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_and_leaves_scripts_as_text(browser: Browser, path: str, language: str) -> None:
    answer = browser.get(path, **{"accept-language": language})
    assert answer.status_code == 200, answer.text
    assert EVIL not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in re.sub(r"style-src [^;]*", "", policy)
    assert answer.headers["x-content-type-options"] == "nosniff"
    if not path.startswith("/govcrawl"):
        assert "<script" not in answer.text
        assert " style=" not in answer.text
        assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in answer.text


def test_scripts_of_datasette_run_by_their_number_alone(browser: Browser) -> None:
    answer = browser.get("/govcrawl/reports")
    (number,) = re.findall(r"'nonce-([^']+)'", answer.headers["content-security-policy"])
    assert "<script>" not in answer.text
    assert f'<script nonce="{number}">' in answer.text


def test_the_page_only_reads(browser: Browser) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert browser.get("/govcrawl", method).status_code == 405
    refused = browser.get("/govcrawl.json?sql=delete+from+reports")
    assert refused.status_code == 400
