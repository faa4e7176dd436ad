"""Addresses: one spelling for each page, and the keys under which twins of a page meet."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from govcrawl.hosts import bare_host, host_of

_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*|/\([SAF]\([0-9a-z_-]{8,}\)\)(?=/)", re.IGNORECASE)
_SESSION_KEYS = frozenset({"jsessionid", "sessionid", "phpsessid", "sid_", "token", "_", "timestamp", "t_"})
_CLOCK_KEYS = frozenset(
    {"t", "ts", "time", "r", "rnd", "rand", "random", "v", "_t", "_r", "nocache", "stamp"}
)
_CLOCK = re.compile(r"1\d{9}|\d{13,20}|0\.\d{6,}")  # seconds of these decades, finer clocks, or random shares
_STATIC = re.compile(r"\d{4}[^/]*\.s?html?$", re.IGNORECASE)  # an article's file: its path says which it is
_RANDOM_KEYS = _CLOCK_KEYS | {"sid"}  # a site's or a section's number elsewhere
_RANDOM = re.compile(r"[0-9a-f]{8,64}|0\.\d+", re.IGNORECASE)
_TWIN = re.compile(r"_wap(?=\.[a-z]+$)|(?<=/)m(?=post_)", re.IGNORECASE)
_MOBILE = re.compile(r"^(?:m|wap|mobile|3g)\.(?=[\w-]+\.(?:[\w-]+\.)*gov\.cn)")
_DEFAULT_PAGE = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php)$", re.IGNORECASE)
_BEFORE_QUERY = re.compile(r"^[^?#]*")
_ANY_CASE = re.compile(r"\.(?:aspx?|ashx)$", re.IGNORECASE)  # served by IIS, which takes any case of a name
_NAMES = re.compile(r"(?:^|&)[^=&]+(?==)")
_TURNS = 2  # times that an address may name one folder
_LONGEST = 2_000  # characters; servers refuse longer ones, and Scrapy drops them without a word
_AS_IT_IS = "surrogateescape"  # escapes of GBK bytes stay what they are
_SAFE = "/%:=&?~+!$,;'@()*[]|"


def absolute(base: str, href: str) -> str | None:
    """The address that ``href`` on page ``base`` names, or None when it names no web page."""
    href = _BEFORE_QUERY.sub(_slashed, re.sub(r"[\t\r\n]", "", href).strip())
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "about:", "file:")):
        return None
    try:
        return normalised(urljoin(base, href))
    except ValueError:
        return None


def normalised(url: str) -> str | None:
    """One spelling of a web address: no fragment, session or default port; None for what is no such address.

    Raises ValueError for an address that cannot be taken apart.
    """
    parts = urlsplit(url)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower().rstrip(".")
    if scheme not in {"http", "https"} or not host:
        return None
    port = parts.port
    netloc = host if port in {None, 80 if scheme == "http" else 443} else f"{host}:{port}"
    path = _SESSION_PATH.sub("", parts.path) or "/"
    while path.startswith("/../"):
        path = path[3:]
    query = parts.query
    pairs = parse_qsl(query, keep_blank_values=True, errors=_AS_IT_IS) if "=" in query else []
    static = _STATIC.search(path) is not None
    if kept := [(name, value) for name, value in pairs if not _fleeting(name, value, static=static)]:
        query = urlencode(kept, errors=_AS_IT_IS) if len(kept) < len(pairs) else query
    elif pairs:
        query = ""
    found = urlunsplit((scheme, netloc, quote(path, safe=_SAFE), quote(query, safe=_SAFE), ""))
    return found if len(found) <= _LONGEST else None


def _slashed(found: re.Match[str]) -> str:
    """The part of an address before its query as browsers read it: a backslash is a slash."""
    return found[0].replace("\\", "/")


def _fleeting(name: str, value: str, *, static: bool) -> bool:
    """Whether a parameter is a session's or a clock's, and no part of what is asked for.

    Behind the name of an article's file, which is ``static``, so is what only looks like a random number.
    """
    key = name.lower()
    if key in _SESSION_KEYS or (key in _CLOCK_KEYS and _CLOCK.fullmatch(value) is not None):
        return True
    return static and key in _RANDOM_KEYS and _RANDOM.fullmatch(value) is not None


@lru_cache(maxsize=1 << 14)
def page_key(url: str) -> str:
    """Key under which twins of one page meet: scheme, www, index page and mobile twin make no difference."""
    parts = urlsplit(url)
    host = _MOBILE.sub("", bare_host(parts.netloc.lower()))
    path = _DEFAULT_PAGE.sub("/", _TWIN.sub("", parts.path))
    if path != "/" and path.endswith("/"):
        path = path.rstrip("/")
    query = parts.query
    if _ANY_CASE.search(path):
        path, query = path.lower(), _NAMES.sub(lambda found: found[0].lower(), query)
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def winds(url: str) -> bool:
    """Whether an address names one folder again and again, as relative links that miss a slash make it.

    So does one that names a parameter twice: filters that pile up, each link adding one more.
    """
    parts = urlsplit(url)
    names = [piece.partition("=")[0] for piece in parts.query.split("&") if "=" in piece]
    folders = [name for name in parts.path.split("/")[:-1] if name and not name.isdigit()]
    again = len(folders) > _TURNS and max(Counter(folders).values()) > _TURNS
    return again or len(set(names)) < len(names)


def directory(url: str) -> str:
    """Address of the folder that a page stands in, ending in a slash."""
    parts = urlsplit(url)
    return f"{bare_host(parts.netloc.lower())}{parts.path.rsplit('/', 1)[0]}/"


def shape(url: str) -> str:
    """Pattern of an address: digits and long hex runs made alike, so that siblings share one shape."""
    parts = urlsplit(url)
    path = re.sub(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|[0-9a-f]{24,32}", "H", parts.path)
    query = re.sub(r"\d+", "N", parts.query)
    return f"{bare_host(parts.netloc.lower())}{re.sub(r'[0-9]+', 'N', path)}?{query}"


def same_host(one: str, other: str) -> bool:
    """Whether two addresses lie on one host, with or without ``www.``."""
    return bare_host(host_of(one)) == bare_host(host_of(other))


def other_scheme(url: str) -> str:
    """The same address over http instead of https, or the other way round."""
    scheme, _, rest = url.partition("://")
    return f"{'http' if scheme == 'https' else 'https'}://{rest}"
