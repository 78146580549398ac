"""Where the answers of one problem are held against each other: random points, unequal sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from gen.derivation.check import value_of
from gen.derivation.evaluate import Numbers, OutOfDomainError
from gen.derivation.points import POINTS, Stream, dim_names, draw
from gen.derivation.record import Display
from gen.language.dimension import Dim
from gen.language.function import Array
from gen.language.index import Letter, Terms
from gen.language.node import Node
from gen.problems.index_world import ranges_of
from gen.problems.task import Derive, Simplify
from gen.problems.worked import Worked

APART = 1e-6
SIZES = (5, 3, 7, 11, 13, 17)  # without 2, so that a range is no factor 2
MOODS, ROUNDS = 4, 6
START = 5000  # elsewhere in the table than the check of the derivation
LARGEST = 20_000


class NoPointError(Exception):
    """The right answer has no finite value anywhere that was tried."""


class AnswerPoints:
    """Random points of a problem at which its right answer is defined, and values of answers there.

    Every dimension name has a prime of its own, so that what fits together by accident shows. Where
    symbols are positive definite, there are as many points again at which they are symmetric, as
    most readers take them: answers that differ only by that asymmetry are not apart.
    """

    __slots__ = ("free", "numbers", "right", "symmetric")

    def __init__(self, worked: Worked) -> None:
        """Raises NoPointError."""
        # An answer in words has no value; the lines that lead to it have that of the entry that is read.
        line = worked.given if worked.answer.line is None else worked.answer.line
        assert not isinstance(line, Display), "lines in words have no value"
        self.free = worked.free
        found: list[tuple[Numbers, Array]] = []
        for numbers in worlds(worked):
            self.numbers, self.symmetric = numbers, symmetrised(numbers, worked)
            right = self.value(line)
            if right is not None:
                found.append((numbers, right))
                # Where a relu stands below 0, many answers are 0 alike: other points tell more.
                if right.reshape(len(right), -1).any(axis=1).all():
                    break
        if not found:
            raise NoPointError
        self.numbers, self.right = found[-1] if len(found) == 1 else max(found, key=_telling)
        self.symmetric = symmetrised(self.numbers, worked)

    def value(self, line: Node | Terms) -> Array | None:
        """The value at every point, its shape that of the answer without points; None where it has none."""
        value = self._at(line, self.numbers)
        if value is None or self.symmetric is None:
            return value
        more = self._at(line, self.symmetric)
        return None if more is None else np.concatenate((value, more))

    def _at(self, line: Node | Terms, numbers: Numbers) -> Array | None:
        try:
            with np.errstate(all="ignore"):
                found = value_of(line, numbers.axes(self.free), numbers)
        except (OutOfDomainError, np.linalg.LinAlgError):
            return None
        if not np.logical_and.reduce(np.isfinite(found), axis=None):
            return None
        value = found[:, 0]
        return value if len(value) == POINTS else np.broadcast_to(value, (POINTS, *value.shape[1:]))


def _telling(point: tuple[Numbers, Array]) -> int:
    """How many entries are not zero."""
    return int(np.count_nonzero(point[1]))


def apart(a: Array, b: Array) -> bool:
    """Do two values differ at every point, by shape or by more than numbers can err?"""
    return Sized.of(a).is_apart(Sized.of(b))


@dataclass(frozen=True, slots=True)
class Sized:
    """A value with the largest entry of each point, to be held against many others."""

    value: Array
    largest: list[float]

    @staticmethod
    def of(value: Array) -> Sized:
        """With its sizes."""
        return Sized(value, _largest(value))

    def is_apart(self, other: Sized) -> bool:
        """As `apart`."""
        if self.value.shape != other.value.shape:
            return True
        gaps = _largest(self.value - other.value)
        for gap, mine, its in zip(gaps, self.largest, other.largest, strict=True):
            if not gap > APART * max(mine, its, 1e-9):
                return False
        return True


def _largest(value: Array) -> list[float]:
    """The largest size of an entry at each point."""
    found: list[float] = np.maximum.reduce(np.abs(value).reshape(len(value), -1), axis=1).tolist()
    return found


def worlds(worked: Worked) -> Iterator[Numbers]:
    """Random points of a problem, over and over others, until its lines are defined there."""
    nodes = worked.symbols
    if worked.derivation is not None:
        nodes = (*nodes, *[n for n in (worked.derivation.upstream,) if n is not None])
        x = worked.derivation.problem.wrt
        if worked.derivation.problem.kind == "differential":
            nodes = (*nodes, Node("symbol", x.rows, x.cols, name=f"d{x.name}", structure=x.structure))
    of_lines = [n for d in _dims(worked) for n in d.names if "(" not in n]
    names = list(
        dict.fromkeys((*dim_names(nodes), *of_lines))
    )  # each once, or turned round they may be the same
    symmetric = worked.task.symmetric if isinstance(worked.task, Derive) else "free"
    stream = Stream(START)
    for turn, mood, order in product(range(ROUNDS), range(MOODS), range(3)):
        # An inverse of A*X has a value only where the rows of A are few: each name is the smallest in turn.
        turned = names[turn:] + names[:turn]
        sizes = _sizes(turned[::-1] if order == 1 else turned, order // 2)
        if any(d.size(sizes) ** 2 > LARGEST for d in _dims(worked) if "(" not in d.text()):
            sizes = {name: 2 + k % 2 for k, name in enumerate(sizes)}
        yield Numbers({n.name: draw(n, sizes, stream, mood) for n in nodes}, sizes, symmetric)


def taken_as_symmetric(worked: Worked) -> tuple[Node, ...]:
    """The positive definite matrices that were not said to be symmetric: most readers take them so."""
    return tuple(n for n in worked.symbols if n.domain == "spd" and n.structure is None and n.is_square)


def symmetrised(numbers: Numbers, worked: Worked) -> Numbers | None:
    """The same points with every positive definite matrix symmetric; None where that changes nothing."""
    names = {n.name for n in taken_as_symmetric(worked)}
    if not names:
        return None
    values = {
        name: (value + value.swapaxes(-1, -2)) / 2 if name in names else value
        for name, value in numbers.values.items()
    }
    return Numbers(values, numbers.sizes, numbers.symmetric)


def _sizes(names: list[str], first: int) -> dict[str, int]:
    """Each name gets a prime of its own; with `first` an even number, for a skew matrix with an inverse."""
    return {name: SIZES[k % len(SIZES)] + first for k, name in enumerate(dict.fromkeys(names))}


def _dims(worked: Worked) -> list[Dim]:
    """Every dimension of the answer and of the indices."""
    ranges = worked.task.ranges if isinstance(worked.task, Simplify) else ()
    return [*worked.answer.shape, *_of_letters(worked.free), *ranges_of(ranges).values()]


def _of_letters(letters: tuple[Letter, ...]) -> list[Dim]:
    return [x.dim for x in letters]
