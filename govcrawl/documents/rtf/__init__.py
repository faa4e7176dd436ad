"""Rich text (.rtf), which offices also save under .doc. Source: RTF specification 1.9.1."""

from govcrawl.documents.rtf.document import read_rtf

__all__ = ["read_rtf"]
