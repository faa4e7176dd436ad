"""Scans: images and pages without text, read by character recognition with the extra ``ocr``."""

from govcrawl.documents.scanned.engine import is_available, next_step, require, switch_off
from govcrawl.documents.scanned.image import read_image, recognition_findings
from govcrawl.documents.scanned.ofd_glyphs import PRIVATE_SHARE, font_files, is_private, recognised_glyphs
from govcrawl.documents.scanned.ofd_pages import recognised_images
from govcrawl.documents.scanned.page import Recognised, all_recognised, recognised
from govcrawl.documents.scanned.pdf_pages import recognised_pages, scanned_pages

__all__ = [
    "PRIVATE_SHARE",
    "Recognised",
    "all_recognised",
    "font_files",
    "is_available",
    "is_private",
    "next_step",
    "read_image",
    "recognised",
    "recognised_glyphs",
    "recognised_images",
    "recognised_pages",
    "recognition_findings",
    "require",
    "scanned_pages",
    "switch_off",
]
