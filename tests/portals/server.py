"""A forward proxy on loopback that answers for the portals itself and reaches nothing else."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from email.utils import format_datetime, parsedate_to_datetime
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.portals.log import RequestLog
from tests.portals.refusing import Refusing
from tests.portals.style import Page, Request
from tests.portals.world import Portal

CONTROL = "portals.test"


class Refusal(Enum):
    """How the proxy answers for a host it cannot reach: status, name of the error, words."""

    UNRESOLVED = (503, "ERR_DNS_FAIL", "Unable to determine IP address from host name")
    REFUSED = (503, "ERR_CONNECT_FAIL", "Connection refused")
    BAD_GATEWAY = (502, "ERR_READ_ERROR", "Bad gateway")
    TIMEOUT = (504, "ERR_CONNECT_FAIL", "Connection timed out")
    RESET = (0, "", "the connection is closed without an answer")


class PortalServer:
    """The imitation world as a context manager.

    ``refusals`` says how named hosts fail (``refusing.py`` has what firewalls answer), ``unknown`` how every other unknown host does; ``latency`` is the
    time in seconds that each answer of a portal takes, ``slowness`` multiplies the delays that slow pages have
    of themselves. ``log`` may be read at any time; ``portals`` may be changed between two crawls.
    """

    def __init__(
        self,
        portals: Iterable[Portal],
        *,
        port: int = 0,
        refusals: Mapping[str, Refusal | Refusing] | None = None,
        unknown: Refusal = Refusal.BAD_GATEWAY,
        latency: float = 0.0,
        slowness: float = 1.0,
    ) -> None:
        self.portals = {portal.host: portal for portal in portals}
        self.slowness = slowness
        self.refusals, self.unknown, self.latency = dict(refusals or {}), unknown, latency
        self.log = RequestLog()
        world = self

        class Handler(_Answer):
            server_world = world

        self._http = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @property
    def proxy_url(self) -> str:
        """What http_proxy must be set to."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def find(self, host: str) -> Portal | None:
        """The portal behind a host name, with or without ``www.``."""
        found = self.portals.get(host) or self.portals.get(f"www.{host}")
        return found or next((p for p in self.portals.values() if host in p.hosts), None)

    def index(self) -> str:
        """The portals as a small page of links."""
        rows = (
            f"<li><a href='{p.spec.home}'>{p.spec.place}</a>"
            f" {p.spec.style}, {p.spec.shape}: {len(p.truth)} reports, "
            f"{p.other_pages} other pages</li>"
            for p in self.portals.values()
        )
        return f"<meta charset='utf-8'><title>Imitation portals</title><ul>{''.join(rows)}</ul>"

    def __enter__(self) -> PortalServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "nginx", ""
    server_world: PortalServer
    answered: Callable[[int], None] = staticmethod(lambda status: None)
    """Tells the log the status of the answer under way; what the world's own pages answer is not logged."""

    def do_GET(self) -> None:
        self._serve("")

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        self._serve(self.rfile.read(size).decode("utf-8", "replace"))

    def do_HEAD(self) -> None:
        self._send(405, b"", {})

    def do_CONNECT(self) -> None:
        with self.server_world.log.entry(
            self.path, "", "CONNECT", self.headers.get("User-Agent", "")
        ) as self.answered:
            self._send(501, b"This proxy serves http only.", {"Connection": "close"})
            self.close_connection = True

    def _serve(self, form: str) -> None:
        parts = urlsplit(self.path)
        host = (parts.netloc or self.headers.get("Host", "")).lower().removesuffix(":80")
        if host == CONTROL or host.startswith("127.0.0.1"):
            self.answered = lambda status: None
            self._control(parts.path)
            return
        asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        log, agent = self.server_world.log, self.headers.get("User-Agent", "")
        with log.entry(host, asked, self.command, agent) as self.answered:
            portal = None if host in self.server_world.refusals else self.server_world.find(host)
            if portal is None:
                why = self.server_world.refusals.get(host, self.server_world.unknown)
                asking = Request(self.command, parts.path, parts.query, form, host)
                if isinstance(why, Refusal):
                    self._refuse(why)
                else:
                    self._turn_away(why, asking)
                return
            if self.server_world.latency:
                time.sleep(self.server_world.latency)
            page = portal.answer(self.command, unquote(parts.path) or "/", parts.query, form, host)
            if page.delay:
                time.sleep(page.delay * self.server_world.slowness)
            self._page(page, portal)

    def _turn_away(self, why: Refusing, asking: Request) -> None:
        page = why.page(asking)
        self._send(page.status, page.body, {"Content-Type": page.media_type, **page.headers})

    def _page(self, page: Page, portal: Portal) -> None:
        charset = "; charset=utf-8" if portal.style.charset == "utf-8" else ""
        headers = {"Content-Type": f"{page.media_type}{charset}", **page.headers}
        if page.modified and page.status == 200:
            tag = f'"{hashlib.sha256(page.body).hexdigest()[:16]}"'
            headers |= {"ETag": tag, "Last-Modified": format_datetime(page.modified, usegmt=True)}
            if self._unchanged(tag, page):
                self._send(304, None, headers)
                return
        body = page.body
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 500:
            body = gzip.compress(body, 1, mtime=0)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        self._send(page.status, body, headers)

    def _unchanged(self, tag: str, page: Page) -> bool:
        if given := self.headers.get("If-None-Match"):
            return tag in (part.strip().removeprefix("W/") for part in given.split(","))
        since = self.headers.get("If-Modified-Since")
        if since is None or page.modified is None:
            return False
        try:
            return parsedate_to_datetime(since) >= page.modified
        except ValueError:
            return False

    def _refuse(self, refusal: Refusal) -> None:
        status, name, words = refusal.value
        self.close_connection = True
        if not status:
            return
        body = f"<html><head><title>ERROR</title></head><body><p>{words}</p></body></html>".encode()
        self._send(status, body, {"Content-Type": "text/html", "X-Squid-Error": f"{name} 0"})

    def _control(self, path: str) -> None:
        if path == "/log":
            self._send(200, self.server_world.log.lines().encode(), {"Content-Type": "application/x-ndjson"})
        elif path == "/":
            self._send(200, self.server_world.index().encode(), {"Content-Type": "text/html; charset=utf-8"})
        else:
            self._send(404, b"", {})

    def _send(self, status: int, body: bytes | None, headers: Mapping[str, str]) -> None:
        self.answered(status)
        self.send_response_only(status)
        if "Server" not in headers:
            self.send_header("Server", self.version_string())
        self.send_header("Date", self.date_time_string())
        for name, value in headers.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body and self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Nothing on stderr: the request log has it."""
