"""Shape rules as text: `n x n -> scalar`, `m x n, p x q -> m*p x n*q`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from gen.language.characters import is_name
from gen.language.dimension import ONE, Dim, named, product


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shape with dimension names for any dimension; `same` stands for any shape."""

    rows: Dim = ONE
    cols: Dim = ONE
    same: bool = False
    is_square: bool = field(init=False, repr=False)  # one name for both dimensions
    is_vector: bool = field(init=False, repr=False)  # a column

    def __post_init__(self) -> None:
        square, vector = self.rows == self.cols != ONE, self.cols == ONE and self.rows != ONE
        object.__setattr__(self, "is_square", square and not self.same)
        object.__setattr__(self, "is_vector", vector and not self.same)


@dataclass(frozen=True, slots=True)
class Signature:
    """The shapes of the arguments and of the value."""

    params: tuple[Pattern, ...]
    result: Pattern


def signature(text: str) -> Signature:
    """The signature a function's record writes as text.

    Raises ValueError for a text that is none: records are program, not input.
    """
    left, arrow, right = text.partition("->")
    if not arrow:
        raise ValueError(f"no arrow in the signature {text!r}")
    return Signature(tuple(_pattern(p) for p in left.split(",")), _pattern(right))


@lru_cache(maxsize=256)
def dimension_of(text: str) -> Dim | None:
    """`n`, `3` or `2*k*n` as a dimension; None for anything else, and for numbers below 1.

    Equal dimensions of one question are one object: most comparisons then end at once.
    """
    if is_name(text):
        return named(text)
    parts = []
    for word in text.split("*"):
        word = word.strip()
        if word.isascii() and word.isdigit() and int(word) >= 1:
            parts.append(Dim(int(word)))
        elif is_name(word):
            parts.append(named(word))
        else:
            return None
    dim = product(parts)
    return ONE if dim.is_one else dim


def _pattern(text: str) -> Pattern:
    words = text.split()
    if words == ["same"]:
        return Pattern(same=True)
    if words == ["scalar"]:
        return Pattern()
    dims = [dim for word in words[::2] if (dim := dimension_of(word)) is not None]
    if len(words) not in (1, 3) or words[1::2] not in ([], ["x"]) or len(dims) != len(words[::2]):
        raise ValueError(f"no shape: {text!r}")
    return Pattern(dims[0], dims[1] if len(dims) == 2 else ONE)
