"""What holds for all tests."""

from __future__ import annotations

import os

from govcrawl.documents.libreoffice import SWITCH
from govcrawl.documents.scanned.engine import SWITCH as OCR

# Seconds a page, and most tests want to see what is said without it.
os.environ[OCR] = "off"
# Hundreds of files are damaged on purpose here; each would start an office program where there is one.
os.environ[SWITCH] = "off"
