"""Pages of 60 to 200 kB as a crawl meets them: of a few portals, each page once, never with the same numbers.

A round has real pages, where they lie beside the project, and some thirty of our own: of each imitated system
one portal, and of it reports of several bodies and years. What repeats from page to page is what repeats on a
portal: its frame, its menu, the words of the form and the markup of its tables. What a page has of its own are
the body, the year, the prose and every number that is not zero; another round draws the numbers, and of our own
pages the place's name, anew, as another year or the portal of another county would.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

from tests.quality.corpus import real_pages, samples

LEAST_KB, MOST_KB = 60, 200
_REAL = 8
_NUMBER = re.compile(rb">([1-9][0-9]{0,4})<")
_PLACE = "临水"
_SIGNS = "安宁和平清河东海兴隆永丰长乐万年新昌金华"
_CHARSETS = ("utf-8", "gb18030")


def round_of(number: int, is_report: Callable[[bytes], bool]) -> list[bytes]:
    """The pages of a round in the order of its own; ``is_report`` says which real pages can be read.

    Real pages whose numbers cannot be drawn anew, since they stand otherwise, are left out.
    """
    rng = Random(f"reading:{number}")
    pages = [_renumbered(page, rng) for page in _real(is_report)]
    pages += [grown(_renamed(_renumbered(page, rng), rng)) for page in _own()]
    rng.shuffle(pages)
    return pages


@cache
def _real(is_report: Callable[[bytes], bool]) -> list[bytes]:
    fitting = [page for page in real_pages() if LEAST_KB * 1000 <= len(page) <= MOST_KB * 1000]
    return [page for page in fitting if _NUMBER.search(page) and is_report(page)][:_REAL]


@cache
def _own() -> list[bytes]:
    return [sample.content for sample in samples() if sample.truth.template in ("2019", "2021")]


def grown(page: bytes) -> bytes:
    """A page with the script and navigation that real portals put around it, up to about 100 kB."""
    item = b'<li class="item"><a href="/col/col%d/index.html" style="color:#333"><span>%d</span></a></li>'
    menu = b"<ul>" + b"".join(item % (n, n) for n in range(300)) + b"</ul>"
    script = b"<script>" + b"var setting = {name: 'value', number: 1};\n" * 700 + b"</script>"
    return page.replace(b"</body>", menu + script + b"</body>", 1)


def _renumbered(page: bytes, rng: Random) -> bytes:
    def drawn(found: re.Match[bytes]) -> bytes:
        return b">%d<" % rng.randrange(1, 10 ** len(found[1]))

    return _NUMBER.sub(drawn, page)


def _renamed(page: bytes, rng: Random) -> bytes:
    name = "".join(rng.sample(_SIGNS, 2))
    for charset in _CHARSETS:
        page = page.replace(_PLACE.encode(charset), name.encode(charset))
    return page
