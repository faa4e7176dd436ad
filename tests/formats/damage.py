"""Files with bytes changed at random: they are read or refused, whatever the libraries below make of them."""

from __future__ import annotations

from random import Random

from govcrawl.documents import read_document
from govcrawl.errors import UnreadableDocument


def damaged(whole: bytes, ending: str, times: int) -> int:
    """How many of so many damaged copies are refused; any other error goes through."""
    refused = 0
    for number in range(times):
        rng = Random(f"{ending} {number}")
        content = bytearray(whole)
        for _ in range(rng.choice((1, 5, 50, 400))):
            content[rng.randrange(len(content))] = rng.randrange(256)
        try:
            read_document(bytes(content), name=f"report.{ending}")
        except UnreadableDocument:
            refused += 1
    return refused
