"""What the codes of a font of a PDF mean, by its own table of Unicode or by the names of its glyphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from pikepdf import Dictionary, Name, Object

_HEX = rb"\s*<([0-9A-Fa-f]+)>"
_PAIR, _TRIPLE = re.compile(_HEX * 2), re.compile(_HEX * 3)
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_GLYPHS = {name: str(value) for value, name in enumerate(_DIGITS)} | {"hyphen": "-", "space": " "}
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = frozenset(("\u2010", _SOFT_HYPHEN))
UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True, eq=False)
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


@dataclass(frozen=True, slots=True)
class AnySigns:
    """What bytes may show in any of some fonts, of the letters that are looked for; all others are zeros.

    `unsure` are bytes of which that cannot be said: two fonts show other letters, or one shows several, or
    nothing at all.
    """

    table: bytes
    unsure: bytes

    def letters(self, data: bytes) -> bytes | None:
        """The letters; None where that cannot be said."""
        if self.unsure and len(data.translate(None, self.unsure)) != len(data):
            return None
        return data.translate(self.table)


def letters_of(signs: Signs, letters: Set[str]) -> frozenset[tuple[int, str]] | None:
    """The bytes with which a font shows some of the letters, or nothing, and what; None if it reads pairs."""
    if signs.pairwise is not None:
        return None
    wanted = letters | _HYPHENS | {""}
    shown = [
        (byte, plain(text))
        for byte, text in signs.bytewise.items()
        if byte < 256 and (text in wanted or (len(text) > 1 and not wanted.isdisjoint(text)))
    ]
    itself = [(ord(sign), plain(sign)) for sign in letters | {_SOFT_HYPHEN}]
    return frozenset(shown + [pair for pair in itself if pair[0] not in signs.bytewise])


def any_signs(fonts: Iterable[frozenset[tuple[int, str]]]) -> AnySigns:
    """What is the same in some fonts, of each of which `letters_of` the same letters is given.

    Where a row of these letters is shown, whichever font shows which of them, it stands in what
    `AnySigns.letters` gives; a row that stands there may be shown, or not.
    """
    table, shown = bytearray(256), dict[int, set[str]]()
    for byte, text in chain.from_iterable(fonts):
        shown.setdefault(byte, set()).add(text)
    unsure = [byte for byte, texts in shown.items() if len(texts) > 1 or len(next(iter(texts))) != 1]
    for byte in shown.keys() - set(unsure):
        table[byte] = ord(shown[byte].pop())
    return AnySigns(bytes(table), bytes(unsure))


def plain(text: str) -> str:
    """A text with one sign for all hyphens."""
    return text.replace("\u2010", "-").replace(_SOFT_HYPHEN, "-")


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
    return Signs(pairwise=dict(_table(cmap)))


@lru_cache(maxsize=256)
def _bytewise(cmap: bytes, differences: bytes) -> Signs:
    named = _named(Object.parse(differences))
    return Signs(named | {int.from_bytes(code): text for code, text in _table(cmap)})


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


# Other runs have the same tables, with other glyphs of the font.
@lru_cache(maxsize=256)
def _table(cmap: bytes) -> tuple[tuple[bytes, str], ...]:
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
    return tuple(found.items())


def _unicode(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
