"""The vec method as a whole: steps, Jacobian, gradient, check."""

from __future__ import annotations

from dataclasses import replace

from gen.derivation.check import (
    Points,
)
from gen.derivation.entry_methods import gradient_by_entries, matrix_shape, notes_on
from gen.derivation.evaluate import Numbers
from gen.derivation.frame import Frame
from gen.derivation.linear_map import NotLinearError, stacked
from gen.derivation.points import INCREMENT, Stream, draw
from gen.derivation.question import AGAINST, Question
from gen.derivation.record import Problem, Result, Results
from gen.derivation.result import Derivation
from gen.derivation.second_order import first_derivative
from gen.derivation.vec_method import by_free_entries, gradient_of, structured_steps, vec_jacobian, vec_steps
from gen.derivation.verification import (
    checked_steps,
    somewhere,
    truth_of,
    with_results_checked,
)
from gen.errors import input_error
from gen.language.brevity import brief
from gen.language.filled import is_zero, zero
from gen.language.node import Node, multiply
from gen.language.normal_form import normal_form, replaced
from gen.language.transposition import flip


def vec(q: Question) -> Derivation:
    """vec(dF) = J vec(dX); for a scalar or vector F of a vector, J or its transpose is the answer."""
    p, f = q.problem, q.frame()
    try:
        subject = p.expr if p.order == 1 else _gradient(p, f)
        start, steps, jacobian = vec_steps(subject, p.wrt, f.alphabet)
        if p.wrt.structure is not None:
            steps, jacobian = structured_steps(steps, start, jacobian, p.wrt)
    except NotLinearError:
        raise input_error(
            "unsupported",
            "a map around the increment has no matrix in the language",
            hint="try --method index",
        ) from None
    turned = flip(jacobian) if p.layout == "denominator" else jacobian
    matrix: Result | None = None
    if p.kind == "jacobian":
        answer = turned if p.expr.cols.is_one or not p.wrt.is_scalar else None
        matrix = None if answer is None else Result(answer, matrix_shape(answer))
    elif p.kind == "gradient" and p.wrt.structure is None:
        gradient = gradient_of(jacobian) if p.wrt.cols.is_one else _unstacked(jacobian, p.wrt)
        # A row that is no vec(P)ᵀ as it stands has the same entries as the gradient all the same.
        gradient = gradient if gradient is not None else gradient_by_entries(p, q.frame())
        matrix = None if gradient is None else Result(gradient, matrix_shape(gradient))
    results = Results(matrix=matrix, vec=Result(turned, (turned.rows, turned.cols)))
    notes = notes_on(p, is_zero(jacobian), results)
    bare = Derivation(p, f.value, (), None, steps, results, None, AGAINST, False, notes)
    if not q.check:
        return bare

    def held(points: Points) -> Derivation:
        stepped = checked_steps(steps, (), along_increment(p.wrt, points), p.order)
        return with_results_checked(bare, stepped, points, truth_of(p, points.numbers, f, None))

    return somewhere(p, f, held)


def _gradient(p: Problem, f: Frame) -> Node:
    """The gradient that a second derivative differentiates again: by a structured variable Sᵀ vec(P).

    Where vec(dX) = S ds and df = vec(P)ᵀ vec(dX), the partials by the free entries s are Sᵀ vec(P).
    """
    if p.wrt.structure is not None:
        return flip(by_free_entries(_row_of_gradient(p, f), p.wrt))
    gradient = first_derivative(p.expr, f, p.symmetric)[1]
    if gradient is None:
        raise NotLinearError
    return gradient


def _row_of_gradient(p: Problem, f: Frame) -> Node:
    """vec(P)ᵀ for the gradient P by a variable as if it had no structure, which is put in afterwards."""
    bare = Node("symbol", p.wrt.rows, p.wrt.cols, name=p.wrt.name)
    plain = replace(p, expr=replaced(p.expr, p.wrt, bare), wrt=bare, order=1)
    gradient = gradient_by_entries(plain, replace(f, variable=bare))
    if gradient is None:
        return vec_jacobian(p.expr, p.wrt, f.alphabet)
    return flip(stacked(brief(normal_form(replaced(gradient, bare, p.wrt)))))


def _unstacked(jacobian: Node, variable: Node) -> Node | None:
    """The gradient of f by a matrix from its row vec(P)ᵀ: P, where it reads so; by a row the row itself."""
    if is_zero(jacobian):
        return zero(variable.rows, variable.cols)
    if variable.rows.is_one:
        return jacobian
    column = flip(jacobian)
    scale: list[Node] = []
    if column.kind == "product":
        scale = [a for a in column.args if a.is_scalar]
        rest = [a for a in column.args if not a.is_scalar]
        if len(rest) != 1:
            return None
        column = rest[0]
    if column.kind == "call" and column.name == "vec" and column.args[0].rows == variable.rows:
        return multiply(*scale, column.args[0])
    return None


def along_increment(variable: Node, points: Points) -> Numbers:
    """The same points with a value for dX, so that D(U) is the slope of U along it."""
    plain = Node("symbol", variable.rows, variable.cols, name=variable.name, structure=variable.structure)
    return points.numbers.along(variable, draw(plain, points.numbers.sizes, Stream(INCREMENT), 0))
