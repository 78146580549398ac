"""The components method as a whole: table, steps, check at the small sizes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gen.derivation.check import (
    TOLERANCE,
    compare,
    derivative_by_numbers,
)
from gen.derivation.components import component_steps, small_sizes, table
from gen.derivation.entry_methods import index
from gen.derivation.evaluate import Numbers, OutOfDomainError
from gen.derivation.frame import Frame, inner_dims
from gen.derivation.points import dim_names, draw
from gen.derivation.question import Question
from gen.derivation.result import Derivation
from gen.derivation.verification import (
    failed,
)
from gen.errors import input_error
from gen.language.dimension import ONE
from gen.language.index import Terms
from gen.language.node import Node


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
        except (OutOfDomainError, np.linalg.LinAlgError):
            continue
        value = numbers.terms(answer, d.free)[:, 0]
        # A derivative that is the same everywhere has one point only.
        shape = (max(len(value), len(truth)), truth[0].size)
        flat = [np.broadcast_to(a.reshape(len(a), -1), shape) for a in (value, truth)]
        check = compare(flat[0], flat[1])
        if not check.max_error < TOLERANCE:
            raise failed("the table of entries", check)
        return
