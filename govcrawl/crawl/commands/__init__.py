"""Scrapy commands that this project adds or replaces; Scrapy finds them by their file name."""

import gc

# First of all: while this is loaded, Scrapy looks through all modules that are, half a second of many.
import scrapy.core.downloader.handlers.http11  # noqa: F401

YOUNG = 20_000
"""Objects that come before the collector looks for circles: a page is thousands, few of them in a circle."""

gc.set_threshold(YOUNG)  # here already: of what is loaded from now on nothing goes
