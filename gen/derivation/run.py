"""What each method does with a question: steps, results, and the check of both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from gen.derivation.check import (
    TOLERANCE,
    Points,
    choose_points,
    compare,
    derivative_by_numbers,
    value_of,
)
from gen.derivation.components import component_steps, small_sizes, table
from gen.derivation.evaluate import Numbers, OutOfDomain
from gen.derivation.frame import Frame, frame, inner_dims
from gen.derivation.index_method import backprop_start, index_start, index_steps, with_matrix_form
from gen.derivation.linear_map import NotLinear
from gen.derivation.points import dim_names, draw
from gen.derivation.record import Check, Display, Line, Problem, Result, Results, Step
from gen.derivation.result import Derivation
from gen.derivation.vec_method import gradient_of, vec_steps
from gen.errors import FreeIndexError, Report, input_error
from gen.language.algebra import flip
from gen.language.dimension import ONE, Dim
from gen.language.function import Array
from gen.language.index import Letter, Terms
from gen.language.node import Node

AGAINST = "complex step"


@dataclass(frozen=True, slots=True)
class Question:
    """A problem ready to be solved; `names` are all names in use, `called` the author's name of F."""

    problem: Problem
    names: frozenset[str]
    called: str | None
    check: bool

    def frame(self) -> Frame:
        """Fresh names for one derivation."""
        p = self.problem
        return frame(p.expr, p.wrt, p.symbols, self.called)


class CheckError(FreeIndexError):
    """A line does not agree with numbers; the derivation is not given out (exit status 1)."""

    exit_status = 1


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
        return f.f_row, f.f_col
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
    steps = index_steps(start, f)
    last = steps[-1].after if steps else start
    assert isinstance(last, tuple)
    form, matrix = last, None
    if targets is not None:
        steps, form, matrix = with_matrix_form(steps, start, *targets)
    free = f.of_variable if upstream is not None or p.expr.is_scalar else f.of_function + f.of_variable
    shape = tuple(x.dim for x in free)
    results = Results(
        index=Result(form, shape, free),
        matrix=None if matrix is None else Result(matrix, _matrix_shape(matrix)),
    )
    if upstream is None and targets is None and p.wrt.structure is None:
        results = replace(results, vec=_vec_result(p, f))
    notes = _notes(p, form, results)
    bare = Derivation(p, f.value, free, upstream, steps, results, None, AGAINST, False, notes)
    if not q.check:
        return bare
    points = _points(p, f)
    truth = _truth(p, points.numbers, f, upstream)
    bare = replace(bare, steps=_checked_steps(steps, free, points.numbers))
    return _with_results_checked(bare, points, truth)


def _matrix_shape(matrix: Node) -> tuple[Dim, ...]:
    if matrix.is_scalar:
        return ()
    return (matrix.rows,) if matrix.cols == ONE else (matrix.rows, matrix.cols)


def _vec_result(p: Problem, f: Frame) -> Result | None:
    try:
        jacobian = vec_steps(p.expr, p.wrt, f.alphabet)[2]
    except NotLinear:
        return None
    turned = flip(jacobian) if p.layout == "denominator" else jacobian
    return Result(turned, (turned.rows, turned.cols))


def _notes(p: Problem, form: Terms, results: Results) -> tuple[str, ...]:
    out: list[str] = []
    if p.wrt.name not in p.expr.names:
        out.append(f"the expression does not contain {p.wrt.name}: its derivative is zero")
    elif not form:
        out.append("the derivative is zero wherever it exists")
    if p.kind in ("gradient", "jacobian") and results.matrix is None and p.method == "index":
        out.append("there is no matrix form in the language; the index form is the answer")
    if p.wrt.structure == "symmetric":
        out.append(
            "symmetric variable: partials by the free entries, so (q,r) and (r,q) move together"
            if p.symmetric == "free"
            else "symmetric variable: the symmetric part of the unconstrained gradient"
        )
    return tuple(out)


# --- vec ----------------------------------------------------------------------------


