"""Long pictures are cut into pages where they are white, and nothing printed is lost."""

from __future__ import annotations

from typing import Any

import pytest

from govcrawl.documents.scanned.long import pages_of

np = pytest.importorskip("numpy")


def drawn(height: int, *inked: tuple[int, int]) -> Any:
    image = np.full((height, 1_000), 250, np.uint8)
    for first, last in inked:
        image[first:last, 100:900] = 20
    return image


@pytest.mark.parametrize(
    ("image", "sizes"),
    [
        (drawn(1_600, (100, 1_500)), [1_400]),
        (drawn(1_900, (100, 1_800)), [1_700]),
        (drawn(2_800, (100, 1_300), (1_500, 2_700)), [1_200, 1_200]),
        (drawn(4_200, (100, 200), (1_500, 2_700), (2_900, 4_100)), [100, 1_200, 1_200]),
        (drawn(6_000, (100, 1_300), (1_500, 1_700)), [1_200, 200]),
        (drawn(4_000, (100, 3_900)), [3_800]),
        (drawn(4_000, (100, 2_600), (2_700, 3_900)), [2_500, 1_200]),
    ],
)
def test_pages_of_a_picture(image: Any, sizes: list[int]) -> None:
    pages = pages_of(image)
    assert [int((page < 100).any(axis=1).sum()) for page in pages] == sizes
    assert all(page.shape[1] == image.shape[1] for page in pages)


def test_a_white_picture_is_left_as_it_is() -> None:
    assert len(pages_of(drawn(4_000))) == 1
