"""Families on second derivatives."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, scale
from gen.problems.parts import SMOOTH, filled, shifted
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _linear(pick: Pick, cast: Cast, x: str, size: str) -> str:
    """A linear form of a vector."""
    return filled(
        pick("{b}'*{x}", "{x}'*{b}", "{b}'*{C}*{x}", "{x}'*{C}*{b}"),
        x=x,
        b=lambda: cast.new("fixed", size),
        C=lambda: constants(pick, cast, size, size),
    )


def _quadratic(pick: Pick, cast: Cast) -> Derive:
    """A quadratic form with a linear term, or a product of two linear forms."""
    n = cast.dim()
    x = cast.new("vector", n)
    if pick("form", "product") == "product":
        form = f"({_linear(pick, cast, x, n)})*({_linear(pick, cast, x, n)})"
    else:
        square = filled(
            pick("{x}'*{A}*{x}", "{x}'*{A}*{B}*{x}", "({A}*{x})'*({B}*{x})"),
            x=x,
            A=lambda: constants(pick, cast, n, n),
            B=lambda: constants(pick, cast, n, n),
        )
        form = pick("{0} + {1}", "{0} - {1}", "{1} - {0}").format(square, _linear(pick, cast, x, n))
        return Derive(form, x, cast.symbols, order=2)
    return Derive(scale(pick, cast) + form, x, cast.symbols, order=2)


def _cubic(pick: Pick, cast: Cast) -> Derive:
    """A quadratic form times a linear one."""
    n = cast.dim()
    x = cast.new("vector", n)
    linear = _linear(pick, cast, x, n)
    square = filled(
        pick("{x}'*{A}*{x}", "{x}'*{x}", "{x}'*{A}*{B}*{x}"),
        x=x,
        A=lambda: constants(pick, cast, n, n),
        B=lambda: constants(pick, cast, n, n),
    )
    form = pick("({0})*({1})", "({1})*({0})").format(square, linear)
    return Derive(scale(pick, cast) + form, x, cast.symbols, order=2)


def _elementwise(pick: Pick, cast: Cast) -> Derive:
    """A sum of an elementwise function of an affine map."""
    m, n = cast.dims(2)
    x = cast.new("vector", n)
    inside = f"{constants(pick, cast, m, n)}*{x}{shifted(pick, cast, m)}"
    function = pick("exp", "softplus", "sigmoid", "tanh", "sin", "cos", "cosh")
    outer = filled(pick("sum({f})", "{c}'*{f}"), f=f"{function}({inside})", c=lambda: cast.new("fixed", m))
    return Derive(scale(pick, cast) + outer, x, cast.symbols, order=2)


def _along_a_form(pick: Pick, cast: Cast) -> Derive:
    """A function of one linear form, or of a log of a sum of exponentials."""
    m, n = cast.dims(2)
    x = cast.new("vector", n)
    function = pick(*SMOOTH, "exp", "cos", "cosh", "logsumexp", "cube")
    if function == "logsumexp":
        form = f"logsumexp({constants(pick, cast, m, n)}*{x}{shifted(pick, cast, m)})"
    else:
        linear = filled(
            pick("{b}'*{x}", "{b}'*{C}*{x}"),
            x=x,
            b=lambda: cast.new("fixed", n),
            C=lambda: constants(pick, cast, n, n),
        )
        linear += filled(pick("", " + {a}", " - {a}"), a=lambda: cast.new("scalar"))
        form = f"({linear})^3" if function == "cube" else f"{function}({linear})"
    return Derive(scale(pick, cast) + form, x, cast.symbols, order=2)


def _matrix(pick: Pick, cast: Cast) -> Derive:
    """The Hessian of a quadratic trace by vec of a matrix."""
    m, n = cast.dims(2)
    x = cast.new("matrix", m, n)
    form = filled(
        pick(
            "tr({X}'*{A}*{X}*{B})",
            "tr({B}*{X}'*{A}*{X})",
            "tr({X}*{B}*{X}'*{A})",
            "tr({X}'*{A}*{E}*{X}*{B})",
            "tr({X}*{C}*{X}*{D})",
            "tr({C}*{X}*{D}*{X})",
        ),
        X=x,
        A=lambda: constants(pick, cast, m, m),
        B=lambda: constants(pick, cast, n, n),
        C=lambda: constants(pick, cast, n, m),
        D=lambda: constants(pick, cast, n, m),
        E=lambda: constants(pick, cast, m, m),
    )
    linear = filled(pick("", " + tr({F}*{X})", " - tr({F}*{X})"), X=x, F=lambda: constants(pick, cast, n, m))
    return Derive(scale(pick, cast) + form + linear, x, cast.symbols, kind="vechess", order=2)


HESSIAN_FAMILIES: tuple[Family, ...] = (
    Family(
        "hessian-quadratic",
        "Hessian of a quadratic function",
        "hessian",
        "differentiate twice and find a symmetric matrix without assuming that A is symmetric",
        _quadratic,
    ),
    Family(
        "hessian-cubic",
        "Hessian of a cubic function",
        "hessian",
        "keep the cross terms of both sides when a product is differentiated twice",
        _cubic,
    ),
    Family(
        "hessian-elementwise",
        "Hessian of a sum over elements",
        "hessian",
        "find a diagonal matrix between a matrix and its transpose",
        _elementwise,
    ),
    Family(
        "hessian-of-a-function-of-a-form",
        "Hessian of a function of a linear form",
        "hessian",
        "find an outer product from the chain rule, twice",
        _along_a_form,
    ),
    Family(
        "hessian-by-a-matrix",
        "Hessian by a matrix",
        "hessian",
        "write the second derivative by vec(X) with Kronecker products",
        _matrix,
    ),
)
