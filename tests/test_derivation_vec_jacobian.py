"""The Jacobian without steps is the one at the end of the steps."""

from __future__ import annotations

import pickle

import pytest

from gen.derivation.derive import read_expression
from gen.derivation.letters import Alphabet
from gen.derivation.vec_method import vec_jacobian, vec_steps
from gen.language.text import text


@pytest.mark.parametrize(
    "expr",
    [
        "A*X*B",
        "X'*X",
        "inv(X)",
        "(A.*X)'",
        "rowsum(X*D')",
        "diag(X)*x'",
        "tr(X)*X",
        "sin(A*X)./X.^2",
        "vec(x)*x'*X",
    ],
)
def test_with_and_without_steps(expr: str) -> None:
    reading = read_expression(expr, dict.fromkeys("XDA", "n x n"), ("X",))
    variable = reading.symbols["X"]
    stepped = vec_steps(reading.node, variable, Alphabet(reading.names))[2]
    assert vec_jacobian(reading.node, variable, Alphabet(reading.names)) == stepped
    # Another process gets the same matrix.
    assert text(pickle.loads(pickle.dumps(stepped))) == text(stepped)
