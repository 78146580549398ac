"""The check of an answer by NumPy runs, whatever the symbols and the sizes are called."""

from __future__ import annotations

import pytest

from gen import derive
from gen.derivation.numpy_check import numpy_check

NAMES = tuple("q r k start value up down move slope rng t1 np float range derivative".split())


def run(check: str) -> None:
    assert "assert np.allclose" in check
    exec(compile(check, "check", "exec"), {})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ("index", "vec", "backprop"))
def test_a_variable_may_have_any_name(name: str, method: str) -> None:
    found = derive(f"A*{name}", name, method=method, symbols={"A": "m x n", name: "n"})
    run(numpy_check(found))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ("index", "vec"))
def test_a_size_may_have_any_name(name: str, method: str) -> None:
    symbols = {"A": "m x n", "X": "n x p", "B": f"p x {name}"}
    run(numpy_check(derive("A*X*B", "X", method=method, symbols=symbols)))


@pytest.mark.parametrize("name", NAMES)
def test_a_scalar_and_a_constant_may_have_any_name(name: str) -> None:
    run(numpy_check(derive(f"x'*x*{name}", name, symbols={"x": "n", name: "scalar"})))
    run(numpy_check(derive(f"x'*x*{name}", "x", symbols={"x": "n", name: "scalar"})))
