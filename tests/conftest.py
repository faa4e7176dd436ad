"""What holds for all tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from govcrawl.documents.libreoffice import SWITCH
from govcrawl.documents.scanned.engine import SWITCH as OCR

# Seconds a page, and most tests want to see what is said without it.
os.environ[OCR] = "off"
# Hundreds of files are damaged on purpose here; each would start an office program where there is one.
os.environ[SWITCH] = "off"


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of 20,000 generated reports, indexed for search, for all long tests of a run.

    ``GOVCRAWL_LARGE`` names one that was made before (``python -m tests.bulk``), which is copied.
    """
    from govcrawl.store import Store
    from govcrawl.store.indexing import catch_up
    from tests.bulk.database import make_database

    path = tmp_path_factory.mktemp("large") / "govcrawl.db"
    if known := os.environ.get("GOVCRAWL_LARGE"):
        shutil.copy(known, path)
    else:
        make_database(path, 20_000)
    with Store.open(path) as store:
        catch_up(store.db)
    return path
