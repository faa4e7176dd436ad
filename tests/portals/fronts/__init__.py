"""Front doors: home pages as real offices build them, in front of a style's columns.

A front is a function without arguments that gives a ``Fronted`` world: hosts that answer, the home page's
address, and what a crawl that starts there must find and may ask. They are found by their place.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

from tests.portals.fronts.front import Fronted, front_functions


def fronts() -> dict[str, Callable[[], Fronted]]:
    """Every front by name: the files of this folder are imported once."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return front_functions
