"""What was seen in the documents of a run that were read back: what they share is read once."""

from __future__ import annotations

from collections.abc import Collection

from gen.build.codes import Codes
from gen.build.font_signs import AnySigns, Signs, any_signs, letters_of

_UNKNOWN = Signs()
_Kind = frozenset[tuple[int, str]] | None


class Run:
    """The documents of a run, by their codes.

    An object is known by its text, a stream by this and its data, a font by what it says that its signs are;
    nothing is known by its number, which says something else in another file. `texts` and `streams` are for
    those in which no code stands, and no harm; `signs` are those of a font by its text, with the
    other objects that they follow from, by number, as text and data.
    """

    def __init__(self, codes: Collection[str]) -> None:
        self.codes = Codes(codes)
        self.texts: set[bytes] = set()
        self.streams: dict[tuple[bytes, bytes], bytes] = {}
        self.signs: dict[bytes, tuple[list[tuple[int, tuple[bytes, bytes]]], Signs]] = {}
        self._kinds: dict[Signs, _Kind] = {}
        self._tables: dict[frozenset[_Kind], AnySigns | None] = {}

    def any_signs(self, fonts: Collection[Signs]) -> AnySigns | None:
        """What bytes may show in fonts, or where none was chosen; None where one of them reads pairs."""
        kinds = frozenset([self._kind(signs) for signs in (*fonts, _UNKNOWN)])
        if kinds not in self._tables:
            bytewise = [kind for kind in kinds if kind is not None]
            self._tables[kinds] = any_signs(bytewise) if len(bytewise) == len(kinds) else None
        return self._tables[kinds]

    def _kind(self, signs: Signs) -> _Kind:
        if signs not in self._kinds:
            self._kinds[signs] = letters_of(signs, self.codes.letters)
        return self._kinds[signs]
