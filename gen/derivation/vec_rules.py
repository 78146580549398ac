"""The rules that bring vec of a linear expression to (matrix) · vec(dX), each with its record.

What stands around dX is a chain of linear maps, and each map has one law.
"""

from __future__ import annotations

from gen.derivation.record import Rule
from gen.derivation.vec_laws import VecLaws
from gen.language.node import Node


def vec_rules(step: Node) -> tuple[Rule, ...]:
    """The rules for one increment dX, in the order they are tried."""
    r = VecLaws(step)
    book = "Magnus & Neudecker (2019), ch. 2 and 3"
    return (
        Rule(
            "vec_column",
            "vec_identity",
            "vec(u) = u",
            "a column is its own vec",
            book,
            "vec(x) => x",
            "routine",
            "node",
            r.columns,
        ),
        Rule(
            "vec_sum",
            "linearity",
            "vec(A+B) = vec A + vec B",
            "vec is linear",
            book,
            "vec(A + X) => vec(A) + vec(X)",
            "routine",
            "node",
            r.sums,
        ),
        Rule(
            "vec_scalar",
            "linearity",
            "vec(cA) = c vec A",
            "vec is linear",
            book,
            "vec(2*X) => 2*vec(X)",
            "routine",
            "node",
            r.scalars,
        ),
        Rule(
            "vec_transpose",
            "vec_identity",
            "vec(Aᵀ) = K vec A",
            "the commutation matrix reorders",
            book,
            "vec(X') => comm(m,n)*vec(X)",
            "key",
            "node",
            r.transposes,
        ),
        Rule(
            "vec_hadamard",
            "vec_identity",
            "vec(A∘B) = diag(vec A) vec B",
            "entry by entry",
            book,
            "vec(A.*X) => diag(vec(A))*vec(X)",
            "key",
            "node",
            r.hadamards,
        ),
        Rule(
            "vec_function",
            "vec_identity",
            "tr(PᵀY) = vec(P)ᵀ vec(Y), …",
            "each linear function has its matrix",
            book,
            "tr(X) => vec(eye(n))'*vec(X)",
            "key",
            "node",
            r.functions,
        ),
        Rule(
            "insert_identity",
            "vec_identity",
            "AX = AXI, XB = IXB",
            "multiplying by the identity changes nothing",
            book,
            "vec(W*X) => vec(eye(m)*W*X)",
            "key",
            "node",
            r.insert_identity,
        ),
        Rule(
            "vec_identity",
            "vec_identity",
            "vec(AXB) = (Bᵀ⊗A) vec X",
            "the vec identity",
            book,
            "vec(A*X*B) => kron(B', A)*vec(X)",
            "key",
            "node",
            r.vec_identity,
        ),
    )
