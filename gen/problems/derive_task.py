"""Solving `Derive`: the derivation is the solution."""

from __future__ import annotations

from gen.derivation.derive import derive
from gen.derivation.result import Derivation
from gen.problems.task import Derive
from gen.problems.worked import Answer, Worked


def solve_derive(task: Derive, *, check: bool = True, cache: bool = False) -> Worked:
    """The solution of a task to derive. Raises InputError and CheckError as `gen.derive`.

    The members of a class differ, so that none is known yet and renaming would only cost: no `cache`.
    Of a tensor only the entries are asked for, unless the method is to stack them.
    """
    derivation = derive(
        task.expr,
        task.wrt,
        symbols=dict(task.symbols),
        kind=task.kind,
        method=task.method,
        order=task.order,
        layout=task.layout,
        symmetric=task.symmetric,
        check=check,
        cache=cache,
        letters=task.letters,
        stacked=False,
    )
    return worked_from(task, derivation)


def worked_from(task: Derive, derivation: Derivation) -> Worked:
    """A derivation as the solution of a task."""
    result = derivation.answer
    assert result is not None
    answer = Answer(result.shape, result.line)
    given = derivation.steps[0].before if derivation.steps else result.line
    return Worked(
        task, given, derivation.steps, answer, derivation.problem.symbols, derivation.free, derivation
    )
