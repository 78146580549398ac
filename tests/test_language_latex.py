"""TeX of expressions: brackets as tall as what they hold."""

from __future__ import annotations

import pytest

from gen.derivation.derive import derive_all, read_expression
from gen.derivation.record import Display
from gen.derivation.unfold import entry
from gen.language.index import UNIT, Letter, Term
from gen.language.latex import EINSTEIN, LATEX, latex, sums_can_be_implied
from gen.language.text import text
from gen.language.writer import Writer

SHAPES = {"A": "n x n", "x": "n", "s": "scalar"}


def test_an_index_stands_outside_the_brackets_of_a_fraction() -> None:
    node = read_expression("x/(x'*x)", SHAPES, ("x",)).node
    line = (Term(UNIT, (entry(node, Letter("i", node.rows), None),)),)
    assert latex(line) == r"\Bigl(\frac{x}{x^{\mathsf{T}}\,x}\Bigr)_{i}"


@pytest.mark.parametrize(
    ("expr", "tex"),
    [
        ("log((x'*x)/s)", r"\Bigl(\frac"),
        ("(A - (x*x')/(x'*x))*x", r"\Bigl(A"),
        ("(A + x*x')*x", r"(A + x"),
    ],
)
def test_brackets_around_fractions_are_tall(expr: str, tex: str) -> None:
    made = latex(read_expression(expr, SHAPES, ("x",)).node)
    assert tex in made
    assert (r"\Bigl(" in made) == (r"\frac" in made)


def test_the_square_of_a_root_is_what_stands_below_it() -> None:
    (found,) = derive_all("x/sqrt(x'*x + 1)", ("x",), ("index",), symbols={"x": "n"})
    lines = [latex(step.after) for step in found.steps if not isinstance(step.after, Display)]
    assert any(r"\sqrt" in line for line in lines)
    assert not any(r"\sqrt{x^{\mathsf{T}}\,x + 1}^{2}" in line for line in lines)


def test_a_pen_writes_each_line_as_if_it_were_the_only_one() -> None:
    (found,) = derive_all("tr(A'*X*B*X) + b'*X*c", ("X",), symbols={"X": "n x n"})
    lines = [found.steps[0].before, *(s.after for s in found.steps)]
    for notation in (LATEX, EINSTEIN):
        pen = Writer(notation)
        for line, marks in [
            (line, frozenset(s.marks)) for line, s in zip(lines[1:], found.steps, strict=True)
        ]:
            assert not isinstance(line, Display)
            plain, marked = (
                latex(line, einstein=pen.n is EINSTEIN),
                latex(line, marks, einstein=pen.n is EINSTEIN),
            )
            assert [pen.line(line), pen.line(line, marks), pen.line(line)] == [plain, marked, plain]


@pytest.mark.parametrize(
    ("text", "variable", "clear"),
    (("tr(X)", "X", False), ("tr(A*X)", "X", True), ("sum(x)", "x", False), ("x'*A*x", "x", True)),
)
def test_a_sum_that_would_hide_a_step_is_written(text: str, variable: str, clear: bool) -> None:
    (found,) = derive_all(text, (variable,), ("index",), symbols={})
    assert sums_can_be_implied(step.after for step in found.steps) is clear


@pytest.mark.parametrize(
    ("expr", "tex"),
    [
        ("-(-x)", "-(-x)"),
        ("-(-(-x))", "-(-(-x))"),
        ("-(-2*x)", r"-(-2\,x)"),
        ("s*(-x)", r"s\,(-x)"),
        ("2*(-3)*x", r"2\,(-3)\,x"),
        ("-1*x", "-x"),
    ],
)
def test_signs_are_printed_as_they_are_typed(expr: str, tex: str) -> None:
    node = read_expression(expr, SHAPES, ("x",)).node
    assert latex(node) == tex
    assert read_expression(text(node), SHAPES, ("x",)).node == node
