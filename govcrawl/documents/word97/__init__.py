"""Word 97 to 2003 binaries (.doc) and WPS files (.wps), which are the same container."""

from govcrawl.documents.word97.document import read_doc

__all__ = ["read_doc"]
