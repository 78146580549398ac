"""Operands of families: matrices, perhaps transposed, chains of them, factors in front.

Everything here answers with text of the matrix language; the names are declared with the cast.
"""

from __future__ import annotations

from itertools import pairwise

from gen.problems.cast import Cast
from gen.problems.pick import Pick


def operand(pick: Pick, cast: Cast, role: str, rows: str, cols: str, *, domain: str = "") -> tuple[str, str]:
    """A matrix of a shape, as it is or as the transpose of one: its text, and its name."""
    turned = pick(False, True)
    name = cast.new(role, *((cols, rows) if turned else (rows, cols)), domain=domain)
    return name + "'" * turned, name


def constants(pick: Pick, cast: Cast, *dims: str) -> str:
    """A product of constant matrices from `dims[0]` rows to `dims[-1]` columns, any of them transposed."""
    return "*".join(operand(pick, cast, "constant", *pair)[0] for pair in pairwise(dims))


def chain(pick: Pick, cast: Cast, dims: tuple[str, ...], place: int, role: str = "matrix") -> tuple[str, str]:
    """A product of matrices, the one at `place` being the variable; its text, and the variable's name."""
    found = [
        operand(pick, cast, role if k == place else "constant", *pair)
        for k, pair in enumerate(pairwise(dims))
    ]
    return "*".join(text for text, _ in found), found[place][1]


def chain_dims(pick: Pick, cast: Cast, count: int) -> tuple[str, ...]:
    """The dimensions along a product of `count` factors: all different, or all equal."""
    return (cast.dim(),) * (count + 1) if pick(False, True) else cast.dims(count + 1)


def scale(pick: Pick, cast: Cast) -> str:
    """What stands in front: nothing, a sign, a number or a scalar."""
    form = pick("", "2*", "3*", "-", "scalar")
    return f"{cast.new('scalar')}*" if form == "scalar" else form


def sign(pick: Pick) -> str:
    """Plus or minus between two terms."""
    return pick(" + ", " - ")
