"""Families on vec and the Kronecker product."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, operand, scale
from gen.problems.parts import filled, one_or_two
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _one_product(pick: Pick, cast: Cast) -> Derive:
    """The Jacobian of vec of one product with the variable in it."""
    m, n, p, q = cast.dims(4)
    text, x = operand(pick, cast, "matrix", n, p)
    form = filled(
        pick(
            "{A}*{X}*{B}",
            "{A}*{C}*{X}*{B}",
            "{A}*{X}*{D}*{B}",
            "{A}*{X}*{b}",
            "{A}*{C}*{X}*{b}",
            "{A}*{X}*{D}*{b}",
        ),
        X=text,
        A=lambda: constants(pick, cast, m, n),
        B=lambda: constants(pick, cast, p, q),
        C=lambda: constants(pick, cast, n, n),
        D=lambda: constants(pick, cast, p, p),
        b=lambda: cast.new("fixed", p),
    )
    return Derive(scale(pick, cast) + form, x, cast.symbols, kind="vecjac")


def _block(pick: Pick, cast: Cast) -> Derive:
    """The Jacobian of vec of a Kronecker product by one of its factors."""
    m, n, p, q = cast.dims(4)
    text, x = operand(pick, cast, "matrix", p, q)
    still = filled(
        pick("{A}", "{A} + {B}", "{A} - {B}", "{C}*{A}"),
        A=lambda: one_or_two(pick, cast, m, n),
        B=lambda: constants(pick, cast, m, n),
        C=lambda: constants(pick, cast, m, m),
    )
    form = pick("kron({0}, {1})", "kron({1}, {0})").format(text, still)
    return Derive(scale(pick, cast) + form, x, cast.symbols, kind="vecjac")


def _vec(pick: Pick, cast: Cast) -> Derive:
    """The Jacobian of vec of two products, each with the variable between constants."""
    m, n, p, q = cast.dims(4)
    x = cast.new("matrix", n, p)
    left, right = constants(pick, cast, m, n), constants(pick, cast, p, q)
    form = f"{scale(pick, cast)}{left}*{x}*{right}"
    form += pick(" + ", " - ") + filled(
        pick(
            "{C}*{X}*{D}", "{C}*{X}*{R}", "{L}*{X}*{D}", "{C}*{E}*{X}*{D}", "{C}*{X}*{F}*{D}", "2*{C}*{X}*{D}"
        ),
        X=x,
        L=left,
        R=right,
        C=lambda: constants(pick, cast, m, n),
        D=lambda: constants(pick, cast, p, q),
        E=lambda: constants(pick, cast, n, n),
        F=lambda: constants(pick, cast, p, p),
    )
    return Derive(form, x, cast.symbols, kind="vecjac")


def _quadratic_vec(pick: Pick, cast: Cast) -> Derive:
    """The Jacobian of vec of a product in which the variable stands twice, once transposed."""
    m, n, p = cast.dims(3)
    x = cast.new("matrix", m, n)
    form = filled(
        pick(
            "{X}'*{A}*{X}*{C}",
            "{D}*{X}'*{A}*{X}",
            "{X}*{B}*{X}'*{F}",
            "{G}*{X}*{B}*{X}'",
            "{X}'*{A}*{X}*{I}*{C}",
            "{D}*{X}'*{A}*{E}*{X}",
            "{K}*{X}'*{A}*{X}*{C}",
        ),
        X=x,
        A=lambda: constants(pick, cast, m, m),
        E=lambda: constants(pick, cast, m, m),
        B=lambda: constants(pick, cast, n, n),
        C=lambda: one_or_two(pick, cast, n, p),
        D=lambda: one_or_two(pick, cast, p, n),
        F=lambda: one_or_two(pick, cast, m, p),
        G=lambda: one_or_two(pick, cast, p, m),
        I=lambda: constants(pick, cast, n, n),
        K=lambda: constants(pick, cast, n, n),
    )
    return Derive(scale(pick, cast) + form, x, cast.symbols, kind="vecjac")


def _product(pick: Pick, cast: Cast) -> Derive:
    """A Kronecker product of two vectors, by one of them."""
    m, n, p = cast.dims(3)
    x = cast.new("vector", n)
    live = filled(
        pick("{A}*{x}", "{x}", "{c}.*{x}", "diag({c})*{x}", "{A}*{B}*{x}"),
        A=lambda: constants(pick, cast, m, n),
        B=lambda: constants(pick, cast, n, n),
        x=x,
        c=lambda: cast.new("fixed", n),
    )
    still = filled(
        pick("{b}", "{B}*{b}", "({b} + {d})", "({b} - {d})"),
        b=lambda: cast.new("fixed", p),
        d=lambda: cast.new("fixed", p),
        B=lambda: constants(pick, cast, p, p),
    )
    form = pick("kron({0}, {1})", "kron({1}, {0})").format(live, still)
    return Derive(scale(pick, cast) + form, x, cast.symbols)


def _form(pick: Pick, cast: Cast) -> Derive:
    """A quadratic form in vec(X), perhaps with a linear term."""
    n, p = cast.dims(2)
    x = cast.new("matrix", n, p)
    square = filled(
        pick(
            "vec({X})'*kron({B}, {A})*vec({X})",
            "vec({X})'*kron({B}, {A}*{C})*vec({X})",
            "vec({X})'*vec({A}*{X}*{B})",
            "vec({A}*{X}*{B})'*vec({X})",
        ),
        X=x,
        A=lambda: constants(pick, cast, n, n),
        B=lambda: constants(pick, cast, p, p),
        C=lambda: constants(pick, cast, n, n),
    )
    linear = filled(
        pick("vec({C})'*vec({X})", "vec({D}*{C})'*vec({X})", "vec({X})'*vec({C})", "vec({X})'*vec({D}*{C})"),
        X=x,
        C=lambda: cast.new("constant", n, p),
        D=lambda: constants(pick, cast, n, n),
    )
    form = pick("{0} + {1}", "{0} - {1}", "{1} - {0}", "-{0} - {1}").format(square, linear)
    return Derive(form, x, cast.symbols)


KRONECKER_FAMILIES: tuple[Family, ...] = (
    Family(
        "vec-of-a-product",
        "Jacobian of vec of a product",
        "kronecker",
        "write vec(AXB) as a Kronecker product times vec(X)",
        _one_product,
    ),
    Family(
        "kronecker-by-a-factor",
        "Kronecker product by a factor",
        "kronecker",
        "separate vec of a Kronecker product into the vecs of its factors",
        _block,
    ),
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
