"""A finished PDF is read once more before it gets its name: does every page of it belong to its student?"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Dictionary

from gen.build.file_objects import FileObjects, Place, outside_streams
from gen.build.font_signs import AnySigns
from gen.build.glance import Glance, glance, in_gap
from gen.build.page_text import PageReader, resources_of
from gen.build.pdf import DamagedPdfError, whole
from gen.build.pdf_actions import can_harm, harm
from gen.build.seen import Kind, Run

_FIRST = 256  # bytes by which streams are looked up
# The fonts of a page, each an object of its own, as they stand in the text of its resources.
_FONTS = re.compile(rb"/Font << ((?:/[^\s()]+ \d+ 0 R )+)>>")
_FONT = re.compile(rb"/[^\s/\[\]()<>{}%]+\s+[-+.\d]+\s+Tf\b")


class StrangerError(Exception):
    """A page is not what the file says it is; the message says which, as a sentence without its end."""


def read_back(data: bytes, code: str, pages: int, run: Run) -> None:
    """Read a document that came out of a run.

    Every page must carry the document's mark with its own number, and show its code. No other code of the run
    may be shown, or stand anywhere else: in a form, a name, a string, a stream, or between them. Raises
    `StrangerError` for the first page that is otherwise, for another code, or when there are not `pages` of
    them, and `DamagedPdfError` for bytes that are no whole PDF or do more than show pages.
    """
    file = _File(data, code, run)
    with whole(data, file.harm) as document:
        if len(document.pages) != pages:
            raise StrangerError(f"there are {len(document.pages)} pages instead of {pages}")
        for number, page in enumerate(document.pages, 1):
            file.read_page(page.obj, number)
        file.read_around()


def read_alone(data: bytes, code: str) -> None:
    """Read every page of a document that was set by itself: there are no marks, but each must show the code.

    Raises `StrangerError` for the first page that does not.
    """
    reader = PageReader()
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as document:
        for number, page in enumerate(document.pages, 1):
            if code not in reader.read(page)[0]:
                raise StrangerError(f"page {number} of {code} does not show its code")


class _File:
    """A document that is read back: its objects first, by `harm`."""

    def __init__(self, data: bytes, code: str, run: Run) -> None:
        self._data, self._code, self._run = data, code, run
        self._new: list[bytes] = []
        self._drawings: set[Place] = set()
        self._fonts: set[bytes] = set()
        self._kinds: set[Kind] = set()
        self._any: AnySigns | None = None
        self._silent: dict[Place, bool] = {}

    def harm(self, document: pikepdf.Pdf) -> str | None:
        """What the document does more than show pages; its objects are kept to be looked at."""
        self._objects = FileObjects(document, self._run)
        self._reader = PageReader(self._objects.signs)
        self._new = [text for text in self._objects.texts.values() if text not in self._run.texts]
        return harm(document, b"\n".join(self._new))

    def read_page(self, page: Any, number: int) -> None:
        """Read a page: at a glance where that tells all, else sign by sign. Raises `StrangerError`."""
        parts = page.get("/Contents", ())
        keys = [part.objgen for part in ([parts] if isinstance(parts, pikepdf.Stream) else parts)]
        if not self._objects.streams.keys() >= set(keys):
            raise DamagedPdfError(f"has no drawing for page {number}")
        self._drawings.update(keys)
        drawing, resources = b"\n".join(map(self._objects.data, keys)), resources_of(page)
        seen = glance(drawing)
        text = None
        if seen is not None and self._is_own(seen, resources):
            marks = seen.marks
        else:
            text, marks = self._reader.drawn(drawing, resources)
        if marks != ((self._code, number),):
            said = ", ".join(f"page {n} of {whose}" for whose, n in marks) or "nobody's"
            raise StrangerError(f"page {number} of {self._code} is marked as {said}")
        if text is not None and self._code not in text:
            raise StrangerError(f"page {number} of {self._code} does not show its code")
        for other in self._strange((text or "").encode("utf-8", "replace")):
            raise StrangerError(f"page {number} of {self._code} shows the code {other}")
        for other in self._strange(drawing):
            raise StrangerError(f"the drawing of page {number} of {self._code} holds the code {other}")

    def read_around(self) -> None:
        """Look at all that is no page, and at the bytes themselves. Raises `StrangerError`."""
        named = self._run.codes.written(b"\n".join(self._new))
        found = named | self._run.codes.found(outside_streams(self._data))
        if not named and not can_harm(b"\n".join(self._new)):
            self._run.texts.update(self._new)
        for place in self._objects.streams.keys() - self._drawings:
            found |= self._within(place)
        for other in found - {self._code}:
            raise StrangerError(f"the file of {self._code} holds the code {other}")

    def _within(self, place: Place) -> frozenset[str]:
        """The codes in the data of a stream, and in what it shows where it draws."""
        stream, packed = self._objects.streams[place].stream, self._objects.streams[place].data
        key = text, _ = self._objects.texts[place], packed[:_FIRST]
        # Equal beginnings are found quickly, and then all of it is compared.
        if self._run.streams.get(key) == packed:
            return frozenset()
        data = self._objects.data(place)
        found = self._run.codes.streamed(data)
        if (b"/Form" in text or b"/Resources" in text) and not _is_silent(data):
            shown, _ = self._reader.drawn(data, stream.get("/Resources", Dictionary()))
            return found | self._run.codes.found(shown.encode("utf-8", "replace"))
        if not found:
            self._run.streams[key] = packed
        return found

    def _strange(self, letters: bytes) -> frozenset[str]:
        return self._run.codes.found(letters) - {self._code}

    def _is_own(self, seen: Glance, resources: Any) -> bool:
        """Whether a page is sure to show no code but its own, which stands where its last font is chosen."""
        if not all(map(self._draws_no_text, resources.get("/XObject", Dictionary()).values())):
            return False
        signs = self._any_signs(resources)
        letters = None if signs is None else signs.letters(seen.data)
        if letters is None or self._strange(letters):
            return False
        # Only what follows the choice of a font can be read by itself; the last one is enough.
        chosen = seen.content.rfind(b" Tf")
        at = seen.content.rfind(b"/", 0, max(0, chosen))
        if at < 0 or not in_gap(seen.content, at) or _FONT.match(seen.content, at) is None:
            return False
        last = seen.content[at:].partition(b"ET")[0]
        return self._code in self._reader.drawn(last, resources)[0]

    def _any_signs(self, resources: Any) -> AnySigns | None:
        """What bytes may show in the fonts of a page, and in those of the pages before it."""
        text = resources.unparse(resolved=True)
        named = _FONTS.search(text)
        if named is None or b"(" in text or text.count(b"/Font ") > 1 or "/Font" not in resources:
            return self._run.any_signs({self._run.kind(signs) for signs in self._reader.signs(resources)})
        # Names and what they stand for, as `/F1 7 0 R`.
        words = named[1].split()
        fonts = dict(zip(words[1::4], words[::4], strict=True))
        new = fonts.keys() - self._fonts
        for number in new:
            signs = self._objects.signs(resources.Font[fonts[number].decode("latin-1")])
            self._kinds.add(self._run.kind(signs))
        if new:
            self._fonts |= new
            self._any = self._run.any_signs(self._kinds)
        return self._any

    def _draws_no_text(self, drawn: Any) -> bool:
        key = drawn.objgen
        if key == (0, 0) or key not in self._silent:
            is_form = drawn.get("/Subtype") == pikepdf.Name.Form
            self._silent[key] = not is_form or _is_silent(self._objects.data(key))
        return self._silent[key]


def _is_silent(data: bytes) -> bool:
    """Whether some drawing shows no text: there are no strings in it, and no forms."""
    return b"(" not in data and b"<" not in data and b"Do" not in data


__all__ = ["DamagedPdfError", "Run", "StrangerError", "read_alone", "read_back"]
