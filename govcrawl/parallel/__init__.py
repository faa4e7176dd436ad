"""One crawl made by several processes of this machine, each with portals of its own.

The door is ``crawl(asked, parts, right, moved)``. The processes are ordinary ``scrapy crawl`` commands that
write into one database; nothing here knows how a portal is crawled.
"""

from govcrawl.parallel.division import divide
from govcrawl.parallel.run import Asked, crawl

__all__ = ["Asked", "crawl", "divide"]
