"""Scans: images and pages without text, read by character recognition with the extra ``ocr``."""

from govcrawl.documents.scanned.engine import is_available, next_step, require, switch_off
from govcrawl.documents.scanned.image import read_image, recognition_finding
from govcrawl.documents.scanned.ofd_pages import recognised_images
from govcrawl.documents.scanned.page import Recognised, recognised
from govcrawl.documents.scanned.pdf_pages import recognised_pages, scanned_pages

__all__ = [
    "Recognised",
    "is_available",
    "next_step",
    "read_image",
    "recognised",
    "recognised_images",
    "recognised_pages",
    "recognition_finding",
    "require",
    "scanned_pages",
    "switch_off",
]
