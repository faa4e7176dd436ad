"""The database of the contract: one SQLite file, one atomic write for a report, views for its readers."""

from govcrawl.store import light  # noqa: F401  # before anything that imports sqlite-utils
from govcrawl.store.database import Store
from govcrawl.store.queries import Selection
from govcrawl.store.writing import Saved

__all__ = ["Saved", "Selection", "Store"]
