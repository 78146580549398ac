"""Families on the inverse of a matrix."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, scale
from gen.problems.parts import filled
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _inverted(pick: Pick, cast: Cast, size: str) -> tuple[str, str]:
    """The inverse of the variable, perhaps with something added to it; and the variable."""
    kind = pick("plain", "matrix", "identity")
    name = cast.new("matrix", size, size, domain="nonsing" if kind == "plain" else "spd")
    if kind == "plain":
        inside = name
    elif kind == "matrix":
        added = cast.new("constant", size, size, domain="spd")
        inside = pick("{0} + {1}", "{1} + {0}", "2*{0} + {1}", "{1} + 3*{0}").format(name, added)
    else:
        weight = filled(pick("{a}*", "2*", ""), a=lambda: cast.new("scalar", domain="positive"))
        inside = pick("{0} + {1}eye({2})", "{1}eye({2}) + {0}").format(name, weight, size)
    return f"inv({inside})", name


def _scalar(pick: Pick, cast: Cast) -> Derive:
    """A trace or a bilinear form with an inverse in the middle."""
    n = cast.dim()
    inverse, name = _inverted(pick, cast, n)
    front = scale(pick, cast)
    if pick(False, True):
        left = cast.new("fixed", n)
        right = cast.new("fixed", n) if pick(True, False) else left
        form = f"{left}'*{inverse}*{right}"
    else:
        m = cast.dim()
        form = f"tr({constants(pick, cast, m, n)}*{inverse}*{constants(pick, cast, n, m)})"
    form += filled(
        pick("", " + tr({A}*{X})", " - tr({A}*{X})"), A=lambda: constants(pick, cast, n, n), X=name
    )
    return Derive(front + form, name, cast.symbols)


def _matrix(pick: Pick, cast: Cast) -> Derive:
    """A matrix with an inverse in it, by the matrix inverted."""
    n, m, p = cast.dims(3)
    inverse, name = _inverted(pick, cast, n)
    left = filled(
        pick("{A}*", "{A}*{B}*"), A=lambda: constants(pick, cast, m, n), B=lambda: constants(pick, cast, n, n)
    )
    if pick(True, False):
        form = f"{left}{inverse}*{constants(pick, cast, n, p)}"
    else:
        form = f"{left}{inverse}*{cast.new('fixed', n)}"
    return Derive(scale(pick, cast) + form, name, cast.symbols)


INVERSE_FAMILIES: tuple[Family, ...] = (
    Family(
        "inverse-in-a-scalar",
        "Trace or bilinear form of an inverse",
        "inverse",
        "differentiate an inverse between two factors and find the transposes of the gradient",
        _scalar,
    ),
    Family(
        "inverse-in-a-matrix",
        "Products with an inverse",
        "inverse",
        "differentiate an inverse entry by entry: the derivative stands between two inverses",
        _matrix,
    ),
)
