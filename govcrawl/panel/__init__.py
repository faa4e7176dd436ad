"""The panel: one row for each body and fiscal year, with ids that renames and later data leave alone."""

from govcrawl.panel.identity import Identity, identify
from govcrawl.panel.model import LABELS, PanelRow
from govcrawl.panel.renames import Renames
from govcrawl.panel.rows import panel_rows
from govcrawl.panel.successions import Succession, successions

__all__ = ["LABELS", "Identity", "PanelRow", "Renames", "Succession", "identify", "panel_rows", "successions"]
