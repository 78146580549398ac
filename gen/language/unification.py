"""Unknown dimensions of one expression, and what its operations say about them."""

from __future__ import annotations

from math import gcd
from typing import Literal

from gen.language.dimension import ONE, Dim, named, product

# Without a bound, b = a², c = b², ... would double the length of a dimension at each step.
MAX_FACTORS = 64

Outcome = Literal["equal", "one", "different", "open"]


class Unknowns:
    """Dimensions yet to be found, as names beginning with `?`, and those found.

    An unknown is never 1: a name that is read as a vector or a matrix is one, so
    an operation that would force a dimension to 1 is a mistake to be told.
    `count` is how many were made.
    """

    def __init__(self) -> None:
        self.count = 0
        self._found: dict[str, Dim] = {}

    def fresh(self) -> Dim:
        """A new unknown."""
        self.count += 1
        return named(f"?{self.count:05d}")

    def resolve(self, dim: Dim) -> Dim:
        """A dimension with what has been found put in."""
        if len(dim.names) == 1 and dim.factor == 1:
            # By far the most frequent case.
            found = self._found.get(dim.names[0])
            return dim if found is None else self.resolve(found)
        if not any(name in self._found for name in dim.names):
            return dim
        parts = (self.resolve(self._found[n]) if n in self._found else named(n) for n in dim.names)
        return product((Dim(dim.factor), *parts))

    def unify(self, left: Dim, right: Dim) -> Outcome:
        """Make two dimensions equal.

        "one": only a dimension of 1 could do it; "different": they cannot be
        equal; "open": two unknowns stand in a product, so nothing can be said yet.
        """
        if left == right:
            return "equal"
        left, right = _cancelled(self.resolve(left), self.resolve(right))
        if len(left.names) + len(right.names) > MAX_FACTORS:
            return "different"
        if left == right:
            return "equal"
        # The later of two unknowns is replaced by the earlier, whose name comes first.
        sides = ((left, right), (right, left))
        for alone, other in sorted(sides, key=lambda side: side[0].names, reverse=True):
            if alone.factor == 1 and len(alone.names) == 1 and is_unknown(alone.names[0]):
                if other.is_one:
                    return "one"
                self._found[alone.names[0]] = other
                return "equal"
        if not any(is_unknown(name) for name in left.names + right.names):
            return "different"
        roots = set(left.names), set(right.names)
        if left.factor == right.factor == len(roots[0]) == len(roots[1]) and len(left.names) == len(
            right.names
        ):
            # m·m = n·n
            return self.unify(named(left.names[0]), named(right.names[0]))
        return "one" if ONE in (left, right) else "open"


def is_unknown(name: str) -> bool:
    """Is it an unknown's name?"""
    return name.startswith("?")


def unknowns_in(dim: Dim) -> tuple[str, ...]:
    """The unknowns of a dimension in the order they were made."""
    return tuple(name for name in dim.names if is_unknown(name))


def _cancelled(left: Dim, right: Dim) -> tuple[Dim, Dim]:
    """Two dimensions without their common factors."""
    rest = list(right.names)
    kept = []
    for name in left.names:
        if name in rest:
            rest.remove(name)
        else:
            kept.append(name)
    common = gcd(left.factor, right.factor)
    return Dim(left.factor // common, tuple(kept)), Dim(right.factor // common, tuple(rest))
