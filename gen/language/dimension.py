"""Dimensions: whole numbers, names and products of them (`k*n`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final


class Dim:
    """A monomial: `factor` times the product of `names` (sorted, so n*p is p*n)."""

    __slots__ = ("factor", "is_one", "names")

    def __init__(self, factor: int, names: tuple[str, ...] = ()) -> None:
        self.factor: Final = factor
        self.names: Final = names
        self.is_one: Final = factor == 1 and not names

    def __hash__(self) -> int:
        return hash(self.names)

    def __eq__(self, other: object) -> bool:
        # Most dimensions that are compared are one object.
        return self is other or (
            isinstance(other, Dim) and self.names == other.names and self.factor == other.factor
        )

    def __repr__(self) -> str:
        return f"Dim({self.text()})"

    def __mul__(self, other: Dim) -> Dim:
        if other.is_one:
            return self
        if self.is_one:
            return other
        return Dim(self.factor * other.factor, tuple(sorted(self.names + other.names)))

    def text(self) -> str:
        """As typed: `3`, `n`, `2*n`, `k*n`."""
        parts = list(self.names)
        if self.factor != 1 or not parts:
            parts.insert(0, str(self.factor))
        return "*".join(parts)

    def json(self) -> int | str:
        """A number where it is one, else the text."""
        return self.factor if not self.names else self.text()

    def size(self, sizes: Mapping[str, int]) -> int:
        """The number it stands for when every name has a value."""
        out = self.factor
        for name in self.names:
            out *= sizes[name] if name in sizes else _triangle_size(name, sizes)
        return out

    def over(self, other: Dim) -> Dim | None:
        """This dimension divided by another, or None where that leaves a rest."""
        names = list(self.names)
        for name in other.names:
            if name not in names:
                return None
            names.remove(name)
        if self.factor % other.factor:
            return None
        return Dim(self.factor // other.factor, tuple(names))


ONE = Dim(1)


def triangle(dim: Dim) -> Dim:
    """n(n+1)/2, the length of vech of an n × n matrix; it stays one factor, `n*(n+1)/2`."""
    if not dim.names:
        return Dim(dim.factor * (dim.factor + 1) // 2)
    return Dim(1, (f"{dim.text()}*({dim.text()}+1)/2",))


def _triangle_size(name: str, sizes: Mapping[str, int]) -> int:
    base = 1
    for part in name.partition("*(")[0].split("*"):
        base *= int(part) if part.isdigit() else sizes[part]
    return base * (base + 1) // 2


def named(name: str) -> Dim:
    """The dimension called `name`."""
    return Dim(1, (name,))


def product(dims: Iterable[Dim]) -> Dim:
    """The product of dimensions."""
    out = ONE
    for dim in dims:
        out = out * dim
    return out
