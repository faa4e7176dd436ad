"""Misspelt settings: Scrapy takes any name, and a delay that is not set would be noticed by servers only."""

from __future__ import annotations

import difflib

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, default_settings

import govcrawl.settings as own_settings
from govcrawl.errors import UsageError

_LIKENESS = 0.88
"""Of a misspelling to the name that was meant; names of somebody's own extensions are further from all."""


def check_names(settings: BaseSettings) -> None:
    """Raise UsageError for a setting of the command line whose name is nearly that of a known one."""
    known = {name for module in (default_settings, own_settings) for name in vars(module) if name.isupper()}
    for name in settings:
        if name in known or (settings.getpriority(name) or 0) < SETTINGS_PRIORITIES["cmdline"]:
            continue
        near = difflib.get_close_matches(name.upper(), sorted(known), n=1, cutoff=_LIKENESS)
        if near:
            raise UsageError(f"-s {name}: there is no such setting; did you mean {near[0]}?")
