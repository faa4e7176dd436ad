"""Files that an OFD file's lists of resources name: its fonts and its images."""

from __future__ import annotations

import posixpath

from lxml import etree

from govcrawl.documents.zipped import Zipped


def resource_files(parts: Zipped, kind: str, file: str) -> dict[str, str]:
    """Names of the files of a kind of resource (``Font``, ``MultiMedia``) by the resource's number.

    ``file`` is the element of a resource that names its file; a resource without one is not there.
    """
    found: dict[str, str] = {}
    for name in list(parts.names()):
        root = parts.xml(name) if name.endswith("res.xml") else None
        if root is None:
            continue
        base = posixpath.join(posixpath.dirname(name), root.get("BaseLoc", "").replace("\\", "/"))
        for node in root.iter(etree.Element):
            if node.tag.rpartition("}")[2] == kind:
                named = next((part.text for part in node if str(part.tag).endswith(file)), None)
                if named:
                    found[node.get("ID", "")] = posixpath.join(base, named.strip().replace("\\", "/"))
    return found
