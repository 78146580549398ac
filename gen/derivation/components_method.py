"""The components method as a whole: table, steps, check at the small sizes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from gen.derivation.check import (
    TOLERANCE,
    compare,
    derivative_by_numbers,
)
from gen.derivation.components import LIMIT, Table, component_steps, position, small_sizes, table
from gen.derivation.entry_methods import index
from gen.derivation.evaluate import Numbers, OutOfDomainError
from gen.derivation.frame import Frame, inner_dims
from gen.derivation.points import Stream, dim_names, draw
from gen.derivation.question import Question
from gen.derivation.record import Check, Step
from gen.derivation.result import Derivation
from gen.derivation.verification import (
    failed,
)
from gen.errors import input_error
from gen.language.dimension import ONE
from gen.language.function import Array
from gen.language.index import Entry, Terms
from gen.language.node import Node


def components(q: Question) -> Derivation:
    """Small sizes put in, every entry written out and differentiated by every entry."""
    p, f = q.problem, q.frame()
    sizes = sizes_of_components(p.expr, p.wrt, p.symbols, p.sizes)
    if sizes is None and p.sizes:
        said = ", ".join(f"{name} = {size}" for name, size in p.sizes)
        raise input_error(
            "too_large",
            f"written out with {said}, the function or {p.wrt.name} would have more than {LIMIT} entries",
            where="file",
            hint="smaller sizes, or no components",
        )
    if sizes is None:
        raise input_error(
            "unsupported",
            f"written out, the function and {p.wrt.name} would have more than 12 entries each",
            hint="the components method is for small shapes; try --method index",
        )
    solved = index(replace(q, problem=replace(p, method="index")))
    assert solved.results.index is not None
    answer = solved.results.index.line
    assert isinstance(answer, tuple)
    f = solved_frame(q, solved)
    t = table(p.expr, f, answer, sizes, f.alphabet)
    steps = component_steps(p.expr, f, t)
    out = replace(solved, problem=p, steps=steps, sizes=tuple(sizes.items()))
    if not q.check:
        return out
    return replace(out, steps=_with_checks(steps, _components_agree(out, sizes, t)))


def _with_checks(steps: tuple[Step, ...], checks: tuple[Check, ...]) -> tuple[Step, ...]:
    """The figures of the two tables at their steps; none where no point was found at these sizes."""
    if not checks:
        return steps
    return tuple(replace(step, check=check) for step, check in zip(steps, checks, strict=True))


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


def sizes_of_components(
    expr: Node, variable: Node, symbols: tuple[Node, ...], given: Iterable[tuple[str, int]] = ()
) -> dict[str, int] | None:
    """Sizes for every dimension of a question: those given, else small ones; None where it is too large."""
    return small_sizes(expr, variable, tuple(dict.fromkeys((*dim_names(symbols), *inner_dims(expr)))), given)


def _components_agree(d: Derivation, sizes: dict[str, int], t: Table) -> tuple[Check, ...]:
    """Every entry against the function and every cell against the complex step, at the same sizes."""
    p = d.problem
    stream = Stream()
    for mood in (0, 1, 2, 3, 1, 1, 2, 2):
        values = {s.name: draw(s, sizes, stream, mood) for s in p.symbols}
        numbers = Numbers(values, sizes, p.symmetric)
        try:
            with np.errstate(all="ignore"):
                whole = numbers.node(p.expr)[:, 0]
                truth = derivative_by_numbers(p.expr, p.wrt, numbers)
                entries = [_cell_value(terms, numbers) for _, terms in t.entries]
                cells = [_cell_value(c.value, numbers) for c in t.cells]
        except (OutOfDomainError, np.linalg.LinAlgError):
            continue
        if not (np.all(np.isfinite(whole)) and np.all(np.isfinite(truth))):
            continue
        return (
            _same(entries, whole, "the table of entries"),
            _same(cells, truth, "the table of derivatives"),
        )
    return ()


def _cell_value(terms: Terms, numbers: Numbers) -> Array:
    """The value at each point of a sum of products of entries whose indices are numbers."""
    total: Array = np.zeros(1, dtype=complex)
    for term in terms:
        value: Array = np.full(1, complex(float(term.coef)))
        for factor in term.factors:
            assert isinstance(factor, Entry)
            whole = numbers.node(factor.node)[:, 0]
            row, col = (0 if x is None else position(x, numbers.sizes) for x in (factor.row, factor.col))
            value = value * whole[:, row, col]
        total = total + value
    return total


def _same(cells: list[Array], whole: Array, what: str) -> Check:
    """Cells in the order of the table against the array they are the entries of."""
    # What is the same everywhere has one point only.
    shape = (max(len(whole), *(len(c) for c in cells)), len(cells))
    table_values = np.stack([np.broadcast_to(c, shape[0]) for c in cells], axis=-1)
    check = compare(table_values, np.broadcast_to(whole.reshape(len(whole), -1), shape))
    if not check.max_error < TOLERANCE:
        raise failed(what, check)
    return check
