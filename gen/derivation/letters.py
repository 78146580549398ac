"""Which letter an index gets: i,k for the function, q,r for the variable, j,l,s,t … for dummies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from gen.language.dimension import Dim
from gen.language.index import Letter

OF_FUNCTION = "ikab"
OF_VARIABLE = "qrcd"
BOUND = "jlstuvwabcghoyz"


class Alphabet:
    """Hands out index letters for one derivation, none twice, none that is a name in use."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._of_function = _names(OF_FUNCTION)
        self._of_variable = _names(OF_VARIABLE)
        self._bound = _names(BOUND)
        self.given: list[Letter] = []

    def _next(self, names: Iterator[str], dim: Dim) -> Letter:
        taken = self._taken
        name = next(names)
        while name in taken:
            name = next(names)
        taken.add(name)
        letter = Letter(name, dim)
        self.given.append(letter)
        return letter

    def function(self, dim: Dim) -> Letter:
        """An index of the function value."""
        return self._next(self._of_function, dim)

    def variable(self, dim: Dim) -> Letter:
        """An index of the variable."""
        return self._next(self._of_variable, dim)

    def __call__(self, dim: Dim) -> Letter:
        """A dummy index."""
        return self._next(self._bound, dim)


def _names(first: str) -> Iterator[str]:
    yield from first
    for number in count(1):
        for letter in first:
            yield f"{letter}{number}"
