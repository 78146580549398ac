"""What was seen in the documents of a run that were read back: what they share is read once."""

from __future__ import annotations

from collections.abc import Collection, Set
from typing import TypeAlias

from gen.build.codes import Codes
from gen.build.font_signs import AnySigns, Signs, any_signs, letters_of

_UNKNOWN = Signs()
Kind: TypeAlias = frozenset[tuple[int, str]] | None


class Run:
    """The documents of a run, by their codes.

    An object is known by its text, a stream by this and its data, a font by what it says that its signs are;
    nothing is known by its number, which says something else in another file. `texts` and `streams` are
    those in which no code stands, and nothing that can be harmful; `signs` are those of a font by its text,
    with the other objects that they follow from, by number, as text and data.
    """

    def __init__(self, codes: Collection[str]) -> None:
        self.codes = Codes(codes)
        self.texts: set[bytes] = set()
        self.streams: dict[tuple[bytes, bytes], bytes] = {}
        self.signs: dict[bytes, tuple[list[tuple[int, tuple[bytes, bytes]]], Signs]] = {}
        self._kinds: dict[Signs, Kind] = {}
        self._tables: dict[frozenset[Kind], AnySigns | None] = {}

    def any_signs(self, kinds: Set[Kind]) -> AnySigns | None:
        """What bytes may show in fonts of these kinds, and where none was chosen; None if one reads pairs."""
        found = frozenset((*kinds, self.kind(_UNKNOWN)))
        if found not in self._tables:
            bytewise = [kind for kind in found if kind is not None]
            self._tables[found] = any_signs(bytewise) if len(bytewise) == len(found) else None
        return self._tables[found]

    def kind(self, signs: Signs) -> Kind:
        """What a font shows of the letters of codes: many fonts show the same."""
        if signs not in self._kinds:
            self._kinds[signs] = letters_of(signs, self.codes.letters)
        return self._kinds[signs]
