"""One site for all tests of this folder that need no other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.serve.world import fill

if TYPE_CHECKING:
    from tests.serve.browsing import Browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    pytest.importorskip("datasette", reason="the extra serve is not installed")
    from tests.serve.browsing import Browser

    output = tmp_path_factory.mktemp("output")
    fill(output)
    made = Browser(output)
    yield made
    made.close()
