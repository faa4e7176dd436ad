"""A site behind a real port of loopback, and a real browser in front of it."""

from __future__ import annotations

import contextlib
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govcrawl import registry


@contextlib.contextmanager
def served(output: Path, portals: Path | None = None) -> Iterator[str]:
    """The address of a site over an output folder."""
    import uvicorn

    from govcrawl.serve.site import open_site

    listener = socket.create_server(("127.0.0.1", 0))
    site = open_site(output, registry.load(portals))
    server = uvicorn.Server(uvicorn.Config(site.app(), log_level="error"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        for database in site.databases.values():
            database.close()


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """A headless Chromium; skips where there is none: `make browser` installs it."""
    sync = pytest.importorskip("playwright.sync_api", reason="no browser here: make browser")
    with sync.sync_playwright() as playwright:
        installed = Path(playwright.chromium.executable_path).exists()
        path = None if installed else shutil.which("chromium")
        if not installed and path is None:
            pytest.skip("no Chromium here: make browser")
        browser = playwright.chromium.launch(executable_path=path)
        try:
            yield browser
        finally:
            browser.close()
