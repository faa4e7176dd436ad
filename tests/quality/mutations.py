"""Pages broken as transport, editors and scrapers break them: in their bytes, in their markup."""

from __future__ import annotations

import re
from random import Random

_TAG = re.compile(rb"<[^<>]{1,200}>")
_PIECES = (
    b"<td>", b"</td>", b"</tr>", b"<tr>", b"<table>", b"</table>", b" rowspan=3", b" colspan=99999", b"<!--", b"-->",
    b"0", b"\t", b"|\n", b"\xff", b"\x00", b"&#x", b"&nbsp;", b"<div>" * 40, b"<script>", b"</p>", b"\r", "　".encode(),
)  # fmt: skip


def mutated(page: bytes, rng: Random) -> bytes:
    """The page after one to six accidents."""
    content = bytearray(page)
    for _ in range(rng.randint(1, 6)):
        if not content:
            return b""
        rng.choice(_ACCIDENTS)(content, rng)
    return bytes(content)


def _cut_out(content: bytearray, rng: Random) -> None:
    at = rng.randrange(len(content))
    del content[at : at + rng.randint(1, 600)]


def _truncate(content: bytearray, rng: Random) -> None:
    del content[rng.randrange(len(content)) :]


def _insert(content: bytearray, rng: Random) -> None:
    at = rng.randrange(len(content))
    content[at:at] = rng.choice(_PIECES)


def _double(content: bytearray, rng: Random) -> None:
    at = rng.randrange(len(content))
    piece = content[at : at + rng.randint(1, 3000)]
    content[at:at] = piece


def _move(content: bytearray, rng: Random) -> None:
    at, to = rng.randrange(len(content)), rng.randrange(len(content))
    size = rng.randint(1, 300)
    content[to : to + size] = content[at : at + size]


def _flip(content: bytearray, rng: Random) -> None:
    for _ in range(rng.randint(1, 20)):
        content[rng.randrange(len(content))] = rng.randrange(256)


def _drop_tags(content: bytearray, rng: Random) -> None:
    at = rng.randrange(len(content))
    content[at:] = _TAG.sub(lambda tag: b"" if rng.random() < 0.05 else tag.group(), bytes(content[at:]))


def _swap_tags(content: bytearray, rng: Random) -> None:
    tags = list(_TAG.finditer(content))
    if len(tags) > 2:
        one, two = sorted(rng.sample(range(len(tags)), 2))
        first, second = tags[one], tags[two]
        swapped = second.group() + bytes(content[first.end() : second.start()]) + first.group()
        content[first.start() : second.end()] = swapped


_ACCIDENTS = (_cut_out, _truncate, _insert, _double, _move, _flip, _drop_tags, _swap_tags)
