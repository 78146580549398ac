"""The methods that work with entries: index notation and backpropagation."""

from __future__ import annotations

from gen.derivation.check import (
    Points,
)
from gen.derivation.frame import Frame
from gen.derivation.index_method import (
    backprop_start,
    index_start,
    index_steps,
    with_entries,
    with_matrix_form,
)
from gen.derivation.linear_map import NotLinearError
from gen.derivation.question import AGAINST, Question
from gen.derivation.record import Problem, Result, Results
from gen.derivation.result import Derivation
from gen.derivation.vec_method import vec_jacobian
from gen.derivation.verification import (
    checked_steps,
    somewhere,
    truth_of,
    with_results_checked,
)
from gen.language.dimension import Dim
from gen.language.index import Letter, Terms
from gen.language.node import Node
from gen.language.transposition import flip


def index(q: Question) -> Derivation:
    """∂F_ik/∂X_qr in index notation, down to the matrix form where there is one."""
    f = q.frame()
    start = index_start(q.problem.expr, f)
    return _by_indices(q, f, start, _targets(q.problem, f), None)


def backprop(q: Question) -> Derivation:
    """Σ_ik G_ik ∂F_ik/∂X_qr for an upstream gradient G; for a scalar f, G is 1 and left out."""
    f = q.frame()
    start = backprop_start(q.problem.expr, f)
    upstream = None if q.problem.expr.is_scalar else f.upstream
    return _by_indices(q, f, start, (f.x_row, f.x_col), upstream)


def _targets(p: Problem, f: Frame) -> tuple[Letter | None, Letter | None] | None:
    """Which free index is the row and which the column of the matrix form; None where there are too many."""
    if p.expr.is_scalar:
        return f.x_row, f.x_col
    if p.wrt.is_scalar:
        return (f.f_col, f.f_row) if p.layout == "denominator" else (f.f_row, f.f_col)
    if len(f.of_function) == 1 and len(f.of_variable) == 1:
        i, q = f.of_function[0], f.of_variable[0]
        return (q, i) if p.layout == "denominator" else (i, q)
    return None


def _by_indices(
    q: Question,
    f: Frame,
    start: Terms,
    targets: tuple[Letter | None, Letter | None] | None,
    upstream: Node | None,
) -> Derivation:
    p = q.problem
    steps = index_steps(start, f, p.symmetric)
    last = steps[-1].after if steps else start
    assert isinstance(last, tuple)
    form, matrix = last, None
    free = f.of_variable if upstream is not None or p.expr.is_scalar else f.of_function + f.of_variable
    if targets is not None:
        steps, form, matrix = with_matrix_form(steps, start, *targets)
    else:
        steps, form = with_entries(steps, start, free)
    shape = tuple([x.dim for x in free])
    has_vec = q.stacked and upstream is None and targets is None and p.wrt.structure is None
    results = Results(
        index=Result(form, shape, free),
        matrix=None if matrix is None else Result(matrix, matrix_shape(matrix)),
        vec=_vec_result(p, f) if has_vec else None,
    )
    notes = notes_on(p, not form, results)
    bare = Derivation(p, f.value, free, upstream, steps, results, None, AGAINST, False, notes)
    if not q.check:
        return bare

    def held(points: Points) -> Derivation:
        truth = truth_of(p, points.numbers, f, upstream)
        stepped = checked_steps(steps, free, points.numbers)
        return with_results_checked(bare, stepped, points, truth)

    return somewhere(p, f, held)


def matrix_shape(matrix: Node) -> tuple[Dim, ...]:
    if matrix.is_scalar:
        return ()
    return (matrix.rows,) if matrix.cols.is_one else (matrix.rows, matrix.cols)


def _vec_result(p: Problem, f: Frame) -> Result | None:
    try:
        jacobian = vec_jacobian(p.expr, p.wrt, f.alphabet)
    except NotLinearError:
        return None
    turned = flip(jacobian) if p.layout == "denominator" else jacobian
    return Result(turned, (turned.rows, turned.cols))


def notes_on(p: Problem, vanishes: bool, results: Results) -> tuple[str, ...]:
    out: list[str] = []
    if p.wrt.name not in p.expr.names:
        out.append(f"the expression does not contain {p.wrt.name}: its derivative is zero")
    elif vanishes:
        out.append("the derivative is zero wherever it exists")
    if p.kind in ("gradient", "jacobian") and results.matrix is None and p.method == "index":
        out.append("there is no matrix form in the language; the index form is the answer")
    if p.kind == "vechess" and p.wrt.structure is not None:
        out.append(
            "the gradient by the free entries s, Sᵀ vec(P) for vec(dX) = S ds, is differentiated again"
        )
    if p.wrt.structure == "symmetric":
        out.append(
            "symmetric variable: partials by the free entries, so (q,r) and (r,q) move together"
            if p.symmetric == "free"
            else "symmetric variable: the symmetric part of the unconstrained gradient"
        )
    return tuple(out)


def gradient_by_entries(p: Problem, f: Frame) -> Node | None:
    """The gradient of a scalar as a matrix, by way of its entries and without the steps."""
    start = index_start(p.expr, f)
    steps = index_steps(start, f, p.symmetric)
    return with_matrix_form(steps, start, f.x_row, f.x_col)[2]
