"""The Shandong platform of 济南 and 淄博: /gongkai/site_X/channel_Y/doc_Z.html."""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect


class Gongkai(Dialect):
    """Pages by the links that lead on; only the addresses are its own."""

    name = "gongkai"
    rank = 64
    marks = re.compile(r"/gongkai/(?:site|channel)_\w+")
    article = re.compile(r"/gongkai/site_\w+/channel_\w+/doc_(?P<id>[0-9a-f]{24})\.html$")
    listing = re.compile(r"/(?:gongkai/site_\w+/)?channel_\w+/(?:index(?:_\d+)?\.html)?(?:\?.*)?$")


DIALECT = Gongkai()
