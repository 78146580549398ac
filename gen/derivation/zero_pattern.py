"""Which entries of a matrix are zero whatever its symbols are, and what those of a constant are."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from gen.derivation.evaluate import Numbers, OutOfDomainError
from gen.derivation.points import Stream, draw
from gen.language.node import Node

_MOODS = (0, 1, 2, 3)  # any sign, positive, small, near a multiple of the identity
_TINY = 1e-12
_SIMPLE = 1000  # the largest denominator of a number that is given as a fraction


def not_zero(node: Node, sizes: dict[str, int]) -> tuple[tuple[bool, ...], ...]:
    """Which entries are not zero at some of many points; all of them where no point is in the domain."""
    found = np.zeros((node.rows.size(sizes), node.cols.size(sizes)), dtype=bool)
    stream, symbols = Stream(), tuple(dict.fromkeys(_symbols(node)))
    known = False
    for mood in _MOODS if symbols else _MOODS[:1]:
        values = {symbol.name: draw(symbol, sizes, stream, mood) for symbol in symbols}
        try:
            with np.errstate(all="ignore"):
                value = Numbers(values, sizes).node(node)[:, 0]
        except (OutOfDomainError, np.linalg.LinAlgError):
            continue
        known = True
        found |= np.any(~(np.abs(value) < _TINY), axis=0)
    return tuple(tuple(bool(entry) or not known for entry in row) for row in found)


def constant_entry(node: Node, row: int, column: int, sizes: dict[str, int]) -> Fraction | None:
    """An entry, counted from 0, of a matrix without symbols; None where it is no simple fraction."""
    if node.names:
        return None
    value = float(Numbers({}, sizes).node(node)[0, 0, row, column].real)
    number = Fraction(value).limit_denominator(_SIMPLE)
    return number if abs(number - value) < _TINY else None


def _symbols(node: Node) -> Iterator[Node]:
    if node.kind == "symbol":
        yield node
    for arg in node.args:
        yield from _symbols(arg)
