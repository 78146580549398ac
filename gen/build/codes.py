"""Finding the codes of students in bytes, most of which hold none: they are passed over at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_OCTAL = re.compile(rb"\\[0-7]{3}")


class Codes:
    """The codes of a run, of one character or more each."""

    def __init__(self, codes: Collection[str]) -> None:
        self.letters = frozenset("".join(codes))
        self._codes = {code.encode("latin-1"): code for code in codes}
        signs = "".join(sorted(self.letters)).encode("latin-1")
        least = min(map(len, self._codes), default=1)
        # What can stand in a code is made one sign, so that a search for a row of them tells where to look.
        self._shape = bytes(1 if byte in signs else 0 for byte in range(256))
        self._row = b"\1" * least

    def found(self, data: bytes) -> frozenset[str]:
        """The codes that stand in bytes, letter by letter."""
        shape = data.translate(self._shape)
        rows: set[bytes] = set()
        start = shape.find(self._row)
        while start >= 0:
            end = shape.find(b"\0", start)
            end = len(data) if end < 0 else end
            rows.add(data[start:end])
            start = shape.find(self._row, end)
        if not rows:
            return frozenset()
        found = b" ".join(rows)
        return frozenset([code for letters, code in self._codes.items() if letters in found])

    def written(self, text: bytes) -> frozenset[str]:
        """The codes that stand in objects as qpdf writes them, in names and in strings of any encoding."""
        found = self.found(text)
        for other in _decoded(text):
            found |= self.found(other)
        return found

    def streamed(self, data: bytes) -> frozenset[str]:
        """The codes that stand in the data of a stream, in letters of one byte or of two."""
        return self.found(data) | (self.found(data.replace(b"\0", b"")) if b"\0" in data else frozenset())


def _decoded(text: bytes) -> Iterator[bytes]:
    """What is not in plain letters, as of UTF-16: without the zeros, and without what is no letter at all."""
    if b"\\" in text:
        yield _OCTAL.sub(b"", text)
    if digits := _HEX.findall(text):
        yield bytes.fromhex(b"00".join([d + b"0" * (len(d) % 2) for d in digits]).decode()).replace(
            b"\0", b""
        )
