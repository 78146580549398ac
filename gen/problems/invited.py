"""Which mistakes a solution invites, and at which of its steps: what a lecturer says beside the line."""

from __future__ import annotations

from collections.abc import Mapping

from gen.derivation.result import Derivation
from gen.problems.derive_task import worked_from
from gen.problems.misconception import Misconception
from gen.problems.misconceptions import MISCONCEPTIONS
from gen.problems.replay import BY_INDEX, Replayer
from gen.problems.task import Derive


def invited(derivation: Derivation) -> Mapping[int, tuple[Misconception, ...]]:
    """The mistakes that can be made in `derivation`, by the number of the step, from 0, where each is made.

    A wrong rule is named at the first step that applies the right one in a place where the mistake makes a
    difference; a wrong ending at the last step, which writes the answer. The order is that of
    MISCONCEPTIONS; slips of sign and number, which fit every line, are left out.
    """
    steps = derivation.steps
    if not steps or derivation.answer is None:
        return {}
    problem = derivation.problem
    replayer = Replayer(worked_from(Derive(problem.source, problem.wrt.name, ()), derivation))
    found: dict[int, tuple[Misconception, ...]] = {}
    for m in MISCONCEPTIONS:
        at = None if m.plain or not replayer.meets(m) else _place(replayer, m, derivation)
        if at is not None:
            found[at] = (*found.get(at, ()), m)
    return found


def _place(replayer: Replayer, m: Misconception, derivation: Derivation) -> int | None:
    """The number of the step where the mistake is made; None where it cannot be."""
    steps, answer = derivation.steps, derivation.answer
    if m.in_rule is not None and derivation.method in BY_INDEX:
        named = (k for k, step in enumerate(steps) if step.rule.name in m.rules)
        return next((k for k in named if replayer.strikes(k, m)), None)
    if m.in_form is not None and answer is not None and answer.line is not None:
        return None if next(replayer.forms(m, answer.line), None) is None else len(steps) - 1
    return None
