"""Asking a site in this process."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx

from govcrawl import registry
from govcrawl.serve.site import open_site


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
