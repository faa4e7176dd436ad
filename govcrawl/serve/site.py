"""The site: Datasette over one database, opened for reading only, with pages of our own in front."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from datasette.app import Datasette
from datasette.plugins import pm
from sqlite_utils import Database as Rows

from govcrawl.reading import Readers
from govcrawl.registry import Registry
from govcrawl.serve import hooks
from govcrawl.serve.database import ReadDatabase
from govcrawl.serve.hosts import Hosts
from govcrawl.serve.kept import Kept
from govcrawl.store import Store
from govcrawl.store.readonly import is_settled, open_readonly

NAME: Final = "govcrawl"
"""The name of the database in Datasette's addresses."""

_LOOPBACK: Final = Hosts()
_INSIDE = (
    "check_forms", "check_ids", "check_lists", "check_places", "fact_forms", "fact_ids", "fact_lists",
    "fact_places", "fact_prints", "fact_statuses", "fact_sums", "fact_sums_pending", "fact_units",
    "host_days", "host_exceptions", "readings", "section_places", "sqlite_sequence", "table_places",
    "validators",
)  # fmt: skip
"""Tables that views stand for, and books of the crawler: Datasette lists them on demand."""
_FIRST = ("ours.html", "home.html", "coverage.html", "place.html", "report.html")
_HERE = Path(__file__).parent
_SETTINGS = {
    "allow_download": False,  # of the whole file: a copy of a database that is being written is torn
    "sql_time_limit_ms": 3000,
    "truncate_cells_html": 300,  # a hundred whole reports are a megabyte
    "facet_time_limit_ms": 1000,
    "default_cache_ttl": 0,  # a crawl may be writing beside us
    "default_page_size": 50,  # as our own lists
    "max_returned_rows": 2000,
}


@dataclass(slots=True)
class Site:
    """What every page is made from: the output folder, the registry, and what was worked out already."""

    folder: Path
    registry: Registry
    hosts: Hosts = _LOOPBACK
    kept: Kept = field(default_factory=Kept)
    _reading: threading.Lock = field(default_factory=threading.Lock)

    @property
    def database(self) -> Path:
        """Where the database is."""
        return self.folder / "govcrawl.db"

    def store(self, connection: Any) -> Store:
        """The database behind one of Datasette's connections."""
        return Store(self.database, Rows(connection))

    @contextmanager
    def readers(self) -> Iterator[Readers]:
        """A child process that reads documents again, for one page at a time."""
        with self._reading, Readers(processes=1) as readers:
            yield readers

    def state(self) -> Hashable:
        """Something that is another thing after every write to the database."""
        found = []
        for path in (self.database, self.database.with_name("govcrawl.db-wal")):
            try:
                stat = path.stat()
            except FileNotFoundError:
                continue
            found.append((stat.st_mtime_ns, stat.st_size))
        return tuple(found)


def open_site(folder: Path, registry: Registry, hosts: Hosts = _LOOPBACK) -> Datasette:
    """Datasette with our pages over the database of an output folder, which has to be there.

    It answers under the names of ``hosts`` alone.

    Raises UsageError where there is none, or one that this version cannot read without changing it.
    """
    site = Site(folder, registry, hosts)
    open_readonly(site.database).close()  # a look at what it is, before anything listens
    if not pm.is_registered(hooks):
        pm.register(hooks)
    # Beside each error, a mistyped SELECT too, rich would print all that is in memory, which takes seconds.
    import_module("datasette.handle_exception").rich = None  # type: ignore[attr-defined]
    datasette = Datasette(
        [str(site.database)],
        template_dir=str(_HERE / "templates"),
        static_mounts=[("assets", str(_HERE / "assets"))],
        settings=_SETTINGS,
        metadata={
            "title": "govcrawl",
            "databases": {NAME: {"tables": {name: {"hidden": True} for name in _INSIDE}}},
        },
    )
    datasette.remove_database(NAME)
    mutable = not is_settled(site.database)
    datasette.add_database(ReadDatabase(datasette, site.database, is_mutable=mutable), NAME)
    hooks.SITES[datasette] = site
    return datasette


def warm(datasette: Datasette, seconds: float) -> None:
    """Work out what the first page needs, waiting for it some seconds at most."""

    def work() -> None:
        from govcrawl.serve.covered import covered
        from govcrawl.serve.trends import sums

        site = hooks.SITES[datasette]
        covered(site)
        asyncio.run(datasette.invoke_startup())
        for name in datasette.jinja_env.list_templates(filter_func=lambda name: name in _FIRST):
            datasette.jinja_env.get_template(name)
        ready.set()
        sums(site)

    ready = threading.Event()
    threading.Thread(target=work, daemon=True).start()
    ready.wait(seconds)
