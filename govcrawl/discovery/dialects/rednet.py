"""The Hunan sites of 红网: columns are chains of numbers, articles content_<id>.html inside them."""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect


class Rednet(Dialect):
    """Pages by the links that lead on; only the addresses are its own."""

    name = "rednet"
    rank = 65
    marks = re.compile(r"/\d+/\d+/(?:\d+/)*content_\d+\.html")
    article = re.compile(r"/(?:\w+/)*(?:\d+/)+content_(?P<id>\d+)\.html$")
    listing = re.compile(r"/(?:\d+/)+(?:(?:index|list)(?:_\d+)?\.html?)?(?:\?.*)?$")


DIALECT = Rednet()
