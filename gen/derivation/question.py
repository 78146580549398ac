"""A problem ready to be solved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gen.derivation.frame import Frame, frame, names_for
from gen.derivation.record import Problem
from gen.language.dimension import ONE

AGAINST = "complex step"


@dataclass(slots=True, unsafe_hash=True)
class Question:
    """A problem ready to be solved; `names` are all names in use, `called` the author's name of F.

    `stacked`: a tensor is to be given in its vec form too.
    """

    problem: Final[Problem]
    names: Final[frozenset[str]]
    called: Final[str | None]
    check: Final[bool]
    stacked: Final[bool] = True

    def frame(self) -> Frame:
        """Fresh names for one derivation."""
        p = self.problem
        return frame(p.expr, p.wrt, p.symbols, self.called, p.order, self.names, p.letters)

    def chosen(self, dummies: int) -> tuple[str, ...]:
        """The names that a frame chooses: value, upstream gradient, free indices and so many dummies."""
        p = self.problem
        value, upstream, alphabet = names_for(
            p.expr, p.wrt, p.symbols, self.called, p.order, self.names, p.letters
        )
        for _ in range(dummies):
            alphabet(ONE)
        return (value, upstream, *[x.name for x in alphabet.given])
