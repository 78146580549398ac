"""The objects of a PDF that is read back, as texts and data: by these is known what another file had too."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Any, TypeAlias

import pikepdf

from gen.build.font_signs import Signs, signs_of
from gen.build.pdf_actions import text_of
from gen.build.seen import Run

Place: TypeAlias = tuple[int, int]  # number and generation

# Streams packed in the usual way, with nothing to be done afterwards.
_DEFLATED = re.compile(rb"(?!.*/DecodeParms).*/Filter /FlateDecode", re.DOTALL)
# What the signs of a font follow from, besides its own text.
_SAYS_SIGNS = re.compile(rb"/(?:Encoding|ToUnicode) (\d+) 0 R")
# The last one before the data of a stream; that of a dictionary inside would not lead to its end.
_LENGTH = re.compile(rb"/Length (\d+)")


@dataclass(frozen=True, slots=True)
class Packed:
    """A stream and its data as they are in the file."""

    stream: Any
    data: bytes


class FileObjects:
    """All objects of a document, each looked at once."""

    def __init__(self, document: pikepdf.Pdf, run: Run) -> None:
        self._run = run
        self.texts: dict[Place, bytes] = {}
        self.streams: dict[Place, Packed] = {}
        for found in document.objects:
            place = found.objgen
            self.texts[place] = text_of(found)
            if isinstance(found, pikepdf.Stream):
                self.streams[place] = Packed(found, found.read_raw_bytes())

    def data(self, place: Place) -> bytes:
        """The data of a stream; packed where only its picture could be unpacked."""
        packed = self.streams[place]
        try:
            if _DEFLATED.match(self.texts[place]) is not None:
                return zlib.decompress(packed.data)
            return bytes(packed.stream.read_bytes())
        except (pikepdf.PdfError, zlib.error):
            return packed.data

    def signs(self, font: Any) -> Signs:
        """The signs of a font, which another document may have had as well."""
        text = self.texts.get(font.objgen, b"")
        known = self._run.signs.get(text)
        if known is not None and all(self._made_of(number) == parts for number, parts in known[0]):
            return known[1]
        signs = signs_of(font)
        numbers = [int(found[1]) for found in _SAYS_SIGNS.finditer(text)]
        parts = [(number, self._made_of(number)) for number in numbers]
        if text and all(part and b" R" not in part for _, (part, _) in parts):
            self._run.signs[text] = parts, signs
        return signs

    def _made_of(self, number: int) -> tuple[bytes, bytes]:
        """The text of an object, and its data."""
        place = number, 0
        return self.texts.get(place, b""), self.streams[place].data if place in self.streams else b""


def outside_streams(data: bytes) -> bytes:
    """The bytes of a file between the data of its streams; all of them where these cannot be told apart."""
    pieces: list[bytes] = []
    at = 0
    while (start := data.find(b">>\nstream\n", at)) >= 0:
        head = data[at:start]
        lengths = _LENGTH.findall(head)
        end = start + 10 + (int(lengths[-1]) if lengths else 0)
        if not data.startswith(b"\nendstream\n", end):
            return data
        pieces.append(head)
        at = end + 11
    return b"\n".join((*pieces, data[at:]))
