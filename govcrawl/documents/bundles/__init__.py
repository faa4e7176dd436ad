"""Archives of several files (.zip, .rar): their members, each a document of its own."""

from govcrawl.documents.bundles.unpacking import (
    BUNDLES,
    MAX_BYTES,
    MAX_MEMBERS,
    Member,
    documents_among,
    members,
)

__all__ = ["BUNDLES", "MAX_BYTES", "MAX_MEMBERS", "Member", "documents_among", "members"]
