"""The modules of small QR codes: bytes that fill one block, at level M and with mask 1.

Every sheet of a class has such a code, and nearly all of it is the same on each: finders, timing and format
are taken from a code that segno has made, and what differs is the data and the check that follows from them.
The steps are those of ISO/IEC 18004: data, their remainder by a polynomial over GF(256), and the walk in
which both are placed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import segno

MASK = 1
_POLYNOMIAL = 0x11D
# For each version how many bytes are data and how many check them; these have one block.
_CODEWORDS = ((1, 16, 10), (2, 28, 16), (3, 44, 26))
_HEAD = 2  # bytes of data for mode, length and end
_PADDING = b"\xec\x11"  # by turns, after an empty byte, as segno fills up; readers stop before it


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all codes of a version share: the square with no data in it, and the places of their bits."""

    size: int
    empty: bytes
    places: tuple[int, ...]
    remainders: tuple[int, ...]


def fits(content: str) -> bool:
    """Is it written as bytes, one for each letter, and short enough? A small letter says that it is."""
    return content.isascii() and content != content.upper() and len(content) + _HEAD <= _CODEWORDS[-1][1]


def block_modules(content: str) -> tuple[bytes, ...]:
    """The square of the code of a text that fits, 1 for a dark module, without its margin."""
    version, room, checks = next(row for row in _CODEWORDS if len(content) + _HEAD <= row[1])
    plan = _plan(version, checks)
    letters = content.encode("ascii")
    padding = (b"\0" + _PADDING * room)[: room - len(letters) - _HEAD]
    # Four bits for the mode, eight for the length, four for the end.
    data = (((4 << 8 | len(letters)) << 8 * len(letters) | int.from_bytes(letters)) << 4) << 8 * len(padding)
    data |= int.from_bytes(padding)
    codewords = data << 8 * checks | _remainder(data.to_bytes(room), checks, plan.remainders)
    square = bytearray(plan.empty)
    for place, bit in zip(plan.places, f"{codewords:0{8 * (room + checks)}b}", strict=False):
        if bit == "1":
            square[place] ^= 1
    return tuple([bytes(square[start : start + plan.size]) for start in range(0, len(square), plan.size)])


def _remainder(data: bytes, checks: int, remainders: tuple[int, ...]) -> int:
    """What is left when the data, with room for the checks, are divided by the generator."""
    high, low = 8 * (checks - 1), (1 << 8 * (checks - 1)) - 1
    left = 0
    for byte in data:
        left = (left & low) << 8 ^ remainders[left >> high ^ byte]
    return left


@lru_cache(maxsize=len(_CODEWORDS))
def _plan(version: int, checks: int) -> _Plan:
    made = segno.make("a", version=version, error="m", mode="byte", mask=MASK, micro=False, boost_error=False)
    size = len(made.matrix)
    walk = tuple(_walk(size, version))
    square = bytearray(b"".join(bytes(row) for row in made.matrix))
    for place in walk:
        square[place] = place // size % 2 == 0  # the mask: every other row is turned over
    return _Plan(size, bytes(square), walk, _remainders(checks))


def _walk(size: int, version: int) -> Iterator[int]:
    """The places of data: two columns at a time from the right, up and down by turns."""
    up = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):  # column 6 is timing
        for row in reversed(range(size)) if up else range(size):
            yield from (row * size + c for c in (right, right - 1) if not _is_fixed(row, c, size, version))
        up = not up


def _is_fixed(row: int, column: int, size: int, version: int) -> bool:
    """Is the module part of a finder with its format, of the timing, or of the alignment?"""
    finder = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    aligned = version > 1 and abs(row - (size - 7)) <= 2 and abs(column - (size - 7)) <= 2
    return finder or row == 6 or column == 6 or aligned


def _remainders(checks: int) -> tuple[int, ...]:
    """What each byte, followed by as many zeros as there are checks, leaves when divided by the generator."""
    generator = [1]
    root = 1
    for _ in range(checks):
        turned = [_times(root, c) for c in generator]
        generator = [a ^ b for a, b in zip([*generator, 0], [0, *turned], strict=True)]
        root = _times(root, 2)
    of_bits = [int.from_bytes(bytes(_times(1 << k, c) for c in generator[1:])) for k in range(8)]
    out = [0]
    for one in of_bits:
        out += [one ^ known for known in out]
    return tuple(out)


def _times(a: int, b: int) -> int:
    """A product in GF(256)."""
    out = 0
    while b:
        out ^= a * (b & 1)
        a, b = a << 1, b >> 1
        a ^= _POLYNOMIAL * (a >> 8)
    return out
