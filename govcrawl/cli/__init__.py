"""The command line: one file a command; errors that a person can act on are one line on stderr."""

from govcrawl.cli.program import main

__all__ = ["main"]
