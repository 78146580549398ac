"""The typed text of lines with places for names: the same lines under other names need no writing.

What a name is changes nothing else in typed text: no bracket and no order depends on it, but for
the names in one dimension, which are sorted, so that a dimension is a single place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gen.derivation.renaming import Renaming
from gen.language.dimension import Dim
from gen.language.notation import Line
from gen.language.text import TEXT
from gen.language.writer import write_all

# Signs that stand in no text: around a place, and between the parts of a dimension.
PLACE, PART = "\0", "\1"
SYMBOL, LETTER, DIM = "sid"


def _place(kind: str, name: str) -> str:
    return f"{PLACE}{kind}{name}{PLACE}"


def _size(dim: Dim) -> str:
    return _place(DIM, PART.join((str(dim.factor), *dim.names))) if dim.names else dim.text()


def _constant(name: str, dims: tuple[Dim, ...]) -> str:
    return f"{name}({','.join([_size(d) for d in dims])})" if dims else TEXT.constant(name, dims)


PLACES = replace(
    TEXT,
    symbol=lambda name: _place(SYMBOL, name),
    size=_size,
    constant=_constant,
    letter=lambda name: _place(LETTER, name),
)


@dataclass(frozen=True, slots=True)
class Template:
    """`pieces` are words and places by turns; a place has the number of its name among `names`.

    `names` are those of symbols, then of indices, then dimensions.
    """

    pieces: tuple[str, ...]
    places: tuple[int, ...]
    symbols: tuple[str, ...]
    letters: tuple[str, ...]
    dims: tuple[Dim, ...]

    def filled(self, renaming: Renaming) -> tuple[str, ...]:
        """The texts of the lines under new names."""
        symbols, letters = renaming.symbols, renaming.letters
        names = [symbols.get(name, name) for name in self.symbols]
        names += [letters.get(name, name) for name in self.letters]
        names += [renaming.dim(dim).text() for dim in self.dims]
        pieces = list(self.pieces)
        pieces[1::2] = [names[k] for k in self.places]
        return tuple("".join(pieces).split("\n"))


def template(lines: Sequence[Line]) -> Template:
    """The template of lines."""
    once: dict[str, str] = {}  # the words between names are few, and each is kept once
    pieces = [once.setdefault(x, x) for x in "\n".join(write_all(lines, PLACES)).split(PLACE)]
    found = dict.fromkeys(pieces[1::2])
    order = [key for kind in (SYMBOL, LETTER, DIM) for key in found if key[0] == kind]
    number = {key: k for k, key in enumerate(order)}
    dims = (key[1:].split(PART) for key in order if key[0] == DIM)
    return Template(
        tuple(pieces),
        tuple([number[key] for key in pieces[1::2]]),
        tuple([key[1:] for key in order if key[0] == SYMBOL]),
        tuple([key[1:] for key in order if key[0] == LETTER]),
        tuple([Dim(int(factor), tuple(names)) for factor, *names in dims]),
    )
