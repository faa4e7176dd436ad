"""Discovery: from any page of a portal to all its annual reports, with hardly a wasted request."""

from govcrawl.discovery.discovery import Discovery
from govcrawl.discovery.finds import Found
from govcrawl.discovery.page import Page
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.steps import Kind, Step, Target

__all__ = ["Discovery", "Found", "Kind", "Page", "Scope", "Step", "Target"]
