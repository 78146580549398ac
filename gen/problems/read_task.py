"""Solving `Read`: free and dummy indices told apart, or the shape of a derivative read off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from types import MappingProxyType

from gen.derivation.check import candidates, derivative_by_numbers
from gen.derivation.derive import read_expression
from gen.derivation.engine import run
from gen.derivation.frame import Frame, frame
from gen.derivation.points import POINTS
from gen.derivation.record import Check
from gen.derivation.verification import failed
from gen.language.dimension import Dim
from gen.language.index import Entry, one
from gen.language.node import Node
from gen.language.reading import Reading
from gen.problems.entry_rules import ENTRIES
from gen.problems.index_world import dummy_letters, held
from gen.problems.reading_answers import indices_answer, shape_answer
from gen.problems.shape_lines import shape_steps
from gen.problems.task import Read
from gen.problems.worked import Worked


def solve_read(task: Read, *, check: bool = True) -> Worked:
    """The solution of a task to read. Raises InputError for an expression that is wrong."""
    wrt = (task.wrt,) if task.wrt else ()
    reading = read_expression(task.expr, dict(task.symbols), wrt)
    return _READERS[task.what](task, reading, check)


def framed(task: Read) -> tuple[Node, Frame]:
    """The expression that is read, and the names of its solution, no dummy index handed out yet."""
    reading = read_expression(task.expr, dict(task.symbols), (task.wrt,) if task.wrt else ())
    return reading.node, _frame(task, reading)


def _frame(task: Read, reading: Reading) -> Frame:
    symbols = tuple(reading.symbols.values())
    if task.what == "indices":
        return frame(reading.node, reading.node, symbols, None, 1, reading.names, task.letters)
    variable = reading.symbols[task.wrt]
    return frame(reading.node, variable, symbols, reading.definition, 1, reading.names, task.letters)


def _indices(task: Read, reading: Reading, check: bool) -> Worked:
    """The entry of the expression, written out; the answer is as in `free: i, k; dummy: j`."""
    symbols = tuple(reading.symbols.values())
    f = _frame(task, reading)
    start = one(Entry(reading.node, f.f_row, f.f_col))
    steps = run(start, ENTRIES, f.alphabet)
    if check:
        steps = held(steps, f.of_function, symbols)
    last = steps[-1].after if steps else start
    assert isinstance(last, tuple)
    answer = indices_answer(f.of_function, dummy_letters(last))
    return Worked(task, start, steps, answer, symbols, f.of_function)


def _shape(task: Read, reading: Reading, check: bool) -> Worked:
    """The ranges of the free indices of ∂F/∂X: those of F, then those of X, as in `m x p x m x n`."""
    symbols = tuple(reading.symbols.values())
    expr, wrt = reading.node, reading.symbols[task.wrt]
    f = _frame(task, reading)
    of_value, of_variable = (tuple(x.dim for x in group) for group in (f.of_function, f.of_variable))
    shape = of_value + of_variable
    if check:
        _held_shape(expr, wrt, symbols, shape)
    given, steps = shape_steps(f, expr, ((expr, f.of_function), (f.variable, f.of_variable)))
    return Worked(task, given, steps, shape_answer(shape), symbols, f.of_function + f.of_variable)


def _held_shape(expr: Node, wrt: Node, symbols: tuple[Node, ...], shape: tuple[Dim, ...]) -> None:
    """The shape of the derivative by numbers, where all sizes differ; CheckError if it is another."""
    points = next(candidates(expr, wrt, symbols, (), "free"))
    _, *found = derivative_by_numbers(expr, wrt, points.numbers).shape
    sizes = dict(points.sizes)
    if [n for n in found if n > 1] != [n for n in (d.size(sizes) for d in shape) if n > 1]:
        raise failed("the shape of the derivative", Check(POINTS, inf))


_READERS: Mapping[str, Callable[[Read, Reading, bool], Worked]] = MappingProxyType(
    {"indices": _indices, "shape": _shape}
)
