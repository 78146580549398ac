"""An answer held against the right one: shape, equal, transposed, or a multiple."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from gen.derivation.check import value_of
from gen.derivation.evaluate import Numbers, OutOfDomainError
from gen.derivation.points import POINTS
from gen.derivation.result import Derivation
from gen.language.dimension import ONE, Dim, product
from gen.language.function import Array
from gen.language.index import Terms
from gen.language.node import Node
from gen.problems.answer_points import symmetrised, worlds
from gen.problems.carried_on import TENSORS
from gen.problems.distractors import right_when_turned
from gen.problems.worked import Worked

SAME = 1e-7
MOST = 1000  # numerators and denominators of factors that are named


@dataclass(frozen=True, slots=True)
class Should:
    """The form in which the right answer is compared: its shape, and whether as a matrix or in entries.

    `tensor` is the shape with all indices where the matrix is the vec form of a tensor.
    """

    shape: tuple[Dim, ...]
    rows_and_cols: tuple[Dim, Dim]
    entries: bool
    stacked_kind: str
    tensor: tuple[Dim, ...] | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as read; the ranges of its free letters where it was typed in entries."""

    line: Node | Terms
    ranges: tuple[Dim, ...] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What numbers say. `value` is None where the answer has none; `factor` is answer over right answer."""

    shape: tuple[Dim, ...]
    same: bool
    transposed: bool
    factor: Fraction | None
    value: Array | None
    numbers: Numbers | None
    worked: Worked

    def equals(self, line: Node | Terms, should: Should) -> bool:
        """Has another line the same value, and as a matrix the same shape?"""
        if self.numbers is None or self.value is None:
            return False
        value = _value(line, self.worked, should, self.numbers)
        if value is None or value.shape != self.value.shape:
            return False
        return close(value, self.value)


def matrix_should(derivation: Derivation) -> Should:
    """The right answer as a matrix: for tensors their vec form."""
    p = derivation.problem
    stacked = "vecjac" if p.order == 1 else "vechess"
    if p.kind in TENSORS:
        f, x = (p.expr, p.wrt) if p.order == 1 else (p.wrt, p.wrt)
        dims = (product((f.rows, f.cols)), product((x.rows, x.cols)))
        return Should(dims, dims, False, stacked, tuple(x.dim for x in derivation.free))
    result = derivation.results.vec if p.kind in ("vecjac", "vechess") else derivation.results.matrix
    if result is not None and isinstance(result.line, Node):
        dims = (result.line.rows, result.line.cols)
        return Should(_without_ones(dims), dims, False, stacked)
    dims = (p.wrt.rows, p.wrt.cols)
    if p.kind == "jacobian":
        f = p.expr
        dims = (f.rows, f.cols) if p.wrt.is_scalar else (product((f.rows, f.cols)), p.wrt.rows)
    return Should(_without_ones(dims), dims, False, stacked)


def entries_should(derivation: Derivation) -> Should:
    """The right answer in entries."""
    matrix = matrix_should(derivation)
    return Should(tuple(x.dim for x in derivation.free), matrix.rows_and_cols, True, matrix.stacked_kind)


def transposed_is_other_layout(worked: Worked) -> bool:
    """Is the transpose right by other books: a row gradient, a Jacobian turned round?"""
    return right_when_turned(worked)


def _without_ones(dims: tuple[Dim, Dim]) -> tuple[Dim, ...]:
    """A column vector has one axis, a row two."""
    if dims[1] == ONE:
        return () if dims[0] == ONE else dims[:1]
    return dims


def compared(given: Given, worked: Worked, should: Should) -> Comparison:
    """The answer against the right one, at points where both have a value.

    A factor is one only if it is the same for other sizes of the dimensions.
    """
    first: Comparison | None = None
    for numbers in worlds(worked):
        found = _compared_at(numbers, given, worked, should)
        if found is None:
            continue
        if found.factor in (None, 1, -1):
            return found if first is None else replace(first, factor=None, transposed=False)
        if first is None:
            first = found
        elif first.numbers is not None and first.numbers.sizes != numbers.sizes:
            return first if first.factor == found.factor else replace(first, factor=None, transposed=False)
    return first or Comparison(_shape(given, should), False, False, None, None, None, worked)


def same_where_symmetric(given: Given, worked: Worked, should: Should) -> bool:
    """Is the answer the right one where positive definite matrices are symmetric?"""
    for numbers in worlds(worked):
        symmetric = symmetrised(numbers, worked)
        if symmetric is None:
            return False
        found = _compared_at(symmetric, given, worked, should)
        if found is not None:
            return found.same
    return False


def _compared_at(numbers: Numbers, given: Given, worked: Worked, should: Should) -> Comparison | None:
    """None where one of them has no value at these points."""
    shape = _shape(given, should)
    right = _value(_right_line(worked, should), worked, should, numbers)
    value = None if right is None else _value(given.line, worked, should, numbers)
    if right is None or value is None:
        return None
    if isinstance(given.line, Node) and _is_zero(given.line) and not right.any():
        return Comparison(should.shape, True, False, Fraction(1), value, numbers, worked)
    if shape == should.shape:
        if close(value, right):
            return Comparison(shape, True, False, Fraction(1), value, numbers, worked)
        factor = ratio(value, right)
        if factor is not None:
            return Comparison(shape, False, False, factor, value, numbers, worked)
    if not should.entries and shape == _without_ones(should.rows_and_cols[::-1]):
        factor = ratio(value.swapaxes(-1, -2), right)
        return Comparison(shape, False, factor is not None, factor, value, numbers, worked)
    return Comparison(shape, False, False, None, value, numbers, worked)


def _shape(given: Given, should: Should) -> tuple[Dim, ...]:
    if given.ranges is not None:
        return given.ranges
    assert isinstance(given.line, Node)
    return _without_ones((given.line.rows, given.line.cols))


def _is_zero(node: Node) -> bool:
    return node.kind == "number" and node.number == 0


def _right_line(worked: Worked, should: Should) -> Node | Terms:
    assert worked.derivation is not None
    results = worked.derivation.results
    if should.entries and results.index is not None:
        return results.index.line
    assert worked.answer.line is not None
    return worked.answer.line


def _value(line: Node | Terms, worked: Worked, should: Should, numbers: Numbers) -> Array | None:
    """The value of a line: in entries with an axis for each free index, as a matrix with two axes."""
    try:
        with np.errstate(all="ignore"):
            value = value_of(line, numbers.axes(worked.free), numbers)
    except (OutOfDomainError, np.linalg.LinAlgError):
        return None
    value = value[:, 0]
    if not np.isfinite(value).all():
        return None
    if isinstance(line, Node) and should.entries:
        # A closed form beside entries: its axes that are not 1 are the free indices.
        axes = [d.size(numbers.sizes) for d in (line.rows, line.cols) if d != ONE]
        value = value.reshape(len(value), *axes)
    elif not isinstance(line, Node) and not should.entries:
        rows, cols = (d.size(numbers.sizes) for d in should.rows_and_cols)
        if value[0].size != rows * cols:
            return None
        value = value.reshape(len(value), rows, cols)
    return np.broadcast_to(value, (POINTS, *value.shape[1:]))


def close(a: Array, b: Array) -> bool:
    """Are two values of one shape the same, but for rounding?"""
    if a.shape != b.shape:
        return False
    size = max(float(np.abs(a).max(initial=0)), float(np.abs(b).max(initial=0)), 1e-9)
    return bool(np.abs(a - b).max(initial=0) <= SAME * size)


def ratio(a: Array, b: Array) -> Fraction | None:
    """The number c with a = c·b at every point, if it is a plain fraction."""
    if a.shape != b.shape or not a.any() or not b.any():
        return None
    at = np.unravel_index(int(np.abs(b).argmax()), b.shape)
    c = complex(a[at] / b[at])
    factor = Fraction(c.real).limit_denominator(MOST)
    if factor == 0 or abs(factor.numerator) > MOST or not close(a, b * float(factor)):
        return None
    return factor
