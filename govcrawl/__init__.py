"""govcrawl turns a list of government portals into a checked dataset of annual disclosure reports."""

__version__ = "0.1.0"

EXTRACTOR = f"govcrawl {__version__}"
"""Name and version of the extraction, stored with every report it makes."""
