"""Choices: a family asks for each of them, and a seed, a path or an enumeration answers.

A choice is one of a few options; what is chosen is remembered as a path (the number of
the option taken at each choice), so that a member of a family can be made again, and all
members can be made in turn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Path: TypeAlias = tuple[int, ...]


@dataclass(slots=True)
class Pick:
    """Answers choices: by `path` as far as it goes, then by `seed`; without a seed the first option.

    The answer to a choice depends on the seed and on how many choices came before it, by a
    hash and not by a generator whose numbers could change with the version of Python.
    """

    path: Path = ()
    seed: str | None = None
    taken: list[int] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)

    def __call__(self, *options: T) -> T:
        """One of the options."""
        taken, width = self.taken, len(options)
        place = len(taken)
        if place < len(self.path):
            chosen = self.path[place] % width
        elif self.seed is None or width == 1:
            chosen = 0
        else:
            chosen = number_from(f"{self.seed}/{place}") % width
        taken.append(chosen)
        self.widths.append(width)
        return options[chosen]


def number_from(text: str) -> int:
    """A whole number below 2⁶⁴ that looks random and is the same everywhere and always."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def every(make: Callable[[Pick], T]) -> Iterator[tuple[Path, T]]:
    """Every path through the choices of `make`, in order, with what is made of it."""
    path: Path = ()
    while True:
        pick = Pick(path)
        made = make(pick)
        yield tuple(pick.taken), made
        taken, widths = pick.taken, pick.widths
        while taken and taken[-1] == widths[len(taken) - 1] - 1:
            taken.pop()
        if not taken:
            return
        path = (*taken[:-1], taken[-1] + 1)
