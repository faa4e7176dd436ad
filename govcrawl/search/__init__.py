"""Search: reports whose title or text holds some words, exactly, however few characters these have."""

from govcrawl.search.finding import Found, Hit, search

__all__ = ["Found", "Hit", "search"]
