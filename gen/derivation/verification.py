"""Steps and answers held against numbers; what does not agree is an error that names the step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf

import numpy as np

from gen.derivation.check import (
    SECOND_ORDER_TOLERANCE,
    TOLERANCE,
    TRIES,
    Points,
    candidates,
    compare,
    derivative_by_numbers,
    distances,
    second_derivative_by_numbers,
    value_of,
)
from gen.derivation.evaluate import Numbers, OutOfDomainError
from gen.derivation.frame import Frame
from gen.derivation.points import POINTS
from gen.derivation.record import Check, Problem, Results, Step
from gen.derivation.result import Derivation
from gen.errors import FreeIndexError, InputError, Report
from gen.language.filled import is_zero
from gen.language.function import Array
from gen.language.index import Letter
from gen.language.node import Node

# By order: how far the variable is scaled, and how many times what that does to the derivative may be
# laid to rounding: 16 units in the last place; for differences, what a part of their step does.
NUDGE = {1: 2.0**-48, 2: 1e-6}
SLACK = {1: 1e3, 2: 1e2}
# By order: a derivative below this is as good as zero for a check, which a wrong one would pass.
NOTHING = {1: 1e-10, 2: 1e-7}
# Where it vanishes, larger and smaller values are tried, a few times, for it may vanish everywhere.
REACHES = (1.0, 4.0, 16.0, 0.1)
MOST_EMPTY = 2
FEW_TRIES = 8
UNUSUAL_TOLERANCE = 1e-6  # for a line at such values


class CheckError(FreeIndexError):
    """A line does not agree with numbers; the derivation is not given out (exit status 1)."""

    exit_status = 1

    def __init__(self, report: Report, error: float = inf) -> None:
        super().__init__(report)
        self.error = error


class _EmptyError(Exception):
    """Everything agrees, but the derivative is as good as zero at these points."""

    def __init__(self, derivation: Derivation) -> None:
        super().__init__()
        self.derivation = derivation


def somewhere(p: Problem, f: Frame, held: Callable[[Points], Derivation]) -> Derivation:
    """The derivation held against numbers at the first points where every line is defined.

    A line that does not agree is a fault, except by no more than rounding alone moves the derivative:
    then the points say nothing and others are taken, as they are where the derivative vanishes. One
    that vanishes wherever it is looked at is taken for what it is.
    """
    extra = () if p.expr.is_scalar else (f.upstream,)
    first: Derivation | None = None
    with np.errstate(all="ignore"):
        for reach in REACHES:
            least, most = (0.0, TRIES) if reach == 1.0 else (UNUSUAL_TOLERANCE, FEW_TRIES)
            tries = candidates(p.expr, p.wrt, p.symbols, extra, p.symmetric, reach, most)
            try:
                found, says_something = _first_held(p, f, held, tries, least)
            except InputError:
                if first is None:
                    raise
                continue
            if says_something:
                return found
            first = first or found
    assert first is not None
    return first


def _first_held(
    p: Problem, f: Frame, held: Callable[[Points], Derivation], tries: Iterator[Points], least: float
) -> tuple[Derivation, bool]:
    """The derivation at the first points where it holds, and whether they say anything."""
    empty: list[Derivation] = []
    try:
        for points in tries:
            try:
                return held(points), True
            except _EmptyError as found:
                empty.append(found.derivation)
                if len(empty) == MOST_EMPTY:
                    break
            except (OutOfDomainError, np.linalg.LinAlgError):
                continue
            except CheckError as fault:
                if not fault.error <= max(least, _rounding(p, points.numbers, f)):
                    raise
    except InputError:
        if not empty:
            raise
    return empty[0], False


def _rounding(p: Problem, numbers: Numbers, f: Frame) -> float:
    """How far apart lines may be where the derivative changes by rounding the variable."""
    scaled = numbers.values[p.wrt.name] * (1 + NUDGE[p.order])
    moved = Numbers({**numbers.values, p.wrt.name: scaled}, numbers.sizes, numbers.symmetric)
    try:
        here, there = (truth_of(p, world, f, None) for world in (numbers, moved))
    except (OutOfDomainError, np.linalg.LinAlgError):
        return inf
    return SLACK[p.order] * compare(here, there).max_error


def truth_of(p: Problem, numbers: Numbers, f: Frame, upstream: Node | None) -> Array:
    """The derivative by the complex step, contracted with the upstream gradient where there is one."""
    if p.order == 2:
        return second_derivative_by_numbers(p.expr, p.wrt, numbers)
    tensor = derivative_by_numbers(p.expr, p.wrt, numbers)
    if upstream is None:
        return tensor
    g = numbers.values[upstream.name][:, 0]
    return np.asarray(np.einsum("pik,pikqr->pqr", g, tensor))


def tolerance(order: int) -> float:
    """What a check must stay below."""
    return TOLERANCE if order == 1 else SECOND_ORDER_TOLERANCE


def checked_steps(
    steps: tuple[Step, ...], free: tuple[Letter, ...], numbers: Numbers, order: int = 1
) -> tuple[Step, ...]:
    """Every step with the distance between its two lines; raises CheckError at the first guilty one."""
    if not steps:
        return ()
    line, axes = steps[0].before, numbers.axes(free)
    values = [value_of(line, axes, numbers)]
    stopped: Exception | None = None
    for step in steps:
        # A step begins with the line that ended the last one.
        assert step.before is line or step.before == line, "steps do not chain"
        line = step.after
        try:
            value = value_of(line, axes, numbers)
        except (OutOfDomainError, ValueError) as reason:
            stopped = reason
            break
        if value.shape[1:] != values[0].shape[1:]:
            stopped = ValueError("the shape has changed")
            break
        values.append(value)
    # All in one go, each value against the one before it.
    found = [Check(POINTS, error) for error in distances(values)]
    if isinstance(stopped, ValueError) and not isinstance(stopped, np.linalg.LinAlgError):
        found.append(Check(POINTS, inf))  # factors that do not fit have no value at all
    limit = tolerance(order)
    for number, (step, check) in enumerate(zip(steps, found, strict=False), 1):
        if not check.max_error < limit:
            raise failed(f"step {number} ({step.rule.name})", check)
    if stopped is not None:
        raise stopped
    return tuple(
        [
            Step(s.rule, s.path, s.before, s.after, s.because, s.marks, check)
            for s, check in zip(steps, found, strict=True)
        ]
    )


def failed(what: str, check: Check) -> CheckError:
    message = f"{what} does not agree with numbers: relative error {check.max_error:.1e}"
    return CheckError(
        Report("internal", message, hint="please report the expression: the answer is withheld"),
        check.max_error,
    )


def with_results_checked(d: Derivation, steps: tuple[Step, ...], points: Points, truth: Array) -> Derivation:
    """The derivation with its checked steps, every form of the answer held against the complex step."""
    numbers, p = points.numbers, d.problem
    forms: list[tuple[str, Array]] = []
    worst = 0.0
    if d.results.index is not None:
        line = d.results.index.line
        assert isinstance(line, tuple)
        forms.append(("the index form of the answer", numbers.terms(line, numbers.axes(d.free))))
    if d.results.matrix is not None:
        matrix = d.results.matrix.line
        assert isinstance(matrix, Node)
        value = numbers.node(matrix)
        if p.kind == "jacobian" and p.layout == "denominator" and d.upstream is None:
            value = value.swapaxes(-1, -2)
        forms.append(("the matrix form of the answer", value))
    if forms:
        worst = _against(truth, forms, p.order)
    if d.results.vec is not None:
        stacked = d.results.vec.line
        assert isinstance(stacked, Node)
        value = numbers.node(stacked)
        if p.layout == "denominator":
            value = value.swapaxes(-1, -2)
        expected = _stack(_free_part(truth, p))
        worst = max(worst, _against(expected, [("the vec form of the answer", value)], p.order))
    check = Check(len(truth), worst)
    found = Derivation(
        p, d.value, d.free, d.upstream, steps, d.results, check, d.against, True, d.notes, points.sizes
    )
    if not np.abs(truth).max() > NOTHING[p.order] and not _is_nothing(d.results):
        raise _EmptyError(found)
    return found


def _is_nothing(results: Results) -> bool:
    """Is the answer zero as it is written?"""
    written = [r.line for r in (results.index, results.matrix, results.vec) if r is not None]
    return any(is_zero(line) if isinstance(line, Node) else not line for line in written)


def _against(expected: Array, forms: list[tuple[str, Array]], order: int) -> float:
    """The largest distance of values that have the same entries in the same order."""
    rows = [expected.reshape(len(expected), -1)]
    for what, value in forms:
        flat = value.reshape(len(value), -1)
        if flat.shape[1] != rows[0].shape[1]:
            raise failed(what, Check(POINTS, inf))
        rows.append(flat)
    errors = distances(rows, first=True)
    for (what, _), error in zip(forms, errors, strict=True):
        if not error < tolerance(order):
            raise failed(what, Check(POINTS, error))
    return max(errors)


def _free_part(tensor: Array, p: Problem) -> Array:
    """For a structured variable the derivatives by its free entries, as one axis in the order of vech.

    A second derivative is by free entries twice.
    """
    if p.wrt.structure is None:
        return tensor
    n = tensor.shape[-1]
    places = [(q, r) for r in range(n) for q in range(r, n)]
    if p.wrt.structure == "diagonal":
        places = [(q, q) for q in range(n)]
    free = np.stack([tensor[..., q, r] for q, r in places], axis=-1)[..., None]
    if p.order == 1:
        return free
    return np.stack([free[:, i, k] for i, k in places], axis=1)[:, :, None]


def _stack(tensor: Array) -> Array:
    """The tensor's entries as ∂vec(F)/∂vec(X)ᵀ: rows k,i and columns r,q, the first index fastest."""
    points, i, k, q, r = tensor.shape
    return np.asarray(tensor.transpose(0, 2, 1, 4, 3).reshape(points, i * k, q * r))


def worst_of(steps: tuple[Step, ...]) -> Check:
    """The largest error of all steps, each of which was held against the one before."""
    checks = [s.check for s in steps if s.check is not None]
    return max(checks, key=lambda c: c.max_error, default=Check(POINTS, 0.0))