def vec(q: Question) -> Derivation:
    """vec(dF) = J vec(dX); for a scalar or vector F of a vector, J or its transpose is the answer."""
    p, f = q.problem, q.frame()
    if p.wrt.structure is not None:
        raise input_error(
            "unsupported",
            f"the vec form by a {p.wrt.structure} variable is not there yet",
            where="wrt",
            hint="the index method knows structured variables",
        )
    try:
        start, steps, jacobian = vec_steps(p.expr, p.wrt, f.alphabet)
    except NotLinear:
        raise input_error(
            "unsupported",
            "a map around the increment has no matrix in the language",
            hint="try --method index",
        ) from None
    turned = flip(jacobian) if p.layout == "denominator" else jacobian
    matrix: Result | None = None
    if p.kind == "jacobian":
        answer = turned if p.expr.cols == ONE or not p.wrt.is_scalar else None
        matrix = None if answer is None else Result(answer, _matrix_shape(answer))
    elif p.kind == "gradient":
        gradient = gradient_of(jacobian) if p.wrt.cols == ONE else _unstacked(jacobian, p.wrt)
        matrix = None if gradient is None else Result(gradient, _matrix_shape(gradient))
    results = Results(matrix=matrix, vec=Result(turned, (turned.rows, turned.cols)))
    notes = _notes(p, ((),) if p.wrt.name in p.expr.names else (), results)  # type: ignore[arg-type]  # only its length counts
    bare = Derivation(p, f.value, (), None, steps, results, None, AGAINST, False, notes)
    if not q.check:
        return bare
    points = _points(p, f)
    move = _increment_values(p.wrt, points)
    numbers = points.numbers
    numbers.increments[p.wrt.name] = move
    truth = _truth(p, numbers, f, None)
    along = Numbers({**numbers.values, f"d{p.wrt.name}": move}, numbers.sizes, numbers.symmetric)
    along.increments[p.wrt.name] = move
    bare = replace(bare, steps=_checked_steps(steps, (), along))
    return _with_results_checked(bare, points, truth)


def _unstacked(jacobian: Node, variable: Node) -> Node | None:
    """The gradient of f by a matrix from its row vec(P)ᵀ: P, where it reads so; by a row the row itself."""
    if variable.rows == ONE:
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
        from_scale = Node("product", variable.rows, variable.cols, args=(*scale, column.args[0]))
        return from_scale if scale else column.args[0]
    return None


def _increment_values(variable: Node, points: Points) -> Array:
    rng = np.random.default_rng(len(points.sizes) + 7)
    plain = Node("symbol", variable.rows, variable.cols, name=variable.name, structure=variable.structure)
    return draw(plain, dict(points.sizes), rng, 0)[:, None] + 0j


# --- components ----------------------------------------------------------------------


def components(q: Question) -> Derivation:
    """Small sizes put in, every entry written out and differentiated by every entry."""
    p, f = q.problem, q.frame()
    solved = index(replace(q, problem=replace(p, method="index")))
    assert solved.results.index is not None
    sizes = sizes_of_components(p.expr, p.wrt, p.symbols)
    if sizes is None:
        raise input_error(
            "unsupported",
            f"written out, the function and {p.wrt.name} would have more than 12 entries each",
            hint="the components method is for small shapes; try --method index",
        )
    answer = solved.results.index.line
    assert isinstance(answer, tuple)
    f = solved_frame(q, solved)
    t = table(p.expr, f, answer, sizes, f.alphabet)
    steps = component_steps(p.expr, f, t)
    out = replace(solved, problem=p, steps=steps, sizes=tuple(sizes.items()))
    if q.check:
        _components_agree(out, sizes, answer)
    return out


def solved_frame(q: Question, solved: Derivation) -> Frame:
    """A frame with the same letters: letters are handed out in one fixed order."""
    f = q.frame()
    assert solved.free == (f.of_function + f.of_variable if not q.problem.expr.is_scalar else f.of_variable)
    # Letters that the answer binds must not be handed out again.
    assert solved.results.index is not None and isinstance(solved.results.index.line, tuple)
    for term in solved.results.index.line:
        for _ in term.bound:
            f.alphabet(ONE)
    return f


def sizes_of_components(expr: Node, variable: Node, symbols: tuple[Node, ...]) -> dict[str, int] | None:
    """Small sizes for every dimension of a question, or None where it would be too large to write out."""
    return small_sizes(expr, variable, tuple(dict.fromkeys((*dim_names(symbols), *inner_dims(expr)))))


