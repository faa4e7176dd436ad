"""Crawling and reading again by the workers of a Dask cluster.

Dask only gives out and watches: what a worker does is the same ``scrapy crawl`` into an output folder of its
own, or the same reading of archived documents; the database is written by the one that asked for it.
"""
