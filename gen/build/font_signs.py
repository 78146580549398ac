"""What the codes of a font of a PDF mean, by its own table of Unicode or by the names of its glyphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pikepdf import Dictionary, Name, Object

_HEX = rb"\s*<([0-9A-Fa-f]+)>"
_PAIR, _TRIPLE = re.compile(_HEX * 2), re.compile(_HEX * 3)
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_GLYPHS = {name: str(value) for value, name in enumerate(_DIGITS)} | {"hyphen": "-", "space": " "}
UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Signs:
    """The characters of a font: by byte, or by pairs of bytes for one with more signs than that.

    A byte that `bytewise` does not have is the sign it is in ASCII.
    """

    bytewise: Mapping[int, str] = field(default_factory=dict)
    pairwise: Mapping[bytes, str] | None = None

    def text(self, data: bytes) -> str:
        """What a string shows."""
        if self.pairwise is None:
            return data.decode("latin-1").translate(self.bytewise)
        return "".join([self.pairwise.get(data[at : at + 2], UNKNOWN) for at in range(0, len(data), 2)])


def signs_of(font: Any) -> Signs:
    """The signs of a font, which is a dictionary of a PDF."""
    cmap = bytes(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else b""
    if cmap and font.get("/Subtype") == Name.Type0:
        return _pairwise(cmap)
    encoding = font.get("/Encoding")
    named = encoding.get("/Differences") if isinstance(encoding, Dictionary) else None
    return _bytewise(cmap, b"[]" if named is None else named.unparse(resolved=True))


# The documents of a run share what their fonts mean.
@lru_cache(maxsize=256)
def _pairwise(cmap: bytes) -> Signs:
    return Signs(pairwise=_table(cmap))


@lru_cache(maxsize=256)
def _bytewise(cmap: bytes, differences: bytes) -> Signs:
    named = _named(Object.parse(differences))
    return Signs(named | {int.from_bytes(code): text for code, text in _table(cmap).items()})


def _named(differences: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    at = 0
    for item in differences:
        if isinstance(item, Name):
            name = str(item)[1:]
            found[at] = name if len(name) == 1 else _GLYPHS.get(name, UNKNOWN)
            at += 1
        else:
            at = int(item)
    return found


def _table(cmap: bytes) -> dict[bytes, str]:
    """The characters of a CMap; ranges with a list of strings are not made by TeX and not read."""
    found: dict[bytes, str] = {}
    for block in _BLOCK.finditer(cmap):
        if block[1] == b"bfchar":
            for code, text in _PAIR.findall(block[2]):
                found[bytes.fromhex(code.decode())] = _unicode(text)
            continue
        for low, high, text in _TRIPLE.findall(block[2]):
            start, base, digits = int(low, 16), int(text, 16), len(text)
            for step in range(min(int(high, 16) - start, 65535) + 1):
                code = (start + step).to_bytes(len(low) // 2)
                found[code] = _unicode(f"{base + step:0{digits}x}".encode())
    return found


def _unicode(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
