"""Slopes of elementwise functions from SymPy; loaded only when one is needed, since SymPy starts slowly."""

from __future__ import annotations

import sympy

X = sympy.Symbol("x", real=True)
NAMES = (("**", "^"), ("asin", "arcsin"), ("acos", "arccos"), ("atan", "arctan"), ("pi", "arccos(-1)"))


def slope_text(expression: str) -> str:
    """The derivative of a SymPy expression in x, as text of the matrix language."""
    text = str(sympy.diff(sympy.sympify(expression, locals={"x": X}), X))
    for theirs, ours in NAMES:
        text = text.replace(theirs, ours)
    return text
