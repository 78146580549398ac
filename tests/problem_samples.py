"""Tasks of several kinds, for the tests of forms, hints, marks and pages."""

from __future__ import annotations

from gen.problems.family import Member
from gen.problems.task import Derive, Read, Simplify, Task

TASKS: dict[str, Task] = {
    "trace": Derive("tr(A*X'*B)", "X", (("A", "n x m"), ("X", "p x m"), ("B", "p x n"))),
    "quadratic": Derive("x'*A*x", "x", (("A", "n x n"), ("x", "n"))),
    "squares": Derive("normF(A*X-B)^2", "X", (("A", "m x n"), ("X", "n x p"), ("B", "m x p"))),
    "layer": Derive("sum(sigmoid(W*x+b))", "W", (("W", "m x n"), ("x", "n"), ("b", "m"))),
    "symmetric": Derive(
        "logdet(S)", "S", (("S", "n x n symmetric spd"),), story="Let $S$ be a precision matrix."
    ),
    "abstract": Derive("sum(f(x))", "x", (("f", "elementwise"), ("x", "n positive"))),
    "tensor": Derive("W*X", "W", (("W", "m x n"), ("X", "n x p"))),
    "stacked": Derive("W*X", "W", (("W", "m x n"), ("X", "n x p")), method="vec"),
    "differential": Derive(
        "tr(A*X*B*X')", "X", (("A", "m x m"), ("X", "m x n"), ("B", "n x n")), method="differential"
    ),
    "hessian": Derive("x'*A*x", "x", (("A", "n x n"), ("x", "n")), order=2),
    "layout": Derive("A*x", "x", (("A", "m x n"), ("x", "n")), layout="denominator"),
    "constant": Derive("tr(A)", "X", (("A", "n x n"), ("X", "n x p"))),
    "deltas": Simplify(
        "sum[j,k](delta[i,j]*delta[j,k]*A[k,l])", tuple((x, "n") for x in "ijkl"), (("A", "n x n"),)
    ),
    "entry": Read("indices", "A*diag(x)*B'", (("A", "m x n"), ("x", "n"), ("B", "p x n"))),
    "number": Read("indices", "x'*A*x", (("A", "n x n"), ("x", "n"))),
    "shape": Read("shape", "A*X", (("A", "m x n"), ("X", "n x p")), "X"),
    "settled": Simplify("A[i,j]", (("i", "m"), ("j", "n")), (("A", "m x n"),)),
}


def member_of(name: str) -> Member:
    """A sample task as a member of a family."""
    return Member("trace-product", (0,), TASKS[name])
