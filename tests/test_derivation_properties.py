"""Any well-shaped expression gives a checked derivation or an error of the published kind."""

from __future__ import annotations

import time
from functools import cache
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gen.derivation.derive import derive_all
from gen.errors import Code, FreeIndexError
from gen.language.catalogue import FUNCTIONS
from tests.derivations import hold

# Shapes of a small world: vectors of n, matrices m × n, n × m, n × n.
SYMBOLS = {
    **{"A": "m x n", "X": "m x n", "B": "n x m", "S": "n x n", "T": "n x n"},
    **{"x": "n", "y": "n", "z": "m", "a": "scalar", "c": "scalar"},
}
LEAVES = {
    ("m", "n"): ("A", "X"),
    ("n", "m"): ("B",),
    ("n", "n"): ("S", "T", "eye(n)"),
    ("m", "m"): ("eye(m)",),
    ("n",): ("x", "y", "ones(n)"),
    ("m",): ("z",),
    (): ("a", "c", "2", "n"),
}
ELEMENTWISE = tuple(f.name for f in FUNCTIONS if f.elementwise)
SECONDS = 5


@cache
def _expressions(shape: tuple[str, ...], depth: int) -> st.SearchStrategy[str]:
    """Texts of expressions of a shape, at most `depth` operations deep."""
    leaf = st.sampled_from(LEAVES[shape])
    if depth == 0:
        return leaf
    return st.deferred(lambda: st.one_of(leaf, *_operations(shape, depth - 1)))


def _operations(shape: tuple[str, ...], depth: int) -> list[st.SearchStrategy[str]]:
    def made(form: str, *shapes: tuple[str, ...]) -> st.SearchStrategy[str]:
        return st.tuples(*(_expressions(s, depth) for s in shapes)).map(lambda parts: form.format(*parts))

    scalar: tuple[str, ...] = ()
    found = [
        made("({} + {})", shape, shape),
        made("({} - {})", shape, shape),
        made("{}*({})", scalar, shape),
        made("-({})", shape),
        made("({})/({}^2 + 1)", shape, scalar),
        *(made(f"{name}({{}})", shape) for name in ELEMENTWISE),
    ]
    if not shape:
        found += [made("({})^2", scalar), made("({})^3", scalar)]
        found += [made("sum({})", s) for s in (("m", "n"), ("n",))]
        found += [made("tr({})", ("n", "n")), made("norm2({})", ("n",)), made("normF({})", ("m", "n"))]
        found += [made("({})'*({})", ("n",), ("n",)), made("({})'*({})*({})", ("m",), ("m", "n"), ("n",))]
        found += [made("logsumexp({})", ("n",)), made("det({})", ("n", "n")), made("norm1({})", ("n",))]
        return found
    found += [
        made("({}).*({})", shape, shape),
        made("({})./(({}).^2 + ones({}))".replace("{}))", f"{','.join(shape)}))"), shape, shape),
    ]
    found += [made("({}).^2", shape)]
    if len(shape) == 1:
        found += [made("({})*({})", (shape[0], "n"), ("n",)), made("rowsum({})", (shape[0], "n"))]
        if shape == ("n",):
            found += [
                made("softmax({})", ("n",)),
                made("diag({})", ("n", "n")),
                made("colsum({})", ("m", "n")),
            ]
        return found
    rows, cols = shape
    found += [made("({})'", (cols, rows)), made("({})*({})", (rows, "n"), ("n", cols))]
    found += [made("({})*({})'", (rows,), (cols,))]
    if rows == cols == "n":
        found += [made("inv({})", shape), made("diag({})", ("n",)), made("({})^2", shape)]
    return found


SHAPES = st.sampled_from([(), ("n",), ("m", "n"), ("n", "n")])
QUESTIONS = SHAPES.flatmap(
    lambda shape: st.tuples(_expressions(shape, 4), st.sampled_from(["A", "X", "S", "x", "z", "a"]))
)


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(QUESTIONS)
def test_a_checked_derivation_or_a_published_error(question: tuple[str, str]) -> None:
    expr, wrt = question
    start = time.process_time()
    try:
        found = derive_all(expr, (wrt,), ("index", "backprop"), symbols=SYMBOLS)
    except FreeIndexError as error:
        assert error.report.code in set(get_args(Code)) - {"internal"}, error.report.message
        found = ()
    assert time.process_time() - start < SECONDS
    for derivation in found:
        assert derivation.verified
        hold(derivation.to_json())


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(QUESTIONS)
def test_all_methods_agree_or_say_why_not(question: tuple[str, str]) -> None:
    expr, wrt = question
    start = time.process_time()
    try:
        found = derive_all(expr, (wrt,), ("all",), symbols=SYMBOLS)
    except FreeIndexError as error:
        assert error.report.code in set(get_args(Code)) - {"internal"}, error.report.message
        return
    assert time.process_time() - start < SECONDS
    for derivation in found:
        hold(derivation.to_json())
    assert {"index", "backprop"} <= {d.method for d in found}
