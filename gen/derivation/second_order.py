"""Second derivatives: the gradient first, then each of its entries is differentiated again."""

from __future__ import annotations

from gen.derivation.check import Points
from gen.derivation.engine import run
from gen.derivation.entry_methods import matrix_shape, notes_on
from gen.derivation.frame import Frame
from gen.derivation.index_method import phases, with_entries, with_matrix_form
from gen.derivation.question import AGAINST, Question
from gen.derivation.record import Line, Result, Results, Step
from gen.derivation.result import Derivation
from gen.derivation.verification import checked_steps, somewhere, truth_of, with_results_checked
from gen.language.index import Entry, Partial, Terms, one
from gen.language.node import Node


def second_by_index(q: Question) -> Derivation:
    """∂²f/∂X_ik∂X_qr in index notation: a matrix for a vector variable, a tensor for a matrix."""
    p, f = q.problem, q.frame()
    start = one(Partial(one(Partial(one(Entry(p.expr)), f.by_first)), f.by))
    inner, _ = first_derivative(p.expr, f, p.symmetric)
    steps = tuple(_wrapped(s, f) for s in inner)
    line = steps[-1].after if steps else start
    assert isinstance(line, tuple)
    steps = (*steps, *run(line, phases(p.symmetric), f.alphabet))
    free = f.of_first + f.of_variable
    matrix: Node | None = None
    if len(free) <= 2 and len(f.of_first) <= 1:
        row, col = f.first_row or f.first_col, f.x_row or f.x_col
        steps, form, matrix = with_matrix_form(steps, start, row, col)
    else:
        steps, form = with_entries(steps, start, free)
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


def _wrapped(step: Step, f: Frame) -> Step:
    """A step of the gradient, inside the second derivative."""
    return Step(step.rule, (0, 0), _inside(step.before, f), _inside(step.after, f), step.because)


def _inside(line: Line, f: Frame) -> Terms:
    assert isinstance(line, tuple)
    return one(Partial(line, f.by))
