"""Problems in which, together, every misconception strikes; solved once."""

from __future__ import annotations

from functools import cache

from gen.problems.solve import solve
from gen.problems.task import Derive, Read, Simplify, Task
from gen.problems.worked import Worked

SQUARE = (("X", "n x n"),)

DERIVED: tuple[Derive, ...] = (
    Derive("tr(A*X*B)", "X", ()),
    Derive("tr(A*X*B*X'*C)", "X", (*SQUARE, ("A", "n x n"))),
    Derive("tr(A*X*B*X*C)", "X", ()),
    Derive("tr(X*X)", "X", ()),
    Derive("tr(inv(X))", "X", ()),
    Derive("tr(A*X)*tr(B*X)", "X", ()),
    Derive("a'*inv(X)*b", "X", ()),
    Derive("a'*X*b", "X", ()),
    Derive("inv(X)", "X", ()),
    Derive("X^3", "X", ()),
    Derive("W*X", "W", ()),
    Derive("A*X*B", "X", ()),
    Derive("logdet(X)", "X", ()),
    Derive("det(X)", "X", ()),
    Derive("logdet(S)", "S", (("S", "n x n symmetric"),)),
    Derive("tr(A*S*A')", "S", (("S", "n x n symmetric"),)),
    Derive("tr(A*Z)", "Z", (("Z", "n x n skew"),)),
    Derive("a'*D*b", "D", (("D", "n x n diagonal"),)),
    Derive("a'*L*b", "L", (("L", "n x n lower"),)),
    Derive("normF(W*X-Y)^2", "W", ()),
    Derive("norm2(A*x-b)", "x", ()),
    Derive("norm2(A*x-b)^2", "x", ()),
    Derive("sum((M.*X).^2)", "X", ()),
    Derive("sum((M.*X).^2)", "X", SQUARE),
    Derive("x'*A*x", "x", ()),
    Derive("x'*A*x*x'*B*x", "x", ()),
    Derive("x'*S*x", "x", (("S", "n x n symmetric"),)),
    Derive("x/sum(x)", "x", ()),
    Derive("softmax(A*x)", "x", ()),
    Derive("sigmoid(W*x)", "x", ()),
    Derive("log(x'*A*x)", "x", ()),
    Derive("sum(log(1+exp(a'*x)))", "x", ()),
    Derive("A*x", "x", ()),
    Derive("x'*A*x", "x", (), "hessian"),
    Derive("exp(a'*x)", "x", (), "hessian"),
    Derive("normF(A*X-B)^2", "X", (), "hessian4"),
    Derive("normF(A*X-B)^2", "X", (), "vechess"),
    Derive("A*X*B", "X", (), "vecjac"),
    Derive("tr(A*X*B)", "X", (), method="differential"),
    Derive("W*X", "W", (), method="backprop"),
)
SIMPLIFIED: tuple[Simplify, ...] = (
    Simplify(
        "sum[j,k](delta[i,j]*A[j,k]*delta[k,l])",
        (("i", "n"), ("j", "n"), ("k", "m"), ("l", "m")),
        (("A", "n x m"),),
    ),
    Simplify(
        "sum[i,j,k](delta[i,j]*delta[j,k]*A[i,k])",
        (("i", "n"), ("j", "n"), ("k", "n")),
        (("A", "n x n"),),
    ),
    Simplify("sum[j](delta[j,j]*x[i])", (("j", "n"), ("i", "n")), (("x", "n"),)),
)
READ: tuple[Read, ...] = (
    Read("indices", "A*B + C'", (("A", "m x p"), ("B", "p x n"), ("C", "n x m"))),
    Read("indices", "a'*A*x", (("a", "m"), ("A", "m x n"), ("x", "n"))),
    Read("shape", "tanh(W*X*B)", (("W", "m x n"), ("X", "n x p"), ("B", "p x q")), "X"),
)
PROBLEMS: tuple[Task, ...] = (*DERIVED, *SIMPLIFIED)


@cache
def solved(task: Task) -> Worked:
    """The solution of a problem."""
    return solve(task)


def called(task: Task) -> str:
    """A name for a test."""
    return f"{task.expr} by {task.wrt} {task.kind or ''}" if isinstance(task, Derive) else str(task)[:60]
