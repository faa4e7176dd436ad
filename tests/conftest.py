"""What holds for all tests."""

from __future__ import annotations

import os

from govcrawl.documents.libreoffice import SWITCH

# Hundreds of files are damaged on purpose here; each would start an office program where there is one.
os.environ[SWITCH] = "off"
