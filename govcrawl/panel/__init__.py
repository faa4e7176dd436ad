"""The panel: one row for each body and fiscal year, with ids that renames and later data leave alone."""

from govcrawl.panel.identity import Identity, identify
from govcrawl.panel.model import LABELS, PanelRow
from govcrawl.panel.renames import Renames
from govcrawl.panel.rows import panel_rows

__all__ = ["LABELS", "Identity", "PanelRow", "Renames", "identify", "panel_rows"]
