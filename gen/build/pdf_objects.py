"""The objects of a PDF that is cut into others: what each needs, and the numbers that they have there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

import pikepdf

from gen.build.pdf import DamagedPdfError

# A string, in which nothing is a reference, or a reference.
_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+) (\d+) R\b", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Written:
    """An object as it is written, and what tells it from any other.

    That of a stream is all from `N 0 obj` to `endobj`; any other stands in an object stream, without these.
    """

    data: bytes
    is_stream: bool
    digest: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """An object of a PDF as qpdf writes it: its text, the data of a stream, the numbers it refers to."""

    text: bytes
    stream: bytes | None
    refers: tuple[int, ...]


_NULL = Found(b"null", None, ())


class Objects:
    """The objects of a PDF by their numbers, each taken once; what is changed later has to be taken again.

    Those of `apart` are never copied because another one refers to them: pages, and what holds them together.
    Raises `DamagedPdfError` as `references`.
    """

    def __init__(self, document: pikepdf.Pdf) -> None:
        self.apart: frozenset[int] = frozenset()
        self._found = {found.objgen[0]: _found(found) for found in document.objects}
        self._needs: dict[int, tuple[int, ...]] = {}

    def found(self, number: int) -> Found:
        """An object; null for a number that none has."""
        return self._found.get(number, _NULL)

    def take_again(self, *changed: pikepdf.Object | None) -> None:
        """Take objects as they are now; those that stand inside of others belong to these."""
        for found in changed:
            if found is not None and found.objgen[0]:
                self._found[found.objgen[0]] = _found(found)

    def texts(self) -> bytes:
        """The texts of all objects."""
        return b"\n".join([found.text for found in self._found.values()])

    def reached(self, starts: Iterable[int]) -> frozenset[int]:
        """Some objects and all that is needed to show them."""
        reached: set[int] = set()
        open_ = list(starts)
        while open_:
            number = open_.pop()
            if number not in reached:
                reached.add(number)
                if number not in self._needs:
                    refers = self.found(number).refers
                    self._needs[number] = tuple(other for other in refers if other not in self.apart)
                open_.extend(self._needs[number])
        return frozenset(reached)

    def parts(self, numbers: Iterable[int], also: Iterable[int]) -> dict[int, bytes]:
        """Those of some objects that can stand inside of the only one that refers to them, with their texts.

        That is less to write and to read. `also` are referred to by others as well. What says its type, as
        descriptors of fonts do, has to stand for itself.
        """
        uses = Counter(also)
        uses.update(chain.from_iterable(self.found(number).refers for number in numbers))
        return {
            number: found.text
            for number, found in ((number, self.found(number)) for number in numbers)
            if uses[number] == 1 and found.stream is None and number not in self.apart
            if found.text[:1] in b"[<" and b"/Type " not in found.text
        }

    def numbered(self, numbers: Iterable[int], first: int = 1) -> dict[int, int]:
        """New numbers for some objects, from `first` on.

        Streams come first, so that a table of what is where is short; what begins alike stands together,
        since it packs better.
        """

        def rank(number: int) -> tuple[bool, bytes, int]:
            found = self.found(number)
            return found.stream is None, found.text[:8], number

        return {number: place for place, number in enumerate(sorted(numbers, key=rank), first)}


def references(text: bytes) -> tuple[int, ...]:
    """The numbers that an object refers to, each once.

    Raises `DamagedPdfError` where it is one of a later generation: TeX makes none.
    """
    if b" R" not in text:
        return ()
    pairs = [pair for pair in _REFERENCE.findall(text) if pair[0]]
    if any(generation != b"0" for _, generation in pairs):
        raise DamagedPdfError("holds objects of a later generation")
    return tuple(dict.fromkeys(int(number) for number, _ in pairs))


def renumbered(text: bytes, numbers: Mapping[int, int], parts: Mapping[int, bytes]) -> bytes:
    """The text of an object with other numbers in its references, and its parts in place of theirs.

    What has no number becomes null.
    """

    def other(match: re.Match[bytes]) -> bytes:
        if match[1] is None:
            return match[0]
        number = int(match[1])
        if number in parts:
            return renumbered(parts[number], numbers, parts)
        return b"%d 0 R" % numbers[number] if number in numbers else b"null"

    return _REFERENCE.sub(other, text) if b" R" in text else text


def written(number: int, text: bytes, stream: bytes | None = None) -> Written:
    """An object as it is written under a number."""
    if stream is None:
        return Written(text, False, sha256(text).digest())
    data = b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, text, stream)
    return Written(data, True, sha256(data).digest())


def _found(found: pikepdf.Object) -> Found:
    if not isinstance(found, pikepdf.Stream):
        text = found.unparse(resolved=True)
        return Found(text, None, references(text))
    data = found.read_raw_bytes()
    text = found.stream_dict.unparse()
    if b"/Length %d " % len(data) not in text:
        # It stands in an object of its own.
        about = pikepdf.Dictionary(dict(found.stream_dict.items()))
        about.Length = len(data)
        text = about.unparse()
    return Found(text, data, references(text))