def _components_agree(d: Derivation, sizes: dict[str, int], answer: Terms) -> None:
    """The index form at the small sizes against the complex step at the same sizes."""
    p = d.problem
    rng = np.random.default_rng(11)
    for mood in (0, 1, 2, 3, 1, 1, 2, 2):
        values = {s.name: draw(s, sizes, rng, mood)[:, None] + 0j for s in p.symbols}
        numbers = Numbers(values, sizes, p.symmetric)
        try:
            truth = derivative_by_numbers(p.expr, p.wrt, numbers)
        except (OutOfDomain, np.linalg.LinAlgError):
            continue
        value = numbers.terms(answer, d.free)[:, 0]
        check = compare(
            value.reshape(-1), np.broadcast_to(truth, (value.shape[0], *truth.shape[1:])).reshape(-1)
        )
        if not check.max_error < TOLERANCE:
            raise _failed("the table of entries", check)
        return


# --- the check -----------------------------------------------------------------------


def _points(p: Problem, f: Frame) -> Points:
    extra = () if p.expr.is_scalar else (f.upstream,)
    return choose_points(p.expr, p.wrt, p.symbols, extra, p.symmetric)


def _truth(p: Problem, numbers: Numbers, f: Frame, upstream: Node | None) -> Array:
    """The derivative by the complex step, contracted with the upstream gradient where there is one."""
    tensor = derivative_by_numbers(p.expr, p.wrt, numbers)
    if upstream is None:
        return tensor
    g = numbers.values[upstream.name][:, 0]
    return np.asarray(
        np.einsum("pik,pikqr->pqr", g, np.broadcast_to(tensor, (g.shape[0], *tensor.shape[1:])))
    )


def _checked_steps(steps: tuple[Step, ...], free: tuple[Letter, ...], numbers: Numbers) -> tuple[Step, ...]:
    """Every step with the distance between its two lines; raises CheckError at the first guilty one."""
    values: dict[Line, Array] = {}

    def value(line: Line) -> Array:
        if line not in values:
            values[line] = value_of(line, free, numbers)
        return values[line]

    out: list[Step] = []
    for number, step in enumerate(steps, 1):
        if isinstance(step.before, Display) or isinstance(step.after, Display):
            out.append(step)
            continue
        check = compare(value(step.before), value(step.after))
        if not check.max_error < TOLERANCE:
            raise _failed(f"step {number} ({step.rule.name})", check)
        out.append(replace(step, check=check))
    for first, second in pairwise(out):
        assert first.after == second.before, "steps do not chain"
    return tuple(out)


def _failed(what: str, check: Check) -> CheckError:
    message = f"{what} does not agree with numbers: relative error {check.max_error:.1e}"
    return CheckError(
        Report("internal", message, hint="please report the expression: the answer is withheld")
    )


def _with_results_checked(d: Derivation, points: Points, truth: Array) -> Derivation:
    """Every form of the answer against the complex step on the original expression."""
    numbers, p = points.numbers, d.problem
    worst = 0.0
    flat = truth.reshape(truth.shape[0], -1)

    def against(value: Array, expected: Array, what: str) -> None:
        nonlocal worst
        count = max(value.shape[0], expected.shape[0])
        a = np.broadcast_to(value.reshape(value.shape[0], -1), (count, value[0].size))
        b = np.broadcast_to(expected.reshape(expected.shape[0], -1), (count, expected[0].size))
        check = compare(a, b)
        if not check.max_error < TOLERANCE:
            raise _failed(what, check)
        worst = max(worst, check.max_error)

    if d.results.index is not None:
        line = d.results.index.line
        assert isinstance(line, tuple)
        against(numbers.terms(line, d.free)[:, 0], flat, "the index form of the answer")
    if d.results.matrix is not None:
        matrix = d.results.matrix.line
        assert isinstance(matrix, Node)
        value = numbers.node(matrix)[:, 0]
        if p.kind == "jacobian" and p.layout == "denominator" and d.upstream is None:
            value = np.swapaxes(value, -1, -2)
        against(value, flat, "the matrix form of the answer")
    if d.results.vec is not None:
        stacked = d.results.vec.line
        assert isinstance(stacked, Node)
        value = numbers.node(stacked)[:, 0]
        if p.layout == "denominator":
            value = np.swapaxes(value, -1, -2)
        against(value, _stack(truth), "the vec form of the answer")
    return replace(d, check=Check(truth.shape[0], worst), verified=True, sizes=points.sizes)


def _stack(tensor: Array) -> Array:
    """The tensor's entries as ∂vec(F)/∂vec(X)ᵀ: rows k,i and columns r,q, the first index fastest."""
    points, i, k, q, r = tensor.shape
    return np.asarray(tensor.transpose(0, 2, 1, 4, 3).reshape(points, i * k, q * r))
