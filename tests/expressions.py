"""Random well-shaped expressions from every function of the language, for property tests.

A small world: vectors of n and m, matrices m × n, n × m, n × n and m × m, stacked
matrices of m n entries, plain and structured symbols, an abstract function.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

from hypothesis import strategies as st

from gen.language.catalogue import FUNCTIONS

Shape: TypeAlias = tuple[str, ...]
Question: TypeAlias = tuple[str, str]

SYMBOLS: dict[str, object] = {
    **{"A": "m x n", "X": "m x n", "B": "n x m", "S": "n x n", "T": "n x n", "M": "m x m"},
    **{"P": "n x n symmetric", "K": "n x n skew", "D": "n x n diagonal", "L": "n x n lower"},
    **{"x": "n", "y": "n", "z": "m", "a": "scalar", "c": "scalar", "f": "elementwise"},
}
VARIABLES = ("A", "X", "S", "P", "K", "D", "L", "x", "z", "a")
SCALAR: Shape = ()
NAME = re.compile(r"[A-Za-z]\w*")
LEAVES: dict[Shape, tuple[str, ...]] = {
    ("m", "n"): ("A", "X", "ones(m,n)", "matrix(a)"),
    ("n", "m"): ("B",),
    ("n", "n"): ("S", "T", "P", "K", "D", "L", "eye(n)", "eye"),
    ("m", "m"): ("M", "eye(m)"),
    ("n",): ("x", "y", "ones(n)", "vector(a)"),
    ("m",): ("z", "ones(m)"),
    ("m*n",): ("vec(A)", "vec(X)", "kron(x, z)"),
    SCALAR: ("a", "c", "2", "n"),
}
SIZELESS = ("eye", "matrix(a)", "vector(a)")
ELEMENTWISE = (*(f.name for f in FUNCTIONS if f.elementwise), "f")
OTHERS = tuple(f.name for f in FUNCTIONS if not f.elementwise)

# What makes an expression of each shape, besides what every shape has.
MADE: dict[Shape, tuple[tuple[str, tuple[Shape, ...]], ...]] = {
    SCALAR: (
        *((f"({{}})^{power}", (SCALAR,)) for power in ("2", "3", "-1", "-2", "0.5", "c")),
        *(("sum({})", (s,)) for s in (("m", "n"), ("n",), ("m*n",))),
        *((f"{name}({{}})", (("n", "n"),)) for name in ("tr", "det", "logdet")),
        *((f"{name}({{}})", (("m", "n"),)) for name in ("normF", "norm1")),
        *((f"{name}({{}})", (("n",),)) for name in ("norm2", "norm1", "logsumexp")),
        ("tr(expm({}))", (("n", "n"),)),
        ("tr({})", (("m", "m"),)),
        ("tr(kron({}, {}))", (("n", "n"), ("m", "m"))),
        ("norm2({})", (("m*n",),)),
        ("({})'*({})", (("n",), ("n",))),
        ("({})'*({})", (("m*n",), ("m*n",))),
        ("({})'*({})*({})", (("m",), ("m", "n"), ("n",))),
        ("({})'*kron({}, {})*({})", (("m*n",), ("n", "n"), ("m", "m"), ("m*n",))),
    ),
    ("n",): (
        ("({})*({})", (("n", "n"), ("n",))),
        ("softmax({})", (("n",),)),
        ("diag({})", (("n", "n"),)),
        ("colsum({})", (("m", "n"),)),
        ("rowsum({})", (("n", "n"),)),
    ),
    ("m",): (("({})*({})", (("m", "n"), ("n",))), ("rowsum({})", (("m", "n"),)), ("softmax({})", (("m",),))),
    ("m*n",): (
        ("vec({})", (("m", "n"),)),
        ("kron({}, {})", (("n",), ("m",))),
        ("comm(n,m)*vec({})", (("n", "m"),)),
        ("kron({}, {})*({})", (("n", "n"), ("m", "m"), ("m*n",))),
    ),
    ("m", "n"): (
        ("({})'", (("n", "m"),)),
        ("({})*({})", (("m", "n"), ("n", "n"))),
        ("({})*({})'", (("m",), ("n",))),
        ("diag({})*({})", (("m",), ("m", "n"))),
        ("softmaxrows({})", (("m", "n"),)),
    ),
    ("n", "m"): (("({})'", (("m", "n"),)), ("({})*({})", (("n", "n"), ("n", "m")))),
    ("n", "n"): (
        ("({})'", (("n", "n"),)),
        ("({})*({})", (("n", "n"), ("n", "n"))),
        ("({})*({})", (("n", "m"), ("m", "n"))),
        ("({})*({})'", (("n",), ("n",))),
        ("diag({})", (("n",),)),
        *((f"{name}({{}})", (("n", "n"),)) for name in ("inv", "adj", "softmaxrows", "expm")),
        *((f"({{}})^{power}", (("n", "n"),)) for power in ("2", "3", "-1")),
        ("tril({})", (("n", "n"),)),
    ),
    ("m", "m"): (
        ("({})*({})", (("m", "n"), ("n", "m"))),
        ("inv({})", (("m", "m"),)),
        ("diag({})", (("m",),)),
    ),
}


@cache
def expressions(shape: Shape, depth: int, *, bare: bool = True) -> st.SearchStrategy[str]:
    """Texts of expressions of a shape, at most `depth` operations deep.

    Not `bare`: none that takes its size from its neighbours, where there may be no neighbour.
    """
    leaf = st.sampled_from([name for name in LEAVES[shape] if bare or name not in SIZELESS])
    if depth == 0:
        return leaf
    operations = st.deferred(lambda: _operations(shape, depth - 1))
    return st.integers(0, 5).flatmap(lambda turn: operations if turn else leaf)


@cache
def _operations(shape: Shape, depth: int) -> st.SearchStrategy[str]:
    def made(form: str, *shapes: Shape) -> st.SearchStrategy[str]:
        parts = [expressions(s, depth, bare=False) for s in shapes]
        return st.tuples(*parts).map(lambda texts: form.format(*texts))

    beside = st.tuples(expressions(shape, depth, bare=False), expressions(shape, depth))
    arithmetic = [
        beside.map(lambda texts: "({} + {})".format(*texts)),
        beside.map(lambda texts: "({} - {})".format(*texts)),
        made("{}*({})", SCALAR, shape),
        made("-({})", shape),
        made("({})/(({})^2 + 1)", shape, SCALAR),
    ]
    entrywise = [made(f"{name}({{}})", shape) for name in ELEMENTWISE]
    own = [made(form, *shapes) for form, shapes in MADE[shape]]
    if shape:
        ones = f"ones({','.join(shape)})"
        arithmetic += [made("({}).*({})", shape, shape), made(f"({{}})./(({{}}).^2 + {ones})", shape, shape)]
        arithmetic += [made("({}).^2", shape), made("({}).^-1", shape), made("({}).^a", shape)]
        arithmetic += [made("{}./({})", SCALAR, shape)]
    # Elementwise functions are many; the groups have their turns, whatever their sizes.
    groups = [st.one_of(group) for group in (arithmetic, entrywise, own, own)]
    return st.sampled_from(groups).flatmap(lambda group: group)


def questions(depth: int, variables: tuple[str, ...] = VARIABLES) -> st.SearchStrategy[Question]:
    """An expression and the variable by which it is differentiated."""
    shapes = st.sampled_from([SCALAR, SCALAR, ("n",), ("m", "n"), ("n", "n"), ("m*n",)])
    texts = shapes.flatmap(lambda shape: expressions(shape, depth, bare=False))
    return texts.flatmap(lambda text: st.tuples(st.just(text), st.sampled_from(_within(text, variables))))


def _within(text: str, variables: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the variables that stand in a text; all of them where none does."""
    return tuple(v for v in variables if v in NAME.findall(text)) or variables
