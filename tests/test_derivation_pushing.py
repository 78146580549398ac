"""The differential of a squared norm is taken directly: no norm comes and goes."""

from __future__ import annotations

import pytest

from gen.derivation.derive import derive
from gen.derivation.result import reason_text
from gen.language.node import Node
from gen.language.text import text


@pytest.mark.parametrize("method", ("differential", "vec"))
@pytest.mark.parametrize(
    ("expr", "wrt", "answer", "law"),
    (
        ("norm2(A*x-b)^2", "x", "2*A'*(A*x - b)", "d‖u‖² = 2 uᵀdu"),
        ("normF(A*X-B)^2", "X", "2*A'*(A*X - B)", "d‖U‖² = 2 tr(UᵀdU)"),
        ("normF(A*X*B-C)^2", "X", "2*A'*(A*X*B - C)*B'", "d‖U‖² = 2 tr(UᵀdU)"),
        ("norm2(x)^2", "x", "2*x", "d‖u‖² = 2 uᵀdu"),
    ),
)
def test_no_norm_comes_and_goes(expr: str, wrt: str, answer: str, law: str, method: str) -> None:
    found = derive(expr, wrt, method=method)
    assert found.results.matrix is not None
    assert text(found.results.matrix.line) == answer
    # Below the line that begins there is no norm left, so nothing has to cancel.
    lines = [text(s.after) for s in found.steps if isinstance(s.after, Node)]
    first = next(k for k, s in enumerate(found.steps) if law in reason_text(s.because))
    assert all("norm" not in line for line in lines[first:])


def test_a_norm_and_its_other_powers_keep_the_norm() -> None:
    for expr in ("norm2(x)", "norm2(x)^3"):
        found = derive(expr, "x", method="differential")
        assert found.results.matrix is not None
        assert "norm2(x)" in text(found.results.matrix.line)
