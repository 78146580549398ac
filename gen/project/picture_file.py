"""Whether a file is the picture that its name says, as far as that is known without drawing it."""

from __future__ import annotations

import zlib

_PNG = b"\x89PNG\r\n\x1a\n"


def is_png(data: bytes) -> bool:
    """A PNG whose chunks are whole, from the first to the one that ends it.

    >>> is_png(b"GIF89a")
    False
    """
    at = len(_PNG)
    if data[:at] != _PNG or data[at + 4 : at + 8] != b"IHDR":
        return False
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 8 + length
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4]):
            return False
        if kind == b"IEND":
            return True
        at = end + 4
    return False


def is_jpeg(data: bytes) -> bool:
    """A JPEG from its first marker to the one that ends it."""
    return data[:3] == b"\xff\xd8\xff" and data.rstrip(b"\0")[-2:] == b"\xff\xd9"


def is_picture(name: str, data: bytes) -> bool:
    """Whether `data` is a picture of the sort that the ending of `name` says."""
    return is_png(data) if name.lower().endswith(".png") else is_jpeg(data)
