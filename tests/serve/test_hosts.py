"""Which names the page answers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govcrawl.serve.hosts import Hosts

if TYPE_CHECKING:
    from tests.serve.browsing import Browser

OWN = ("localhost", "LOCALHOST:8001", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8001", "127.0.0.1:")
FOREIGN = ("", "evil.example", "evil.example:8001", "127.0.0.1.evil.example", "localhost.evil.example:80",
           "127.0.0.1@evil.example", "[::1].evil.example", "localhost:80:80", "localhost:evil")  # fmt: skip


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::", "10.1.2.3"])
def test_loopback_is_answered_and_foreign_names_are_not(host: str) -> None:
    hosts = Hosts.at(host)
    assert all(hosts.answers(own) for own in OWN)
    assert not any(hosts.answers(foreign) for foreign in FOREIGN)


def test_what_is_listened_at_and_what_is_named() -> None:
    assert Hosts.at("10.1.2.3").answers("10.1.2.3:8001")
    assert not Hosts.at("10.1.2.3").answers("10.1.2.4:8001")
    assert Hosts.at("FE80::1").answers("[fe80::1]:8001")
    assert Hosts.at("0.0.0.0").answers("10.1.2.4:8001")
    assert not Hosts.at("0.0.0.0").answers("desk.lan")
    assert Hosts.at("0.0.0.0", ("Desk.lan",)).answers("desk.lan:8001")
    assert Hosts.at("desk.lan").answers("desk.lan")


@pytest.mark.parametrize("path", ["/", "/govcrawl.json?sql=select+1", "/assets/site.css", "/none"])
def test_a_foreign_name_gets_one_sentence_everywhere(browser: Browser, path: str) -> None:
    told = browser.get(path, host="evil.example:8001")
    assert told.status_code == 421
    assert "--name" in told.text
    assert told.text.count("\n") == 1
