"""The county sites of 延安: article ids of nineteen digits in a folder named after the year."""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect


class Snowflake(Dialect):
    """Pages by the links that lead on; only the addresses are its own."""

    name = "snowflake"
    rank = 67
    marks = re.compile(r"/\d{4}n?/\d{18,20}\.html")
    article = re.compile(r"/\d{4}n?/(?P<id>\d{18,20})\.html$")
    listing = re.compile(r"/zfxxgk/zfxxgknb/(?:\w+/)*\d{4}n?/(?:(?:index(?:_\d+)?|\d{1,3})\.html)?$")


DIALECT = Snowflake()
