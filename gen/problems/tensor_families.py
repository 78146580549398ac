"""Families with results of third and fourth order."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, operand, scale
from gen.problems.parts import ACTIVATIONS, filled, one_or_two, shifted
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _vector_by_matrix(pick: Pick, cast: Cast) -> Derive:
    """A vector by a matrix: three free indices."""
    m, n, p = cast.dims(3)
    text, x = operand(pick, cast, "matrix", n, p)
    form = filled(
        pick("{A}*{X}*{b}", "{A}*{X}*{B}*{b}", "{A}*{C}*{X}*{b}", "diag({c})*{A}*{X}*{b}"),
        X=text,
        A=lambda: constants(pick, cast, m, n),
        B=lambda: constants(pick, cast, p, p),
        C=lambda: constants(pick, cast, n, n),
        b=lambda: cast.new("fixed", p),
        c=lambda: cast.new("fixed", m),
    )
    return Derive(f"{scale(pick, cast)}{form}{shifted(pick, cast, m)}", x, cast.symbols)


def _layer_by_weights(pick: Pick, cast: Cast) -> Derive:
    """An elementwise function of a vector, by a matrix in it."""
    m, n, p = cast.dims(3)
    text, x = operand(pick, cast, "matrix", n, p)
    inside = filled(
        pick("{A}*{X}*{b}", "{A}*{X}*{b} + {c}", "{A}*{X}*{b} - {c}", "{A}*{X}*{B}*{b}"),
        X=text,
        A=lambda: constants(pick, cast, m, n),
        B=lambda: constants(pick, cast, p, p),
        b=lambda: cast.new("fixed", p),
        c=lambda: cast.new("fixed", m),
    )
    return Derive(f"{scale(pick, cast)}{pick(*ACTIVATIONS)}({inside})", x, cast.symbols)


def _matrix_by_vector(pick: Pick, cast: Cast) -> Derive:
    """A matrix by a vector: three free indices."""
    m, n, p = cast.dims(3)
    x = cast.new("vector", n)
    form = filled(
        pick(
            "{A}*diag({x})*{B}",
            "{A}*diag({M}*{x})*{B}",
            "{A}*{M}*diag({x})*{B}",
            "{A}*diag({x})*{M}*{B}",
            "{A}*diag({c}.*{x})*{B}",
            "{A}*{N}*{x}*{b}'",
            "{b}*{x}'*{N}*{D}",
        ),
        x=x,
        A=lambda: one_or_two(pick, cast, m, n),
        B=lambda: constants(pick, cast, n, p),
        D=lambda: constants(pick, cast, n, m),
        M=lambda: constants(pick, cast, n, n),
        N=lambda: constants(pick, cast, n, n),
        b=lambda: cast.new("fixed", p),
        c=lambda: cast.new("fixed", n),
    )
    return Derive(scale(pick, cast) + form, x, cast.symbols)


def _outer(pick: Pick, cast: Cast) -> Derive:
    """A matrix in which a vector stands twice."""
    m, n, p = cast.dims(3)
    x = cast.new("vector", n)
    left = filled(
        pick("{x}", "{A}*{x}", "{A}*{N}*{x}"),
        x=x,
        A=lambda: constants(pick, cast, m, n),
        N=lambda: constants(pick, cast, n, n),
    )
    right = filled(
        pick("{x}'*{B}", "{x}'*{M}*{B}", "({D}*{x})'", "({D}*{x} + {b})'", "({D}*{x} - {b})'"),
        x=x,
        B=lambda: constants(pick, cast, n, p),
        M=lambda: constants(pick, cast, n, n),
        D=lambda: constants(pick, cast, p, n),
        b=lambda: cast.new("fixed", p),
    )
    return Derive(f"{scale(pick, cast)}{left}*{right}", x, cast.symbols)


def _matrix_by_matrix(pick: Pick, cast: Cast) -> Derive:
    """A matrix by a matrix that stands in it twice: four free indices."""
    m, n, p = cast.dims(3)
    x = cast.new("matrix", m, n)
    form, size = pick(
        ("{X}*{E}*{X}", (m, n)),
        ("{X}'*{A}*{X}", (n, n)),
        ("{X}*{B}*{X}'", (m, m)),
        ("{X}*{E}*{F}*{X}", (m, n)),
    )
    twice = filled(
        form,
        X=x,
        A=lambda: constants(pick, cast, m, m),
        B=lambda: constants(pick, cast, n, n),
        E=lambda: constants(pick, cast, n, m),
        F=lambda: constants(pick, cast, m, m),
    )
    around = filled(
        pick("{L}*{0}", "{0}*{R}", "{L}*{0}*{R}").replace("{0}", twice),
        L=lambda: constants(pick, cast, p, size[0]),
        R=lambda: constants(pick, cast, size[1], p),
    )
    return Derive(scale(pick, cast) + around, x, cast.symbols)


def _entrywise(pick: Pick, cast: Cast) -> Derive:
    """An elementwise function or product of matrices, by a matrix in it: four free indices."""
    m, n, p = cast.dims(3)
    text, x = operand(pick, cast, "matrix", n, p)
    inside = f"{constants(pick, cast, m, n)}*{text}*{constants(pick, cast, p, n)}"
    function = pick("", *ACTIVATIONS)
    form = f"{function}({inside})"
    outer = filled(pick("{C}.*{0}", "{0}.*{C}").replace("{0}", form), C=lambda: constants(pick, cast, m, n))
    return Derive(scale(pick, cast) + outer, x, cast.symbols)


TENSOR_FAMILIES: tuple[Family, ...] = (
    Family(
        "vector-by-matrix",
        "A vector by a matrix",
        "third order",
        "find a result with three free indices and keep every index",
        _vector_by_matrix,
    ),
    Family(
        "layer-by-matrix",
        "A layer by a matrix",
        "third order",
        "carry a slope along in a result with three free indices",
        _layer_by_weights,
    ),
    Family(
        "matrix-by-vector",
        "A matrix by a vector",
        "third order",
        "differentiate every entry of a matrix by a vector in it",
        _matrix_by_vector,
    ),
    Family(
        "outer-product-by-vector",
        "An outer product by its vector",
        "third order",
        "use the product rule where a vector stands twice in a matrix",
        _outer,
    ),
    Family(
        "quadratic-matrix-by-matrix",
        "A quadratic product by a matrix",
        "fourth order",
        "use the product rule with four free indices and place every delta",
        _matrix_by_matrix,
    ),
    Family(
        "entrywise-by-matrix",
        "An entrywise product by a matrix",
        "fourth order",
        "keep free indices apart from summed ones in an entrywise product",
        _entrywise,
    ),
)
