"""Arrays whose last axes have labels, a character for an index: products, summed over what is not kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import prod
from string import ascii_letters
from typing import TypeAlias

import numpy as np

from gen.language.function import Array
from gen.language.index import Index, Letter, Pair

AT_ONCE = 150  # sums up to this long cost less than another call of NumPy
MOST = 8  # factors in one call
THREADED = 1 << 15  # beyond it a matrix product may be given to threads, which costs more than it saves
Labelled: TypeAlias = tuple[Array, str]  # a value and the labels of its last axes
Piece: TypeAlias = tuple[Array | None, str]  # None stands for deltas, between labels two by two


class Labels:
    """A character and a length for every letter of a derivation."""

    __slots__ = ("_of", "lengths", "sizes")

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self.sizes = sizes
        self.lengths: dict[str, int] = {}
        self._of: dict[str, str] = {}

    def of(self, letter: Letter) -> str:
        """The character of a letter; within a derivation a name means one letter."""
        label = self._of.get(letter.name)
        if label is None:
            count = len(self._of)
            label = ascii_letters[count] if count < len(ascii_letters) else chr(0x100 + count)
            self._of[letter.name] = label
            self.lengths[label] = letter.dim.size(self.sizes)
        return label

    def all(self, letters: Sequence[Letter]) -> str:
        """The characters of letters, one after the other."""
        try:
            return "".join([self._of[x.name] for x in letters])
        except KeyError:
            return "".join([self.of(x) for x in letters])

    def slow_first(self, index: Index | None) -> str:
        """The labels of an index as array axes in C order: the one that runs fastest comes last."""
        if index is None:
            return ""
        if isinstance(index, Pair):
            return self.slow_first(index.second) + self.slow_first(index.first)
        return self._of.get(index.name) or self.of(index)

    def named(self, value: Array, row: Index | None, col: Index | None) -> Labelled:
        """The matrix axes labelled; a compound index is cut into its letters."""
        if type(row) is Letter and type(col) is Letter:
            return value, self.of(row) + self.of(col)
        if col is None and row is None:
            return value.reshape(value.shape[:-2]), ""
        if col is None and type(row) is Letter:
            return value.reshape(value.shape[:-1]), self.of(row)
        axes = self.slow_first(row) + self.slow_first(col)
        return value.reshape(value.shape[:-2] + tuple([self.lengths[x] for x in axes])), axes

    def delta(self, first: Index | None, second: Index | None) -> str | None:
        """δ of two indices as pairs of labels; None where they are not cut into letters alike."""
        if type(first) is Letter and type(second) is Letter and first.dim is second.dim:
            return self.of(first) + self.of(second)
        rows, cols = self.slow_first(first), self.slow_first(second)
        if [self.lengths[x] for x in rows] != [self.lengths[x] for x in cols]:
            return None
        return "".join([x + y for x, y in zip(rows, cols, strict=True)])

    def eye(self, label: str) -> Array:
        """The identity matrix between two indices of the range of this one; one array for each range."""
        return _eye(self.lengths[label])


@lru_cache(maxsize=64)  # sizes are few
def _eye(n: int) -> Array:
    eye: Array = np.eye(n, dtype=complex).reshape(1, 1, n, n)
    eye.flags.writeable = False
    return eye


def joined(text: str, deltas: str, bound: str) -> tuple[str, str, str]:
    """Σ_j δ_ij f_j = f_i: labels that a delta joins become one where one of them is summed over.

    Given and returned are the labels of the factors, of the deltas and of the sums that are left.
    """
    left = ""
    while deltas:
        x, y, deltas = deltas[0], deltas[1], deltas[2:]
        if y not in bound:
            x, y = y, x
        if x == y or y not in bound:
            left += x + y
        else:
            text, deltas, left = text.replace(y, x), deltas.replace(y, x), left.replace(y, x)
            bound = bound.replace(y, "")
    return text, left, bound


def contracted(factors: list[Labelled], free: str, lengths: Mapping[str, int], moves: int) -> Array:
    """The product of factors, summed over every label that is not free.

    Few numbers are multiplied in one go, `moves` times. Else it is two factors at a time, each with
    the next one that shares a label, so that no sum runs longer than it must.
    """
    if not factors:
        return np.ones((1, 1), dtype=complex)
    left, rest = factors[0], factors[1:]
    if not rest:
        return _ordered(left, free)
    if len(rest) < MOST:
        axes = [axes for _, axes in factors]
        if moves * prod([lengths[x] for x in set("".join(axes))]) <= AT_ONCE * len(rest):
            pattern = f"...{',...'.join(axes)}->...{free}"
            return np.asarray(np.einsum(_pattern(pattern), *[value for value, _ in factors]))
    while rest:
        place = 0
        if len(rest) > 1:
            near = set(left[1])
            place = next((k for k, (_, axes) in enumerate(rest) if not near.isdisjoint(axes)), 0)
        right = rest.pop(place)
        left = _pair(left, right, free + "".join([axes for _, axes in rest]))
    return _ordered(left, free)


def _pair(left: Labelled, right: Labelled, later: str) -> Labelled:
    """Two factors multiplied and summed over the labels that do not come later."""
    (a, x), (b, y) = left, right
    both = x + y
    labels = dict.fromkeys(both)
    kept = "".join([label for label in labels if label in later])
    if kept == both:
        # No label is shared: an outer product.
        high = a.reshape(a.shape + (1,) * len(y)) if y else a
        flat = b.reshape(b.shape[: b.ndim - len(y)] + (1,) * len(x) + b.shape[b.ndim - len(y) :]) if x else b
        return high * flat, kept
    if x == y == kept:
        return a * b, kept
    summed = "".join([label for label in labels if label in x and label in y and label not in later])
    rows = "".join([label for label in x if label not in summed])
    cols = "".join([label for label in y if label not in summed])
    if (
        summed
        and kept == rows + cols
        and len(both) - len(summed) == len(labels)
        and a.size * b.size <= THREADED * prod([a.shape[x.index(label) - len(x)] for label in summed])
    ):
        # What is summed stands once in each: a matrix product.
        out = _matrix(left, rows, summed) @ _matrix(right, summed, cols)
        place = a.ndim - len(x), b.ndim - len(y)
        tall = [a.shape[place[0] + x.index(label)] for label in rows]
        wide = [b.shape[place[1] + y.index(label)] for label in cols]
        return out.reshape((*out.shape[:-2], *tall, *wide)), kept
    return np.einsum(_pattern(f"...{x},...{y}->...{kept}"), a, b), kept


def _matrix(factor: Labelled, rows: str, cols: str) -> Array:
    """An array as matrices, with several labels on each side."""
    value, axes = factor
    lead = value.ndim - len(axes)
    if axes != rows + cols:
        value = value.transpose((*range(lead), *[lead + axes.index(label) for label in rows + cols]))
    if len(rows) == 1 == len(cols):
        return value
    shape, place = value.shape, lead + len(rows)
    return value.reshape((*shape[:lead], prod(shape[lead:place]), prod(shape[place:])))


def _ordered(factor: Labelled, free: str) -> Array:
    value, axes = factor
    if axes == free:
        return value
    if len(axes) == len(free) and set(axes) == set(free):
        lead = value.ndim - len(axes)
        return value.transpose((*range(lead), *[lead + axes.index(x) for x in free]))
    return np.asarray(np.einsum(_pattern(f"...{axes}->...{free}"), value))


def _pattern(text: str) -> str:
    """A pattern for einsum, which reads plain letters only; a product of two has never too many of them."""
    if text.isascii():
        return text
    spare = iter([x for x in ascii_letters if x not in text])
    return text.translate({ord(x): next(spare) for x in dict.fromkeys(text) if x > "~"})
