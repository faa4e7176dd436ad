"""The list of portals and the divisions they belong to, shipped as data; one's own rows beside them."""

from govcrawl.registry.divisions import Division, Successor, Township
from govcrawl.registry.registry import Registry, load

__all__ = ["Division", "Registry", "Successor", "Township", "load"]
