"""Families with results of third and fourth order."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.parts import ACTIVATIONS, constant, filled, operand, scale
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _vector_by_matrix(pick: Pick, cast: Cast) -> Derive:
    """A vector by a matrix: three free indices."""
    m, n, p = cast.dims(3)
    x = operand(pick, cast, "matrix", n, p)
    form = filled(
        pick("{A}*{X}*{b}", "{A}*{X}*{B}*{b}", "{c}.*({A}*{X}*{b})", "{A}*{X}*{b} + {c}", "diag({c})*{A}*{X}*{b}"),
        X=x.text,
        A=lambda: constant(pick, cast, m, n),
        B=lambda: constant(pick, cast, p, p),
        b=lambda: cast.new("fixed", p),
        c=lambda: cast.new("fixed", m),
    )
    return Derive(scale(pick) + form, x.name, cast.symbols)


def _layer_by_weights(pick: Pick, cast: Cast) -> Derive:
    """An elementwise function of a vector, by a matrix in it."""
    m, n, p = cast.dims(3)
    x = operand(pick, cast, "matrix", n, p)
    inside = filled(
        pick("{A}*{X}*{b}", "{A}*{X}*{b} + {c}", "{A}*{X}*{b} - {c}", "{A}*{X}*{B}*{b}"),
        X=x.text,
        A=lambda: constant(pick, cast, m, n),
        B=lambda: constant(pick, cast, p, p),
        b=lambda: cast.new("fixed", p),
        c=lambda: cast.new("fixed", m),
    )
    return Derive(f"{scale(pick)}{pick(*ACTIVATIONS)}({inside})", x.name, cast.symbols)


def _matrix_by_vector(pick: Pick, cast: Cast) -> Derive:
    """A matrix by a vector: three free indices."""
    m, n, p = cast.dims(3)
    x = cast.new("vector", n)
    form = filled(
        pick(
            "{A}*diag({x})*{B}",
            "{A}*{x}*{b}'",
            "{b}*{x}'*{B}",
            "{A}*diag({M}*{x})*{B}",
            "({a}'*{x})*{C}",
            "({a}'*{M}*{x})*{C}",
        ),
        x=x,
        A=lambda: constant(pick, cast, m, n),
        B=lambda: constant(pick, cast, n, p),
        C=lambda: constant(pick, cast, m, p),
        M=lambda: constant(pick, cast, n, n),
        a=lambda: cast.new("fixed", n),
        b=lambda: cast.new("fixed", p),
    )
    return Derive(scale(pick) + form, x, cast.symbols)


def _outer(pick: Pick, cast: Cast) -> Derive:
    """A matrix in which a vector stands twice."""
    m, n, p = cast.dims(3)
    x = cast.new("vector", n)
    left = filled(pick("{x}", "{A}*{x}"), x=x, A=lambda: constant(pick, cast, m, n))
    right = filled(pick("{x}'", "{x}'*{B}", "{x}'*{M}*{B}"), x=x, B=lambda: constant(pick, cast, n, p), M=lambda: constant(pick, cast, n, n))
    return Derive(f"{scale(pick)}{left}*{right}", x, cast.symbols)


def _matrix_by_matrix(pick: Pick, cast: Cast) -> Derive:
    """A matrix by a matrix that stands in it twice: four free indices."""
    m, n, p = cast.dims(3)
    x = cast.new("matrix", m, n)
    form = filled(
        pick(
            "{X}*{E}*{X}",
            "{X}'*{A}*{X}",
            "{X}*{B}*{X}'",
            "{X}*{E}*{X}*{C}",
            "{D}*{X}*{E}*{X}",
            "{X}'*{A}*{X}*{C}",
            "{X}*{B}*{X}'*{A}",
            "{X}*{E}*{X} + {F}*{X}",
        ),
        X=x,
        A=lambda: constant(pick, cast, m, m),
        B=lambda: constant(pick, cast, n, n),
        C=lambda: constant(pick, cast, n, p),
        D=lambda: constant(pick, cast, p, m),
        E=lambda: constant(pick, cast, n, m),
        F=lambda: constant(pick, cast, m, m),
    )
    return Derive(scale(pick) + form, x, cast.symbols)


def _entrywise(pick: Pick, cast: Cast) -> Derive:
    """An elementwise function or product of matrices, by a matrix in it: four free indices."""
    m, n, p = cast.dims(3)
    x = operand(pick, cast, "matrix", n, p)
    inside = f"{constant(pick, cast, m, n)}*{x.text}*{constant(pick, cast, p, n)}"
    function = pick("", *ACTIVATIONS)
    form = f"{function}({inside})"
    outer = filled(pick("{C}.*{0}", "{0}.*{C}").replace("{0}", form), C=lambda: constant(pick, cast, m, n))
    return Derive(scale(pick) + outer, x.name, cast.symbols)


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
