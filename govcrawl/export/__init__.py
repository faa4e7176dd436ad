"""Datasets made of the database: one folder with tables, codebook and manifest."""

from govcrawl.export.dataset import FORMATS, Exported, export

__all__ = ["FORMATS", "Exported", "export"]
