"""Which letter an index gets: i,k for the function, q,r for the variable, j,l,s,t … for dummies.

An author may choose others: a word whose first two letters are for the function, the next two for the
variable, the rest for dummies. After them come the usual ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from gen.errors import InputError, input_error
from gen.language.dimension import Dim
from gen.language.index import Letter

OF_FUNCTION = "ikab"
OF_VARIABLE = "qrcd"
BOUND = "jlstuvwabcghoyz"
FEWEST = 4  # two for the function, two for the variable


def letters_fault(letters: str) -> str | None:
    """What is wrong with the letters that an author chooses, as the rest of a sentence; None if nothing is.

    >>> letters_fault("abcd"), letters_fault("aab")
    (None, 'name a twice')
    """
    for letter in letters:
        if not ("a" <= letter <= "z"):
            return f"hold {letter!r}: an index is a small letter from a to z"
        if letters.count(letter) > 1:
            return f"name {letter} twice"
    if len(letters) < FEWEST:
        return f"are {len(letters)}: there must be {FEWEST} at least, two each for function and variable"
    return None


def checked_letters(letters: str) -> str:
    """`letters`, where an author may choose them. Raises InputError (syntax)."""
    fault = letters_fault(letters)
    if fault is not None:
        raise _unfit(fault)
    return letters


def _unfit(fault: str) -> InputError:
    return input_error("syntax", f"the letters of indices {fault}", hint='such as "ikqrjlst"')


class Alphabet:
    """Hands out index letters for one derivation, none twice, none that is a name in use.

    `letters` are those an author chooses, in the order of `letters_fault`, or none.
    """

    def __init__(self, taken: Iterable[str], letters: str = "") -> None:
        self._taken = set(taken)
        self._letters = letters
        self._of_function, self._of_variable, self._bound = OF_FUNCTION, OF_VARIABLE, BOUND
        if letters:
            self._of_function = _with_usual(letters[:2], OF_FUNCTION)
            self._of_variable = _with_usual(letters[2:4], OF_VARIABLE)
            self._bound = _with_usual(letters[4:], BOUND)
        self.given: list[Letter] = []

    def copy(self) -> Alphabet:
        """Another that hands out what this one would, for a derivation that may be dropped."""
        other = Alphabet(self._taken, self._letters)
        other.given = list(self.given)
        return other

    def _next(self, letters: str, dim: Dim) -> Letter:
        taken = self._taken
        for name in letters:
            if name not in taken:
                break
        else:
            name = next(name for name in _numbered(letters) if name not in taken)
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


def _with_usual(chosen: str, usual: str) -> str:
    """The letters, those chosen first."""
    return chosen + "".join(letter for letter in usual if letter not in chosen) if chosen else usual


def _numbered(letters: str) -> Iterator[str]:
    """What comes after the letters: letters with numbers."""
    for number in count(1):
        for letter in letters:
            yield f"{letter}{number}"
