"""Steps and answers held against numbers; what does not agree is an error that names the step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from gen.derivation.check import (
    SECOND_ORDER_TOLERANCE,
    TOLERANCE,
    Points,
    candidates,
    compare,
    derivative_by_numbers,
    second_derivative_by_numbers,
    value_of,
)
from gen.derivation.evaluate import Numbers, OutOfDomainError
from gen.derivation.frame import Frame
from gen.derivation.points import POINTS
from gen.derivation.record import Check, Display, Line, Problem, Step
from gen.derivation.result import Derivation
from gen.errors import FreeIndexError, Report
from gen.language.function import Array
from gen.language.index import Letter
from gen.language.node import Node

# By order: how far the variable is scaled, and how much more than that a derivative may change by it.
NUDGE = {1: 1e-9, 2: 1e-6}
STEEPEST = {1: 1e5, 2: 10}


class CheckError(FreeIndexError):
    """A line does not agree with numbers; the derivation is not given out (exit status 1)."""

    exit_status = 1


def somewhere(p: Problem, f: Frame, held: Callable[[Points], Derivation]) -> Derivation:
    """The derivation held against numbers at the first points where every line is defined.

    A line that does not agree is a fault, except at points where rounding alone moves the
    derivative: those say nothing and others are taken.
    """
    extra = () if p.expr.is_scalar else (f.upstream,)
    for points in candidates(p.expr, p.wrt, p.symbols, extra, p.symmetric):
        try:
            return held(points)
        except (OutOfDomainError, np.linalg.LinAlgError):
            continue
        except CheckError:
            if not _too_steep(p, points.numbers, f):
                raise
    raise AssertionError("candidates end with an error")


def _too_steep(p: Problem, numbers: Numbers, f: Frame) -> bool:
    """Does the derivative change out of all proportion when the variable is scaled by next to nothing?"""
    scaled = numbers.values[p.wrt.name] * (1 + NUDGE[p.order])
    moved = Numbers({**numbers.values, p.wrt.name: scaled}, numbers.sizes, numbers.symmetric)
    try:
        here, there = (truth_of(p, world, f, None) for world in (numbers, moved))
    except (OutOfDomainError, np.linalg.LinAlgError):
        return True
    return not compare(here, there).max_error < STEEPEST[p.order] * NUDGE[p.order]


def truth_of(p: Problem, numbers: Numbers, f: Frame, upstream: Node | None) -> Array:
    """The derivative by the complex step, contracted with the upstream gradient where there is one."""
    if p.order == 2:
        return second_derivative_by_numbers(p.expr, p.wrt, numbers)
    tensor = derivative_by_numbers(p.expr, p.wrt, numbers)
    if upstream is None:
        return tensor
    g = numbers.values[upstream.name][:, 0]
    return np.asarray(
        np.einsum("pik,pikqr->pqr", g, np.broadcast_to(tensor, (g.shape[0], *tensor.shape[1:])))
    )


def tolerance(order: int) -> float:
    """What a check must stay below."""
    return TOLERANCE if order == 1 else SECOND_ORDER_TOLERANCE


def checked_steps(
    steps: tuple[Step, ...], free: tuple[Letter, ...], numbers: Numbers, order: int = 1
) -> tuple[Step, ...]:
    """Every step with the distance between its two lines; raises CheckError at the first guilty one."""
    known: tuple[Line, Array] | None = None
    out: list[Step] = []
    for number, step in enumerate(steps, 1):
        if isinstance(step.before, Display) or isinstance(step.after, Display):
            out.append(step)
            continue
        # A step begins with the line that ended the last one.
        same = known is not None and known[0] is step.before
        before = known[1] if known is not None and same else value_of(step.before, free, numbers)
        try:
            after = value_of(step.after, free, numbers)
            known = step.after, after
            check = compare(before, after)
        except np.linalg.LinAlgError:
            raise
        except ValueError:
            check = Check(POINTS, float("inf"))  # factors that do not fit have no value at all
        if not check.max_error < tolerance(order):
            raise failed(f"step {number} ({step.rule.name})", check)
        out.append(replace(step, check=check))
    for first, second in pairwise(out):
        assert first.after == second.before, "steps do not chain"
    return tuple(out)


def failed(what: str, check: Check) -> CheckError:
    message = f"{what} does not agree with numbers: relative error {check.max_error:.1e}"
    return CheckError(
        Report("internal", message, hint="please report the expression: the answer is withheld")
    )


def with_results_checked(d: Derivation, points: Points, truth: Array) -> Derivation:
    """Every form of the answer against the complex step on the original expression."""
    numbers, p = points.numbers, d.problem
    worst = 0.0
    flat = truth.reshape(truth.shape[0], -1)

    def against(value: Array, expected: Array, what: str) -> None:
        nonlocal worst
        if value[0].size != expected[0].size:
            raise failed(what, Check(POINTS, float("inf")))
        count = max(value.shape[0], expected.shape[0])
        a = np.broadcast_to(value.reshape(value.shape[0], -1), (count, value[0].size))
        b = np.broadcast_to(expected.reshape(expected.shape[0], -1), (count, expected[0].size))
        check = compare(a, b)
        if not check.max_error < tolerance(p.order):
            raise failed(what, check)
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
        against(value, _stack(_free_part(truth, p)), "the vec form of the answer")
    return replace(d, check=Check(truth.shape[0], worst), verified=True, sizes=points.sizes)


def _free_part(tensor: Array, p: Problem) -> Array:
    """For a structured variable the derivatives by its free entries, as one axis in the order of vech."""
    if p.wrt.structure is None or p.order == 2:
        return tensor
    n = tensor.shape[-1]
    places = [(q, r) for r in range(n) for q in range(r, n)]
    if p.wrt.structure == "diagonal":
        places = [(q, q) for q in range(n)]
    return np.stack([tensor[..., q, r] for q, r in places], axis=-1)[..., None]


def _stack(tensor: Array) -> Array:
    """The tensor's entries as ∂vec(F)/∂vec(X)ᵀ: rows k,i and columns r,q, the first index fastest."""
    points, i, k, q, r = tensor.shape
    return np.asarray(tensor.transpose(0, 2, 1, 4, 3).reshape(points, i * k, q * r))


def worst_of(steps: tuple[Step, ...]) -> Check:
    """The largest error of all steps, each of which was held against the one before."""
    checks = [s.check for s in steps if s.check is not None]
    return max(checks, key=lambda c: c.max_error, default=Check(POINTS, 0.0))
