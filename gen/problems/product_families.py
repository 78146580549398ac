"""Families on products, traces and quadratic forms."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _trace(pick: Pick, cast: Cast) -> Derive:
    """tr of a product of two to four matrices, one of them the variable; any may be transposed."""
    count = pick(2, 3, 4)
    place = pick(*range(count))
    dims = cast.dims(count)
    factors: list[str] = []
    wrt = ""
    for k in range(count):
        rows, cols = dims[k], dims[(k + 1) % count]
        turned = pick(False, True)
        shape = (cols, rows) if turned else (rows, cols)
        name = cast.new("matrix" if k == place else "constant", *shape)
        wrt = name if k == place else wrt
        factors.append(name + "'" * turned)
    scale = pick("", "2*", "3*", "-")
    return Derive(f"{scale}tr({'*'.join(factors)})", wrt, cast.symbols)


PRODUCT_FAMILIES: tuple[Family, ...] = (
    Family(
        "trace-product",
        "Trace of a product",
        "traces",
        "write a trace with indices and read the gradient off as a product of transposes",
        _trace,
    ),
)
