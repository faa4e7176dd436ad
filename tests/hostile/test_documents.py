"""Every hostile document is refused, or read up to a limit which is said, within time and memory of its child."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from govcrawl.documents.libreoffice import SWITCH
from govcrawl.reading import Limits, Readers, Task
from tests.hostile.documents import HOSTILE, Hostile
from tests.test_ingest import page

SECONDS, MEMORY = 20.0, 768 * 2**20
LONG = frozenset(
    (
        "PDF bomb",
        "PDF of lines",
        "many cells",
        "many tags",
        "many parts",
        "wide RTF",
        "archive bomb",
    )
)


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SWITCH, "off")
        with Readers(Limits(SECONDS, MEMORY), processes=1) as made:
            yield made


def test_the_table_is_long_enough() -> None:
    assert len({one.name for one in HOSTILE}) == len(HOSTILE) >= 40


@pytest.mark.parametrize(
    "hostile",
    [pytest.param(one, id=one.name, marks=[pytest.mark.soak] * (one.name in LONG)) for one in HOSTILE],
)
def test_refused_with_its_reason_within_its_limits(hostile: Hostile, readers: Readers) -> None:
    content = hostile.make()
    began = time.monotonic()
    answer = readers.read(Task(content, name=hostile.name))
    assert time.monotonic() - began < SECONDS + 5
    assert not answer.fault, answer.fault
    assert answer.report is None
    assert answer.reason
    assert "please report it" not in answer.reason
    assert hostile.told in answer.reason
    assert socket.gethostname() not in answer.reason


def test_the_readers_go_on(readers: Readers) -> None:
    assert readers.read(Task(page())).report is not None
