"""Families on Jacobians: vectors in which the variable stands twice, and quotients."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, scale
from gen.problems.parts import SMOOTH, filled, shifted
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _scaled(pick: Pick, cast: Cast) -> Derive:
    """A vector times a scalar, both with the variable in them."""
    m, n = cast.dims(2)
    x = cast.new("vector", n)
    factor = filled(
        pick("({a}'*{x})", "({x}'*{M}*{x})", "({x}'*{x})", "({a}'*{M}*{x})"),
        x=x,
        a=lambda: cast.new("fixed", n),
        M=lambda: constants(pick, cast, n, n),
    )
    size = pick(m, n)
    vector = f"{constants(pick, cast, size, n)}*{x}"
    form = pick("{f}*{v}", "{v}*{f}").format(f=factor, v=vector)
    return Derive(f"{scale(pick, cast)}{form}{shifted(pick, cast, size)}", x, cast.symbols)


def _entrywise(pick: Pick, cast: Cast) -> Derive:
    """An elementwise product of two vectors, both with the variable in them."""
    m, n = cast.dims(2)
    x = cast.new("vector", n)
    bare = pick(False, True)
    size = n if bare else m
    one = x if bare else f"({constants(pick, cast, size, n)}*{x})"
    other = f"({constants(pick, cast, size, n)}*{x}{shifted(pick, cast, size)})"
    form = pick("{0}.*{1}", "{1}.*{0}", "diag({0})*{1}", "diag({1})*{0}").format(one, other)
    return Derive(scale(pick, cast) + form, x, cast.symbols)


def _quotient(pick: Pick, cast: Cast) -> Derive:
    """A vector divided by a scalar, both with the variable in them."""
    m, n = cast.dims(2)
    x = cast.new("vector", n, domain="positive")
    below = filled(
        pick(
            "({a}'*{x})",
            "({x}'*{M}*{x})",
            "({x}'*{x})",
            "({a}'*{x} + {c})",
            "({x}'*{x} + {c})",
            "(2*{a}'*{x})",
        ),
        x=x,
        a=lambda: cast.new("fixed", n, domain="positive"),
        c=lambda: cast.new("scalar", domain="positive"),
        M=lambda: cast.new("constant", n, n, domain="positive"),
    )
    size = pick(m, n)
    above = f"{constants(pick, cast, size, n)}*{x}"
    return Derive(f"{scale(pick, cast)}{above}/{below}{shifted(pick, cast, size)}", x, cast.symbols)


def _one_layer(pick: Pick, cast: Cast) -> Derive:
    """A matrix times an elementwise function of an affine map."""
    m, n, p = cast.dims(3)
    x = cast.new("vector", n)
    inside = f"{constants(pick, cast, p, n)}*{x}{shifted(pick, cast, p)}"
    function = pick(*SMOOTH, "cos", "arctan", "exp")
    outer = f"{constants(pick, cast, m, p)}*{function}({inside})"
    return Derive(scale(pick, cast) + outer, x, cast.symbols)


JACOBIAN_FAMILIES: tuple[Family, ...] = (
    Family(
        "jacobian-scalar-times-vector",
        "Jacobian of a scalar times a vector",
        "jacobian",
        "use the product rule and see an outer product arise beside a multiple of a matrix",
        _scaled,
    ),
    Family(
        "jacobian-entrywise-product",
        "Jacobian of an entrywise product",
        "jacobian",
        "write an entrywise factor as a diagonal matrix",
        _entrywise,
    ),
    Family(
        "jacobian-quotient",
        "Jacobian of a quotient",
        "jacobian",
        "use the quotient rule for a vector over a scalar",
        _quotient,
    ),
    Family(
        "jacobian-of-a-layer",
        "Jacobian of a layer",
        "jacobian",
        "place the slopes of an elementwise function on a diagonal between two matrices",
        _one_layer,
    ),
)
