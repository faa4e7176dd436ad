"""Addresses and host names of portals: checked, compared, and shortened to a key."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from govcrawl.hosts import bare_host, is_address

_HOST = re.compile(r"(?!-)[\w-]{1,63}(?<!-)(\.(?!-)[\w-]{1,63}(?<!-))+")
_SUFFIX = re.compile(r"(^|\.)((gov|com|org|net|edu)\.cn|[^.]+)$")
_GENERIC = re.compile(r"www\d*|public|portal|zwgk|xxgk|zfxxgk|wap|m")


def key_of(host: str) -> str:
    """The first label of a host that tells it from others: ``qinbei`` for www.qinbei.gov.cn.

    A host of digits (an IP address) is its own key.
    """
    if is_address(host):
        return host
    labels = _SUFFIX.sub("", host).split(".")
    telling = [label for label in labels if label and not _GENERIC.fullmatch(label)]
    return telling[0] if telling else bare_host(host)


def fault(url: str) -> str | None:
    """What is wrong with a url as the address of a portal, None when it can be crawled."""
    if not url:
        return "the url is empty"
    if re.search(r"[\s\\<>\"]", url):
        return f"malformed url {url!r}: it holds a space or a character that no url has"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        return f"malformed url {url!r}: {error}"
    if parts.scheme not in ("http", "https"):
        return f"malformed url {url!r}: it must start with http:// or https://"
    if parts.username is not None:
        return f"malformed url {url!r}: it must not hold a user name"
    return None if is_host(host) else f"malformed url {url!r}: it names no host"


def is_host(host: str) -> bool:
    """Whether the text is a full host name (two labels or more) or an IP address."""
    return _HOST.fullmatch(host.rstrip(".")) is not None or is_address(host)
