"""Every firewall answers as it was seen to, over HTTP."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest

from tests.portals.refusing import REFUSING, SHELLS, Refusing
from tests.portals.server import PortalServer

_ALL = REFUSING | SHELLS


def ask(server: PortalServer, host: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of a page of that host, redirects not followed."""
    proxy = urlsplit(server.proxy_url)
    connection = http.client.HTTPConnection(proxy.hostname or "", proxy.port, timeout=10)
    connection.request("GET", f"http://{host}/zwgk/")
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read().decode()
    connection.close()
    return found


def test_every_system_over_http() -> None:
    hosts = {f"www.{name.replace('_', '-')}.gov.cn": entry for name, entry in _ALL.items()}
    with PortalServer([], refusals=hosts) as server:
        for host, entry in hosts.items():
            status, headers, body = ask(server, host)
            assert status == entry.status
            assert body == entry.body.replace("{path}", "/zwgk/")
            for name, value in entry.headers.items():
                assert headers[name] == value.replace("{path}", "/zwgk/")


@pytest.mark.parametrize("entry", REFUSING.values(), ids=lambda entry: entry.system)
def test_every_system_has_a_mark(entry: Refusing) -> None:
    assert entry.status != 200 or entry.body
    assert entry.status >= 300 or len(entry.body) < 2000
    assert entry.headers or len(entry.body) > 60
