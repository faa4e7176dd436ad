"""Log lines that name reports, not their whole contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter

if TYPE_CHECKING:
    from scrapy import Spider


class QuietItems(LogFormatter):
    """Scrapy's lines with a reading shown by its address."""

    def scraped(self, item: Any, response: Any, spider: Spider) -> Any:
        """One line for each reading."""
        return {**super().scraped(item.entry.url, response, spider)}
