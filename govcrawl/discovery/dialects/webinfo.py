"""The Henan sites with /webinfo/YYYY/MM/<16 digits>.htm; columns lie below /portal/."""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect


class Webinfo(Dialect):
    """Pages by the links that lead on; only the addresses are its own."""

    name = "webinfo"
    rank = 66
    marks = re.compile(r"/webinfo/\d{4}/\d{2}/")
    article = re.compile(r"/webinfo/(?P<y>\d{4})/(?P<m>\d{2})/(?P<id>\d{16})\.htm$")
    listing = re.compile(r"/portal/(?:[\w-]+/)+(?:index(?:_\d+)?\.htm)?(?:\?.*)?$")


DIALECT = Webinfo()
