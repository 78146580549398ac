"""Deltas used up one a line; every line held against numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gen.derivation.record import Display, Line, Rewritten, Rule
from gen.derivation.result import reason_text
from gen.derivation.verification import CheckError
from gen.errors import InputError
from gen.language.function import Fresh
from gen.language.index import Delta, Term
from gen.language.index_parser import parse_terms
from gen.language.text import text
from gen.problems import one_delta
from gen.problems.index_world import free_letters, held, nodes_of, ranges_of
from gen.problems.one_delta import ONE_BY_ONE, ONE_DELTA, no_names, one_by_one
from gen.problems.solve import solve
from gen.problems.task import Simplify, Symbols
from gen.problems.worked import Worked

SYMBOLS: Symbols = (("A", "n x n"), ("B", "n x m"), ("x", "n"), ("alpha", "scalar"))
RANGES: Symbols = (*((letter, "n") for letter in "ijlskqr"), ("t", "m"))
# Text, the lines that follow, the answer.
CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sum[j](delta[i,j]*x[j])", ("x[i]",)),
    ("sum[j,l](delta[i,j]*delta[j,l]*A[l,k])", ("sum[l](delta[i,l]*A[l,k])", "A[i,k]")),
    ("sum[j](delta[j,j])", ("n",)),
    ("sum[t](delta[t,t])", ("m",)),
    ("sum[j,l](delta[j,l]*delta[l,j])", ("sum[l](delta[l,l])", "n")),
    ("sum[j,l](delta[j,l]*A[j,l])", ("sum[l](A[l,l])",)),
    ("sum[j](delta[i,j]*delta[j,i])", ("delta[i,i]", "1")),
    ("sum[j](x[i])", ("n*x[i]",)),
    ("sum[j](delta[i,j]*delta[j,k]*delta[i,k])", ("delta[i,k]",)),
    ("delta[i,q]*x[k]", ()),
    (
        "sum[j](delta[i,j]*A[j,k]) - sum[j](delta[k,j]*A[i,j])",
        ("A[i,k] - sum[j](delta[k,j]*A[i,j])", "0"),
    ),
    (
        "alpha*sum[j,l](delta[j,q]*delta[l,r]*B[l,t]*x[j])",
        ("sum[l](alpha*delta[l,r]*B[l,t]*x[q])", "alpha*B[r,t]*x[q]"),
    ),
)


def worked(typed: str, check: bool = True) -> Worked:
    """The solution of a text; only what it uses is declared."""
    ranges = tuple(pair for pair in RANGES if pair[0] in typed)
    return solve(Simplify(typed, ranges, SYMBOLS), check=check)


def written(line: Line) -> str:
    """A line that has a text."""
    assert not isinstance(line, Display)
    return text(line)


@pytest.mark.parametrize(("typed", "lines"), CASES)
def test_the_lines_of_a_solution(typed: str, lines: tuple[str, ...]) -> None:
    found = worked(typed)
    assert tuple(written(s.after) for s in found.steps) == lines
    assert all(s.check is not None and s.check.max_error < 1e-12 for s in found.steps)
    assert found.answer.text == (lines[-1] if lines else typed)


@pytest.mark.parametrize("typed", [typed for typed, lines in CASES if lines])
def test_a_line_uses_one_delta(typed: str) -> None:
    def deltas(line: object) -> int:
        assert isinstance(line, tuple)
        return sum(isinstance(f, Delta) for t in line for f in t.factors)

    for step in worked(typed).steps:
        if step.rule is ONE_DELTA and isinstance(step.after, tuple) and step.after:
            assert 0 < deltas(step.before) - deltas(step.after) <= 2


def test_reasons_name_the_delta_and_what_it_does() -> None:
    steps = worked("sum[j,l](delta[j,l]*delta[l,j])").steps
    assert [reason_text(s.because) for s in steps] == [
        "delta[j,l] replaces j by l",
        "delta[l,l] is 1 for every l; the sum over l has n equal terms",
    ]
    (step,) = worked("A[i,k] + sum[j](delta[i,j]*A[j,k])").steps
    assert reason_text(step.because).endswith("; like terms are collected")
    cancelled = worked("A[i,k] - sum[j](delta[i,j]*A[j,k])").steps[-1]
    assert reason_text(cancelled.because).endswith("; the terms cancel")
    assert cancelled.after == ()


@pytest.mark.parametrize("rule", ONE_BY_ONE, ids=lambda rule: rule.name)
def test_the_example_of_a_rule_is_what_it_does(rule: Rule) -> None:
    before, after = rule.example.split(" => ")
    symbols = nodes_of((("X", "m x n"),))
    ranges = ranges_of((("j", "m"), ("r", "m"), ("i", "m"), ("k", "n")))
    (term,) = parse_terms(before, symbols, ranges)
    found = rule.apply(term, no_names)
    assert found is not None
    assert isinstance(found.new, tuple)
    assert text(found.new) == after


def test_marks_are_the_factors_that_changed() -> None:
    (step,) = worked("sum[j](alpha*delta[i,j]*A[j,k])").steps
    assert step.marks == ((0, 1),)


def test_a_wrong_rule_is_caught_at_its_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(term: Term, fresh: Fresh) -> Rewritten | None:
        right = ONE_DELTA.apply(term, fresh)
        if right is None:
            return None
        assert isinstance(right.new, tuple)
        return Rewritten(tuple(Term(2 * t.coef, t.factors, t.bound) for t in right.new), right.because)

    monkeypatch.setattr(one_delta, "ONE_BY_ONE", (replace(ONE_DELTA, apply=wrong), *ONE_BY_ONE[1:]))
    with pytest.raises(CheckError, match=r"step 1 \(contraction\)"):
        worked("sum[j](delta[i,j]*A[j,k])")
    assert worked("sum[j](delta[i,j]*A[j,k])", check=False).answer.text == "2*A[i,k]"


def test_ranges_that_no_symbol_has_get_a_size() -> None:
    ranges = ranges_of((("j", "h"), ("l", "d")))
    start = parse_terms("sum[j,l](delta[j,j]*delta[l,l])", {}, ranges)
    steps = held(one_by_one(start), free_letters(start), ())
    assert written(steps[-1].after) == "h*d"


def test_a_text_that_is_wrong_is_an_input_error() -> None:
    with pytest.raises(InputError):
        worked("sum[j](delta[i,j]*A[j])")
