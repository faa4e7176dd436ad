"""Shards: output folders that are parts of one, put together and taken apart.

``merge`` makes one database and archive of several; ``extract`` gives some portals of a database a folder of
their own, from which a crawl goes on where it stood.
"""

from govcrawl.shards.extract import extract
from govcrawl.shards.lineage import families
from govcrawl.shards.merge import Merged, merge

__all__ = ["Merged", "extract", "families", "merge"]
