"""A network on loopback: a proxy that answers for http hosts itself and tunnels https to servers of its own."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.portals.style import Page
from tests.portals.world import Portal


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says; status 0 closes the connection without a word, ``wait`` are seconds before it.

    ``wire`` is sent as it stands, status line and headers and all, in pieces ``drip`` seconds apart; then the
    connection is closed, or with ``reset`` torn off. ``pieces`` are sent so until the client has left.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    wire: bytes | None = None
    drip: float = 0.0
    reset: bool = False
    pieces: Iterable[bytes] | None = None

    @classmethod
    def of(cls, page: Page) -> Answer:
        return cls(page.body, page.status, {"Content-Type": page.media_type})


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a server saw it; ``number`` counts those for this address, ``together`` those under way."""

    host: str
    scheme: str
    path: str
    began: float
    number: int
    together: int
    headers: Mapping[str, str]
    query: str = ""
    form: str = ""
    method: str = "GET"


Site = Callable[[Asked], Answer]


def site(portal: Portal, special: Callable[[Asked], Answer | None] = lambda asked: None) -> Site:
    """A portal as a site, with answers of its own where ``special`` gives one."""

    def answer(asked: Asked) -> Answer:
        found = special(asked)
        if found is not None:
            return found
        return Answer.of(portal.answer(asked.method, asked.path, asked.query, asked.form))

    return answer


class Network:
    """The proxy and its TLS servers; ``sites`` by host, ``tls`` the server context of the hosts that have https.

    ``direct`` is the port of a server without proxy that tells hosts apart by their Host header.
    ``most_at_once`` counts requests under way over all hosts, ``most_open`` connections, idle ones included.
    """

    def __init__(self, sites: Mapping[str, Site], tls: Mapping[str, ssl.SSLContext] | None = None) -> None:
        self.sites, self.log = dict(sites), list[Asked]()
        self.most_at_once = self.most_open = 0
        self._connected: set[Any] = set()
        self._open: Counter[str] = Counter()
        self._asked: Counter[tuple[str, str, str]] = Counter()
        self._lock = threading.Lock()
        self._servers: list[ThreadingHTTPServer] = []
        self.ports = {host: self._serve("https", context) for host, context in (tls or {}).items()}
        self.direct = self._serve("http", None)

    @property
    def proxy_url(self) -> str:
        return f"http://127.0.0.1:{self.direct}"

    def of(self, host: str) -> list[Asked]:
        """What a host was asked, in order."""
        return [asked for asked in list(self.log) if asked.host == host]

    def _serve(self, scheme: str, context: ssl.SSLContext | None) -> int:
        network = self

        class Handler(_Handler):
            pass

        Handler.network, Handler.scheme = network, scheme
        server = _Server(("127.0.0.1", 0), Handler)
        server.context, server.network = context, self
        self._servers.append(server)
        return int(server.server_address[1])

    def ask(self, handler: BaseHTTPRequestHandler, scheme: str, form: str) -> Answer:
        parts = urlsplit(handler.path)
        host = (parts.netloc or handler.headers.get("Host", "")).lower().split(":")[0]
        path = unquote(parts.path) or "/"
        with self._lock:
            self._asked[host, scheme, path] += 1
            self._open[host] += 1
            self.most_at_once = max(self.most_at_once, self._open.total())
            asked = Asked(
                host, scheme, path, time.monotonic(), self._asked[host, scheme, path], self._open[host],
                dict(handler.headers.items()), parts.query, form, handler.command,
            )  # fmt: skip
            self.log.append(asked)
        answer = self.sites.get(host, lambda asked: Answer(status=502))(asked)
        time.sleep(answer.wait)
        with self._lock:  # before the answer goes out: a quick client must not seem to ask twice at once
            self._open[asked.host] -= 1
            if handler.headers.get("Connection", "").lower() == "close":
                self._connected.discard(handler.client_address)
        return answer

    def connected(self, client: Any, change: int) -> None:
        with self._lock:
            (self._connected.add if change > 0 else self._connected.discard)(client)
            self.most_open = max(self.most_open, len(self._connected))

    def __enter__(self) -> Network:
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    context: ssl.SSLContext | None = None
    network: Network

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        self.network.connected(client_address, 1)
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.network.connected(client_address, -1)

    def finish_request(self, request: Any, client_address: Any) -> None:
        if self.context is None:
            super().finish_request(request, client_address)
            return
        try:
            secure = self.context.wrap_socket(request, server_side=True)
        except OSError:  # the client did not like what it saw
            return
        with secure:
            super().finish_request(secure, client_address)  # type: ignore[arg-type]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that leave are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    network: Network
    scheme: str

    def do_GET(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        form = self.rfile.read(size).decode("utf-8", "replace")
        answer = self.network.ask(self, self.scheme, form)
        try:
            if not answer.status:
                self.close_connection = True
                return
            if answer.pieces is not None:
                self.close_connection = True
                for piece in answer.pieces:
                    self.wfile.write(piece)
                return
            if answer.wire is not None:
                self._write(answer.wire, answer)
                return
            self.send_response(answer.status)
            for name, value in {"Content-Type": "text/html", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _write(self, wire: bytes, answer: Answer) -> None:
        self.close_connection = True
        size = max(1, len(wire) // 20) if answer.drip else max(1, len(wire))
        for start in range(0, len(wire), size):
            self.wfile.write(wire[start : start + size])
            time.sleep(answer.drip)
        if answer.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    do_POST = do_GET  # noqa: N815

    def do_CONNECT(self) -> None:
        host = self.path.split(":")[0].lower()
        port = self.network.ports.get(host)
        self.close_connection = True
        if port is None:
            self.send_error(502)
            return
        self.send_response(200)
        self.end_headers()
        with socket.create_connection(("127.0.0.1", port)) as far:
            back = threading.Thread(target=_pump, args=(far, self.connection), daemon=True)
            back.start()
            _pump(self.connection, far)
            back.join(5)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """The network's log has it."""


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
