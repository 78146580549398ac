"""The slopes of elementwise functions: written in their records, and found by SymPy where they are not."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from gen.derivation.slope import slope_of, slope_syntax
from gen.language.dimension import ONE
from gen.language.elementwise import ELEMENTWISE
from gen.language.function import Function
from gen.language.node import symbol
from gen.language.parser import parse
from gen.language.text import text

# Of the others a textbook prints another form than SymPy does.
AS_SYMPY = ("exp", "log", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "erf")


@pytest.mark.parametrize("function", [f for f in ELEMENTWISE if f.name in AS_SYMPY], ids=lambda f: f.name)
def test_sympy_finds_the_slope_that_is_written(function: Function) -> None:
    bare = replace(function, derivative=None)
    assert function.derivative is not None
    assert slope_syntax(bare) == parse(function.derivative)


def test_a_slope_is_that_of_the_argument() -> None:
    (arctan,) = [f for f in ELEMENTWISE if f.name == "arctan"]
    assert text(slope_of(arctan, symbol("t", ONE, ONE))) == "1/(t^2 + 1)"


def test_no_derivation_waits_for_sympy() -> None:
    """To load it takes longer than to derive."""
    code = "import sys, gen; gen.derive('sum(exp(A*x))', 'x'); sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
