"""What a child sends is taken for a value of ours, or for nothing."""

from __future__ import annotations

import collections
import pickle
import socket
import struct
import time
from collections.abc import Iterator

import pytest

from govcrawl.model import Status
from govcrawl.reading import Answer
from govcrawl.reading.frames import LONGEST, Broken, receive, send


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    with here, there:
        yield here, there


class _Calls:
    def __init__(self, function: object, *arguments: object) -> None:
        self.what = function, arguments

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self.what


def test_a_value_arrives_whole(ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    send(there, Answer(reason="x" * 1000))
    assert receive(here) == Answer(reason="x" * 1000)


@pytest.mark.parametrize(
    "value",
    [
        _Calls(eval, "1"),
        _Calls(print, "x"),
        _Calls(struct.pack, "<I", 1),
        collections.OrderedDict(),
        _Calls(getattr, Status, "name"),
    ],
)
def test_nothing_else_is_made_of_what_comes(value: object, ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    body = pickle.dumps(value, protocol=5)
    there.sendall(struct.pack("<Q", len(body)) + body)
    with pytest.raises(Broken, match="none of our nouns"):
        receive(here)


@pytest.mark.parametrize(
    "global_", [b"cgovcrawl.model.reports\nfield\n.", b"cgovcrawl.errors\nUsageError\n."]
)
def test_functions_and_classes_beside_our_nouns_are_none(
    global_: bytes, ends: tuple[socket.socket, socket.socket]
) -> None:
    here, there = ends
    there.sendall(struct.pack("<Q", len(global_)) + global_)
    with pytest.raises(Broken, match="none of our nouns"):
        receive(here)


def test_garbage_and_lengths_beyond_all_measure(ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    there.sendall(struct.pack("<Q", 4) + b"\xff\xfe\x00." + struct.pack("<Q", LONGEST + 1))
    with pytest.raises(Broken, match="no value of ours"):
        receive(here)
    with pytest.raises(Broken, match="a frame of"):
        receive(here)


def test_silence_ends_at_its_time(ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    there.sendall(b"\x01")
    with pytest.raises(Broken):
        receive(here, time.monotonic() + 0.05)
    there.close()
    with pytest.raises(Broken, match="closed"):
        receive(here)
