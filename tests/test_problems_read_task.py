"""Reading: free and dummy indices of an entry, and the shape of a derivative."""

from __future__ import annotations

import re

import pytest

from gen.derivation.check import derivative_by_numbers
from gen.derivation.evaluate import Numbers
from gen.derivation.record import Display, Rule
from gen.derivation.result import reason_text
from gen.derivation.verification import CheckError
from gen.errors import InputError
from gen.language.dimension import named
from gen.language.function import Array
from gen.language.index import Letter, factor_letters
from gen.language.index_parser import parse_terms
from gen.language.latex import shape_tex
from gen.language.node import Node
from gen.language.text import text
from gen.problems import read_task
from gen.problems.entry_rules import SPLIT, WRITE_OUT
from gen.problems.index_world import nodes_of
from gen.problems.one_delta import no_names
from gen.problems.solve import solve
from gen.problems.task import Read, Symbols

ALL: Symbols = (
    ("A", "m x n"),
    ("B", "n x p"),
    ("C", "m x n"),
    ("X", "m x n"),
    ("a", "m"),
    ("x", "n"),
    ("S", "n x n"),
    ("alpha", "scalar"),
)
INDICES: tuple[tuple[str, str, str], ...] = (
    ("A*B", "sum[j](A[i,j]*B[j,k])", "free: i, k; dummy: j"),
    ("A*B*B'", "sum[j,l](A[i,j]*B[j,l]*B[k,l])", "free: i, k; dummy: j, l"),
    ("A'*a", "sum[j](A[j,i]*a[j])", "free: i; dummy: j"),
    ("a'*A*x", "sum[j,l](a[j]*A[j,l]*x[l])", "free: none; dummy: j, l"),
    ("tr(S)", "sum[j](S[j,j])", "free: none; dummy: j"),
    ("tr(A*C')", "sum[j,l](A[j,l]*C[j,l])", "free: none; dummy: j, l"),
    ("A'", "A[k,i]", "free: i, k; dummy: none"),
    ("a*x'", "a[i]*x[k]", "free: i, k; dummy: none"),
    ("alpha*(A - C)*x", "sum[j](alpha*A[i,j]*x[j] - alpha*C[i,j]*x[j])", "free: i; dummy: j"),
    ("A.*C", "A[i,k]*C[i,k]", "free: i, k; dummy: none"),
)
SHAPES: tuple[tuple[str, str, str], ...] = (
    ("X*B", "X", "m x p x m x n"),
    ("X'", "X", "n x m x m x n"),
    ("X*x", "X", "m x m x n"),
    ("X*x", "x", "m x n"),
    ("x*a'", "x", "n x m x n"),
    ("tr(X*C')", "X", "m x n"),
    ("a'*X*x", "x", "n"),
    ("alpha*X", "alpha", "m x n"),
    ("alpha^2", "alpha", "scalar"),
)


def task(what: str, expr: str, wrt: str = "") -> Read:
    """A task; only what it uses is declared."""
    used = tuple(pair for pair in ALL if re.search(rf"\b{pair[0]}\b", expr) or pair[0] == wrt)
    assert what in ("indices", "shape")
    return Read("indices" if what == "indices" else "shape", expr, used, wrt)


@pytest.mark.parametrize(("expr", "last", "answer"), INDICES)
def test_an_entry_is_written_out_and_its_indices_told_apart(expr: str, last: str, answer: str) -> None:
    found = solve(task("indices", expr))
    line = found.steps[-1].after
    assert isinstance(line, tuple)
    assert text(line) == last
    assert found.answer.text == answer
    assert all(s.check is not None and s.check.max_error < 1e-12 for s in found.steps)
    # The answer says what stands in the line: an index is free in every term or bound in it.
    for term in line:
        letters = {x for f in term.factors for x in factor_letters(f)}
        assert letters - set(term.bound) == set(found.free)


@pytest.mark.parametrize(("expr", "wrt", "answer"), SHAPES)
def test_the_shape_of_a_derivative(expr: str, wrt: str, answer: str) -> None:
    found = solve(task("shape", expr, wrt))
    assert found.answer.text == answer
    assert found.answer.tex == shape_tex(found.answer.shape)
    last = found.steps[-1].after
    assert isinstance(last, Display)
    assert (last.terminal, last.latex) == (answer, found.answer.tex)
    assert len(found.free) == (0 if answer == "scalar" else answer.count(" x ") + 1)


def test_steps_chain() -> None:
    for one in (*(task("indices", e) for e, _, _ in INDICES), *(task("shape", e, w) for e, w, _ in SHAPES)):
        found = solve(one)
        line = found.given
        for step in found.steps:
            assert step.before == line
            line = step.after


def test_reasons_say_where_an_index_comes_from() -> None:
    steps = solve(task("shape", "X*B", "X")).steps
    assert [reason_text(s.because) for s in steps] == [
        "every entry of the function is differentiated by every entry of the variable",
        "X*B has m rows and p columns: the free indices i and k",
        "X has m rows and n columns: the free indices q and r",
    ]
    (step,) = solve(task("indices", "A*B")).steps
    assert reason_text(step.because) == "entry i,k of a product: row i of A times column k of B"


@pytest.mark.parametrize("rule", (WRITE_OUT, SPLIT), ids=lambda rule: rule.name)
def test_the_example_of_a_rule_is_what_it_does(rule: Rule) -> None:
    before, after = rule.example.split(" => ")
    shapes = (("A", "m x n"), ("B", "n x p")) if rule is WRITE_OUT else (("A", "m x n"), ("B", "m x n"))
    (term,) = parse_terms(before, nodes_of(shapes))
    taken = iter("jl")
    found = rule.apply(term, lambda dim: Letter(next(taken), dim))
    assert found is not None
    assert isinstance(found.new, tuple)
    assert text(found.new) == after


def test_a_rule_does_nothing_to_entries_of_names() -> None:
    (term,) = parse_terms("sum[j](A[i,j]*B[j,k])", nodes_of((("A", "m x n"), ("B", "n x p"))))
    assert WRITE_OUT.apply(term, no_names) is None
    assert SPLIT.apply(term, no_names) is None


def test_a_wrong_shape_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    right = derivative_by_numbers

    def turned(expr: Node, wrt: Node, numbers: Numbers) -> Array:
        return right(expr, wrt, numbers).swapaxes(1, 2)

    monkeypatch.setattr(read_task, "derivative_by_numbers", turned)
    with pytest.raises(CheckError, match="shape of the derivative"):
        solve(task("shape", "X*B", "X"))
    assert solve(task("shape", "X*B", "X"), check=False).answer.shape[1] == named("p")


def test_operands_that_do_not_fit_are_an_input_error() -> None:
    with pytest.raises(InputError):
        solve(task("indices", "A*C"))


def test_a_reason_names_all_that_is_written_out() -> None:
    (step,) = solve(task("indices", "2*tr(A'*C)")).steps
    said = reason_text(step.because)
    for words in ("a number stays in front", "trace", "product", "transpose"):
        assert words in said
    assert step.rule.law == "tr A = Σ_i A_ii"
    (alone,) = solve(task("indices", "A'")).steps
    assert alone.rule.law == "(Aᵀ)_ik = A_ki"
