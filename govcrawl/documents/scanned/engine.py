"""The recognition engine (RapidOCR), loaded when the first scan is read; its models lie in its wheel."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

from govcrawl.errors import UnreadableDocument

MAX_PIXELS = 60_000_000
"""Of one image: an A4 page at 600 dpi has 35 million."""

SWITCH = "GOVCRAWL_OCR"
"""Environment variable: ``off`` leaves scans unread. Worker processes inherit it."""

_NEEDED = ("PIL", "cv2", "numpy", "onnxruntime", "rapidocr")
_NARROW = 64  # pixels: the least width of a line; most cells hold one sign, and work grows with the width
_HIGH = 48  # pixels to which a line is brought
_BATCH = 8
_WIDEST = 3_200  # pixels of a batch's lines together
_LOOK = 0.62  # lines are looked for on a smaller image, and read from the full one
_LEAST = 64

Box = tuple[int, int, int, int]


def is_available() -> bool:
    """Whether scans can be read: the extra is there, which is not loaded for it, and not switched off."""
    return is_allowed() and _is_installed()


def is_allowed() -> bool:
    """Whether nobody has switched recognition off."""
    return os.environ.get(SWITCH, "on").lower() not in ("off", "0", "no", "false")


def switch_off() -> None:
    """Leave scans unread in this process and those that it starts from now on."""
    os.environ[SWITCH] = "off"


def next_step() -> str:
    """What a person can do to have scans read."""
    return "pip install 'govcrawl[ocr]' to read it" if is_allowed() else "reading scans is switched off (OCR)"


def require(what: str) -> None:
    """Raise UnreadableDocument where scans cannot be read; ``what`` names the document."""
    if not is_available():
        raise UnreadableDocument(f"{what} is a scan; {next_step()}")


@cache
def _is_installed() -> bool:
    return all(find_spec(name) is not None for name in _NEEDED)


def text_boxes(image: Any) -> list[Box]:
    """Places of the lines of text on a grey image of about 150 dpi, in its pixels."""
    import cv2

    height, width = image.shape
    small = cv2.resize(image, None, fx=_LOOK, fy=_LOOK, interpolation=cv2.INTER_AREA)
    if min(small.shape) < _LEAST:
        small = cv2.copyMakeBorder(
            small, 0, max(0, _LEAST - small.shape[0]), 0, max(0, _LEAST - small.shape[1]),
            cv2.BORDER_CONSTANT, value=255,
        )  # fmt: skip
    coloured = cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)
    found = _engine()(coloured, use_det=True, use_cls=False, use_rec=False).boxes
    boxes: list[Box] = []
    for corners in () if found is None else found:
        left, top = (corners.min(axis=0) / _LOOK).tolist()
        right, bottom = (corners.max(axis=0) / _LOOK).tolist()
        box = (max(0, round(left)), max(0, round(top)), min(width, round(right)), min(height, round(bottom)))
        if box[0] < box[2] and box[1] < box[3]:
            boxes.append(box)
    return boxes


def read_lines(images: Sequence[Any]) -> list[tuple[str, float]]:
    """Text and certainty of grey images that hold one line each."""
    import cv2

    found: dict[int, tuple[str, float]] = {}
    for batch in batches([image.shape[:2] for image in images]):
        answer = _engine().recognize_txt([cv2.cvtColor(images[n], cv2.COLOR_GRAY2BGR) for n in batch])
        told = zip(batch, answer.txts, answer.scores, strict=True)
        found |= {n: (str(text), float(score)) for n, text, score in told}
    return [found[n] for n in range(len(images))]


def batches(sizes: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Numbers of images of these heights and widths that are read at once, narrow ones first.

    Memory grows with a batch's width and number, and each of it is made as wide as its widest.
    """
    wide = [max(_NARROW, width * _HIGH // height) for height, width in sizes]
    batch: list[int] = []
    for number in sorted(range(len(sizes)), key=wide.__getitem__):
        if batch and (len(batch) == _BATCH or (len(batch) + 1) * wide[number] > _WIDEST):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


@cache
def _engine() -> Any:
    os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MAX_PIXELS))
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    threads = "EngineConfig.onnxruntime"
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            f"{threads}.intra_op_num_threads": 1,  # documents are read in several processes already
            f"{threads}.inter_op_num_threads": 1,
            "Rec.rec_img_shape": [3, _HIGH, _NARROW],
            "Rec.rec_batch_num": _BATCH,
            "Det.limit_type": "max",
            "Det.limit_side_len": 2_000,
        }
    )
