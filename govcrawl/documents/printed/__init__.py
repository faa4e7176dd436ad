"""Pages as printed (PDF, OFD, images): glyphs and ruled lines in place, made into paragraphs and tables."""

from govcrawl.documents.printed.drawing import THIN, Bounds, draw
from govcrawl.documents.printed.page import Glyph, Picture, PrintedPage, Rule
from govcrawl.documents.printed.reading import blocks_of_pages

__all__ = ["THIN", "Bounds", "Glyph", "Picture", "PrintedPage", "Rule", "blocks_of_pages", "draw"]
