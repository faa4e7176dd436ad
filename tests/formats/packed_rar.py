"""A member of a RAR archive as its programs pack it, so that a real program must unpack it."""

from __future__ import annotations

# Of the signs of the main table: 256 literals, the end, and 42 that go unused. The longer codes come first:
# otherwise a code is its byte, and bsdtar takes a workbook packed so for the zip that ends in it.
_LENGTHS = [9] * 86 + [8] * 213
_OTHERS = 404 - len(_LENGTHS)
_END = 256


def packed(content: bytes) -> bytes:
    """Content in the Huffman code of RAR 2.9 to 4, every byte a literal."""
    # No PPM, no table kept; of the code of code lengths 0 and 9 take two bits and 8 takes one.
    bits = ["00", *(f"{ {0: 2, 8: 1, 9: 2}.get(length, 0):04b}" for length in range(20))]
    bits += [{8: "0", 0: "10", 9: "11"}[length] for length in _LENGTHS + [0] * _OTHERS]
    bits += [_code(sign) for sign in content]
    line = "".join(bits) + _code(_END) + "00" + "0" * 64
    line += "0" * (-len(line) % 8)
    return int(line, 2).to_bytes(len(line) // 8, "big")


def _code(sign: int) -> str:
    """The canonical code of a sign."""
    return f"{sign - 86:08b}" if sign >= 86 else f"{2 * 213 + sign:09b}"
