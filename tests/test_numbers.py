"""The evaluator that other tests lean on, against values known otherwise."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.numbers import value

RANDOM = np.random.default_rng(5)
SIZES = {"m": 2, "n": 3, "p": 5}
W, X, A = RANDOM.normal(size=(2, 3)), RANDOM.normal(size=(3, 5)), RANDOM.normal(size=(3, 3))
x, y = RANDOM.normal(size=(3, 1)), RANDOM.normal(size=(3, 1))
ENV = {"W": W, "X": X, "A": A, "x": x, "y": y, "a": 0.7}
RANGES = {"i": "m", "k": "p", "q": "m", "r": "n", "j": "n"}

CASES = [
    ("W*X", W @ X),
    ("-A^2", -A @ A),
    ("2^3^2", 64),
    ("A^2'", (A @ A).T),
    ("2./x", 2 / x),
    ("A^-1*x", np.linalg.solve(A, x)),
    ("x'*A*y", (x.T @ A @ y)[0, 0]),
    ("sum(x)/n", x.mean()),
    ("kron(W, x)", np.kron(W, x)),
    ("comm(m,n)*vec(W)", W.T.reshape(-1, 1, order="F")),
    ("dup(n)*vech(A + A')", (A + A.T).reshape(-1, 1, order="F")),
    ("seldiag(n)*vec(A)", np.diag(A).reshape(3, 1)),
    ("diag(diag(A))", np.diag(np.diag(A))),
    ("ones(n)*ones(1,m)", np.ones((3, 2))),
    ("x.^2 - y.*x./y", x**2 - x),
    ("1e-3*a", 0.0007),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_matrix_expressions(text: str, expected: NDArray[np.float64] | float) -> None:
    assert np.allclose(value(text, ENV, SIZES), expected)


def test_entries_and_sums() -> None:
    text = "sum[j](W[i,j]*X[j,k])"
    assert np.allclose(value(text, ENV, SIZES, indices=RANGES, free="ik"), W @ X)


def test_free_indices_come_in_the_order_asked_for() -> None:
    text = "delta[i,q]*X[r,k]"
    out = value(text, ENV, SIZES, indices=RANGES, free="ikqr")
    assert np.allclose(out, np.einsum("iq,rk->ikqr", np.eye(2), X))
    assert np.allclose(value(text, ENV, SIZES, indices=RANGES, free="rqki"), out.transpose(3, 2, 1, 0))


def test_a_sum_counts_a_range_its_body_does_not_have() -> None:
    assert np.isclose(value("sum[j](a)", ENV, SIZES, indices={"j": "n"}), 3 * 0.7)


def test_a_sum_over_more_letters_than_memory_holds() -> None:
    letters = [f"j{k}" for k in range(28)]
    chain = "*".join(f"A[{a},{b}]" for a, b in pairwise(letters))
    text = f"sum[{','.join(letters)}]({chain} - 2*x[j0]*{chain})"
    ranges = dict.fromkeys(letters, "n")
    power = np.linalg.matrix_power(A, 27)
    expected = power.sum() - 2 * (x.T @ power).sum()
    assert np.isclose(value(text, ENV, SIZES, indices=ranges), expected)


def test_a_partial_is_the_derivative() -> None:
    out = value("d((W*X)[i,k], W[q,r])", ENV, SIZES, indices=RANGES, free="ikqr")
    assert np.allclose(out, np.einsum("iq,rk->ikqr", np.eye(2), X), atol=1e-12)


def test_a_partial_by_the_letters_of_its_body() -> None:
    out = value("d(x[j]^2, x[j])", ENV, SIZES, indices={"j": "n"}, free="j")
    assert np.allclose(out, 2 * x[:, 0], atol=1e-12)


def test_second_partials() -> None:
    ranges = {"i": "n", "q": "n"}
    out = value("d(d(x'*A*x, x[i]), x[q])", ENV, SIZES, indices=ranges, free="iq")
    assert np.allclose(out, A + A.T, atol=1e-6)


def test_compound_indices_run_first_letter_fastest() -> None:
    ranges = {"i": "m", "j": "n"}
    out = value("vec(W)[(i,j)]", ENV, SIZES, indices=ranges, free="ij")
    assert np.allclose(out, W)


def test_order_is_the_lower_triangle() -> None:
    out = value("[i>=j]*A[i,j]", ENV, SIZES, indices={"i": "n", "j": "n"}, free="ij")
    assert np.allclose(out, np.tril(A))


def test_a_differential_takes_the_increment() -> None:
    step = RANDOM.normal(size=(3, 3))
    out = value("D(inv(A))", {**ENV, "dA": step}, SIZES)
    assert np.allclose(out, -np.linalg.inv(A) @ step @ np.linalg.inv(A), atol=1e-12)


@pytest.mark.parametrize("text", ["W+X", "W.*X", "x/A", "W[i]", "x[i]*A", "x $ y", "W*", "(x"])
def test_what_has_no_value_is_an_error(text: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        value(text, ENV, SIZES, indices={"i": "m"}, free="i")
