"""Shapes and pieces of source in words, for messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gen.language.dimension import ONE, Dim, named, product
from gen.language.names import fresh_dimensions
from gen.language.signature import Pattern
from gen.language.unification import is_unknown

LONGEST = 40


def names_for(dims: Iterable[Dim], used: Iterable[str]) -> dict[str, Dim]:
    """A name for every unknown, in the order in which they appear, avoiding those in use."""
    unknown = tuple(dict.fromkeys(name for dim in dims for name in dim.names if is_unknown(name)))
    fresh = fresh_dimensions(frozenset(used), alone=len(unknown) == 1)
    return {name: named(letter) for name, letter in zip(unknown, fresh, strict=False)}


def renamed(dim: Dim, names: Mapping[str, Dim]) -> Dim:
    """A dimension with names put in for its unknowns."""
    if len(dim.names) == 1 and dim.factor == 1:
        return names.get(dim.names[0], dim)
    if not any(name in names for name in dim.names):
        return dim
    return product((Dim(dim.factor), *(names.get(name, named(name)) for name in dim.names)))


def shape_words(rows: Dim, cols: Dim) -> str:
    """`a scalar` or `m × n`."""
    words = "a scalar" if rows == cols == ONE else f"{rows.text()} × {cols.text()}"
    return excerpt(words, 0, len(words))


def pattern_words(pattern: Pattern) -> str:
    """What an argument must be."""
    if pattern.is_square:
        return "a square matrix"
    if pattern.is_vector:
        return "a column vector"
    return "a scalar" if pattern.rows == pattern.cols == ONE else "a matrix"


def excerpt(source: str, start: int, end: int) -> str:
    """A piece of the source on one line, cut when it is long."""
    piece = " ".join(source[start:end].split())
    return piece if len(piece) <= LONGEST else piece[: LONGEST - 1] + "…"
