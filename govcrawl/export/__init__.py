"""Datasets made of the database: one folder with tables, codebook, data card and manifest."""

from govcrawl.export.dataset import FORMATS, Exported, export

__all__ = ["FORMATS", "Exported", "export"]
