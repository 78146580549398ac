"""Solving `Simplify`: the deltas of an index text are used up, one a line."""

from __future__ import annotations

from gen.derivation.finished import contracted
from gen.derivation.record import Phase
from gen.language.index_parser import parse_terms
from gen.problems.index_world import free_letters, held, nodes_of, ranges_of
from gen.problems.one_delta import ONE_BY_ONE, one_by_one
from gen.problems.task import Simplify
from gen.problems.worked import Answer, Worked

CONTRACT = (Phase("contract", ONE_BY_ONE, contracted),)  # the same rules, each at every term of a line


def solve_simplify(task: Simplify, *, check: bool = True) -> Worked:
    """The solution of a task to simplify. Raises InputError for an index text that is wrong."""
    nodes = nodes_of(task.symbols)
    start = parse_terms(task.text, nodes, ranges_of(task.ranges), where="expr")
    free = free_letters(start)
    steps = one_by_one(start)
    symbols = tuple(nodes.values())
    if check:
        steps = held(steps, free, symbols)
    last = steps[-1].after if steps else start
    assert isinstance(last, tuple)
    answer = Answer(tuple(x.dim for x in free), last)
    return Worked(task, start, steps, answer, symbols, free)
