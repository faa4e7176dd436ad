"""Scrapy commands that this project adds or replaces; Scrapy finds them by their file name."""

# First of all: while this is loaded, Scrapy looks through all modules that are, half a second of many.
import scrapy.core.downloader.handlers.http11  # noqa: F401
