"""The crawl: Scrapy's side of the house. Nothing outside this package and ``spiders`` imports Scrapy."""
