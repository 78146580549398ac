"""Second derivatives: the gradient first, then each of its entries is differentiated again."""

from __future__ import annotations

from itertools import takewhile

from gen.derivation.check import Points
from gen.derivation.contraction import collect
from gen.derivation.engine import run
from gen.derivation.entry_methods import matrix_shape, notes_on
from gen.derivation.frame import Frame
from gen.derivation.index_method import MATRIX_FORM, phases, with_entries, with_matrix_form
from gen.derivation.question import AGAINST, Question
from gen.derivation.record import Line, Result, Results, Step
from gen.derivation.result import Derivation
from gen.derivation.verification import checked_steps, somewhere, truth_of, with_results_checked
from gen.language.index import Entry, Partial, Term, Terms, one
from gen.language.node import Node


def second_by_index(q: Question) -> Derivation:
    """∂²f/∂X_ik∂X_qr in index notation: a matrix for a vector variable, a tensor for a matrix."""
    p, f = q.problem, q.frame()
    start = one(Partial(one(Partial(one(Entry(p.expr)), f.by_first)), f.by))
    free = f.of_first + f.of_variable
    ways = [_ended(steps, start, f) for steps in _ways(p.expr, f, p.symmetric)]
    # What is shorter and comes to the same.
    steps, form, matrix = ways[-1] if ways[-1][1:] == ways[0][1:] else ways[0]
    results = Results(
        index=Result(form, tuple(x.dim for x in free), free),
        matrix=None if matrix is None else Result(matrix, matrix_shape(matrix)),
    )
    notes = notes_on(p, not form, results)
    bare = Derivation(p, f.value, free, None, steps, results, None, AGAINST, False, notes)
    if not q.check:
        return bare

    def held(points: Points) -> Derivation:
        truth = truth_of(p, points.numbers, f, None)
        stepped = checked_steps(steps, free, points.numbers, order=2)
        return with_results_checked(bare, stepped, points, truth)

    return somewhere(p, f, held)


def first_derivative(expr: Node, f: Frame, symmetric: str) -> tuple[tuple[Step, ...], Node | None]:
    """The steps of the gradient by the first pair of indices, and its matrix form."""
    start = one(Partial(one(Entry(expr)), f.by_first))
    steps = run(start, phases(symmetric), f.alphabet)
    steps, _, gradient = with_matrix_form(steps, start, f.first_row, f.first_col)
    return steps, gradient


def _ended(steps: tuple[Step, ...], start: Terms, f: Frame) -> tuple[tuple[Step, ...], Terms, Node | None]:
    """The steps down to the matrix form, or to entries of a tensor; the index form; the matrix."""
    if len(f.of_first) <= 1 and len(f.of_variable) <= 1:
        return with_matrix_form(steps, start, f.first_row or f.first_col, f.x_row or f.x_col)
    return (*with_entries(steps, start, f.of_first + f.of_variable), None)


def _ways(expr: Node, f: Frame, symmetric: str) -> list[tuple[Step, ...]]:
    """The steps of the first derivative, inside the second, and those of the second.

    The first derivative is differentiated again in its matrix form, in which a softmax or a sum of
    two matrices stands as a whole. Where that form is only written out again as the entries it was
    read from, there is a second way, which goes on from these.
    """
    inner, _ = first_derivative(expr, f, symmetric)
    steps = tuple([_wrapped(s, f) for s in inner])
    line = _line(inner[-1].after) if inner else one(Partial(one(Entry(expr)), f.by_first))
    outer = run(one(Partial(line, f.by)), phases(symmetric), f.alphabet.copy())
    ways = [(*steps, *outer)]
    if inner and inner[-1].rule is MATRIX_FORM:
        entries = _line(inner[-1].before)
        if any(_is_again(_line(s.after), entries) for s in takewhile(_is_written_out, outer)):
            again = run(one(Partial(entries, f.by)), phases(symmetric), f.alphabet.copy())
            ways.append((*steps[:-1], *again))
    return ways


def _is_written_out(step: Step) -> bool:
    return step.rule.kind in ("index_form", "linearity")


def _is_again(line: Terms, entries: Terms) -> bool:
    """Is a line the derivative of these entries, but for dummies and the order of factors and terms?"""
    bodies: list[Term] = []
    for term in line:
        if len(term.factors) != 1 or not isinstance(term.factors[0], Partial):
            return False
        for t in term.factors[0].body:
            bodies.append(Term(term.coef * t.coef, t.factors, term.bound + t.bound))
    return not collect((*bodies, *[Term(-t.coef, t.factors, t.bound) for t in entries]))


def _wrapped(step: Step, f: Frame) -> Step:
    """A step of the gradient, inside the second derivative."""
    before, after = (one(Partial(_line(x), f.by)) for x in (step.before, step.after))
    return Step(step.rule, (0, 0), before, after, step.because, tuple([(0, 0, *m) for m in step.marks]))


def _line(line: Line) -> Terms:
    assert isinstance(line, tuple)
    return line
