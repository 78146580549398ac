"""A right solution up to one step, and from there on with a wrong rule, down to what it leads to."""

from __future__ import annotations

from typing import TypeAlias

from gen.derivation.engine import run
from gen.derivation.index_method import with_entries, with_matrix_form
from gen.derivation.letters import Alphabet
from gen.derivation.record import Line, Phase, Step
from gen.language.dimension import ONE
from gen.language.index import Entry, Factor, Index, Letter, Partial, Terms, factor_letters, one
from gen.language.node import Node
from gen.problems.reform import well_formed
from gen.problems.worked import Worked
from gen.problems.wrong_ending import whole_entry

TENSORS = ("tensor3", "tensor3m", "tensor4", "hessian4")
# The steps of a solution, and the answer that they lead to.
Carried: TypeAlias = tuple[tuple[Step, ...], Node | Terms]


def carried_on(worked: Worked, k: int, wrong: tuple[Phase, ...]) -> Carried | None:
    """The solution from step `k` on with the wrong rule."""
    before = worked.steps[k].before
    if not isinstance(before, tuple):
        return None
    inner = nested(before)
    fresh = Alphabet(_names_in_use(worked, before))
    if inner is None:
        steps = run(before, wrong, fresh)
        return _finished(worked, k, steps, before) if steps else None
    inside = run(inner.body, wrong, fresh)
    if not inside:
        return None
    row, col = _first_indices(worked, inner.by)
    inside, _, _ = with_matrix_form(inside, inner.body, row, col)
    steps = tuple(_wrapped(s, inner.by) for s in inside)
    last = _terms(steps[-1].after)
    return _finished(worked, k, (*steps, *run(last, wrong, fresh)), before)


def _finished(worked: Worked, k: int, steps: tuple[Step, ...], start: Terms) -> Carried | None:
    """The contracted line brought to the kind of form that the right answer has."""
    right = worked.answer.line
    if isinstance(right, Node):
        row, col = _ends(worked)
        steps, _, matrix = with_matrix_form(steps, start, row, col)
        if matrix is None or not well_formed(matrix):
            return None
        return (*worked.steps[:k], *steps), matrix
    if worked.derivation is not None and worked.derivation.problem.kind in TENSORS:
        steps, line = with_entries(steps, start, worked.free)
    else:
        line = _terms(steps[-1].after)
    return ((*worked.steps[:k], *steps), line) if terms_fit(line, worked.free) else None


def _ends(worked: Worked) -> tuple[Letter | None, Letter | None]:
    """The row and the column index of the closed form."""
    last = worked.steps[-1].after
    entry = whole_entry(last) if isinstance(last, tuple) else None
    if entry is not None and entry.node == worked.answer.line:
        return _letter(entry.row), _letter(entry.col)
    node = worked.answer.line
    assert isinstance(node, Node)
    free = iter(worked.free)
    row = next(free, None) if node.rows != ONE else None
    return row, (next(free, None) if node.cols != ONE else None)


def _letter(index: Index | None) -> Letter | None:
    return index if isinstance(index, Letter) else None


def nested(line: Terms) -> Partial | None:
    """The outer partial of a second derivative whose inner one is not done yet."""
    if len(line) != 1 or len(line[0].factors) != 1:
        return None
    (factor,) = line[0].factors
    if not isinstance(factor, Partial):
        return None
    inside = any(isinstance(f, Partial) for t in factor.body for f in t.factors)
    return factor if inside else None


def _first_indices(worked: Worked, by: Entry) -> tuple[Letter | None, Letter | None]:
    """For a second derivative: the indices by which is differentiated first."""
    free = iter(worked.free)
    row = next(free, None) if by.row is not None else None
    return row, (next(free, None) if by.col is not None else None)


def _wrapped(step: Step, by: Entry) -> Step:
    """A step of the gradient, inside the second derivative."""
    before, after = one(Partial(_terms(step.before), by)), one(Partial(_terms(step.after), by))
    return Step(step.rule, (0, 0), before, after, step.because)


def _terms(line: Line) -> Terms:
    assert isinstance(line, tuple), "index methods write terms"
    return line


def _names_in_use(worked: Worked, line: Terms) -> set[str]:
    """What new dummy indices of a line must not be called."""
    names = {s.name for s in worked.symbols}
    for s in worked.symbols:
        names.update(s.rows.names, s.cols.names)
    names.update([x.name for x in worked.free])
    for term in line:
        names.update([x.name for x in term.bound])
        names.update([x.name for f in term.factors for x in _all_letters(f)])
    return names


def _all_letters(factor: Factor) -> list[Letter]:
    """Every letter of a factor, also those bound inside it."""
    if isinstance(factor, Partial):
        inside = [x for t in factor.body for f in t.factors for x in _all_letters(f)]
        return [*inside, *[x for t in factor.body for x in t.bound], *factor_letters(factor.by)]
    return list(factor_letters(factor))


def terms_fit(terms: Terms, free: tuple[Letter, ...]) -> bool:
    """Does every index run over the axis where it stands, and is none free but those of the answer?"""
    for term in terms:
        for f in term.factors:
            if isinstance(f, Entry):
                axes = [(f.row, f.node.rows), (f.col, f.node.cols)]
                if not well_formed(f.node) or any((x.dim if x else ONE) != d for x, d in axes):
                    return False
            elif isinstance(f, Partial) or f.first.dim != f.second.dim:
                return False
            if any(x not in free and x not in term.bound for x in factor_letters(f)):
                return False
    return True
