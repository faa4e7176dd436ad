"""Scrapy commands that this project adds or replaces; Scrapy finds them by their file name."""
