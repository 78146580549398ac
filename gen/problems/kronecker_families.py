"""Families on vec and the Kronecker product."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.parts import constant, filled, scale
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _vec(pick: Pick, cast: Cast) -> Derive:
    """The Jacobian of vec of a product, with a second term that may hold the variable too."""
    m, n, p, q = cast.dims(4)
    x = cast.new("matrix", n, p)
    left, right = constant(pick, cast, m, n), constant(pick, cast, p, q)
    form = f"{scale(pick)}{left}*{x}*{right}"
    form += filled(
        pick(" + {C}*{X}*{D}", " - {C}*{X}*{D}", " + {C}*{X}*{R}", " - {L}*{X}*{D}", " + 2*{C}*{X}*{D}"),
        X=x,
        L=left,
        R=right,
        C=lambda: constant(pick, cast, m, n),
        D=lambda: constant(pick, cast, p, q),
    )
    return Derive(form, x, cast.symbols, kind="vecjac")


def _quadratic_vec(pick: Pick, cast: Cast) -> Derive:
    """The Jacobian of vec of a product in which the variable stands twice."""
    m, n, p = cast.dims(3)
    x = cast.new("matrix", m, n)
    form = filled(
        pick("{X}'*{A}*{X}", "{X}*{B}*{X}'", "{X}'*{A}*{X}*{C}", "{D}*{X}'*{A}*{X}", "{X}*{E}*{X}"),
        X=x,
        A=lambda: constant(pick, cast, m, m),
        B=lambda: constant(pick, cast, n, n),
        C=lambda: constant(pick, cast, n, p),
        D=lambda: constant(pick, cast, p, n),
        E=lambda: constant(pick, cast, n, m),
    )
    return Derive(scale(pick) + form, x, cast.symbols, kind="vecjac")


def _product(pick: Pick, cast: Cast) -> Derive:
    """A Kronecker product with a vector in it, by the vector."""
    n, p = cast.dims(2)
    x = cast.new("vector", n)
    m = cast.dim()
    live = filled(pick("{A}*{x}", "{x}", "{c}.*{x}"), A=lambda: constant(pick, cast, m, n), x=x, c=lambda: cast.new("fixed", n))
    still = filled(pick("{b}", "{B}*{b}"), b=lambda: cast.new("fixed", p), B=lambda: constant(pick, cast, p, p))
    form = pick("kron({0}, {1})", "kron({1}, {0})").format(live, still)
    return Derive(scale(pick) + form, x, cast.symbols)


def _form(pick: Pick, cast: Cast) -> Derive:
    """A quadratic form in vec(X) with a Kronecker product in the middle, and its like."""
    n, p = cast.dims(2)
    x = cast.new("matrix", n, p)
    form = filled(
        pick(
            "vec({X})'*kron({B}, {A})*vec({X})",
            "vec({X})'*vec({A}*{X}*{B})",
            "vec({X})'*kron({B}, {A})*vec({C})",
            "vec({C})'*kron({B}, {A})*vec({X})",
            "vec({C})'*vec({A}*{X}*{B})",
        ),
        X=x,
        A=lambda: constant(pick, cast, n, n),
        B=lambda: constant(pick, cast, p, p),
        C=lambda: constant(pick, cast, n, p),
    )
    return Derive(scale(pick) + form, x, cast.symbols)


KRONECKER_FAMILIES: tuple[Family, ...] = (
    Family(
        "vec-of-products",
        "Jacobian of vec of products",
        "kronecker",
        "write vec(AXB) as a Kronecker product times vec(X), term by term",
        _vec,
    ),
    Family(
        "vec-of-a-quadratic",
        "Jacobian of vec of a quadratic product",
        "kronecker",
        "use the product rule for vec, and the commutation matrix for a transpose",
        _quadratic_vec,
    ),
    Family(
        "kronecker-of-vectors",
        "Kronecker product of vectors",
        "kronecker",
        "place blocks: which factor of a Kronecker product runs faster",
        _product,
    ),
    Family(
        "kronecker-form",
        "Forms in vec and Kronecker products",
        "kronecker",
        "turn a form in vec(X) into a trace and read its gradient off as a matrix",
        _form,
    ),
)
