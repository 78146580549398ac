"""The phases of a method with one rule in them replaced by a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from gen.derivation.index_method import phases
from gen.derivation.record import Phase, Rewritten, Rule
from gen.language.function import Fresh
from gen.language.index import Factor, Term
from gen.problems.misconception import InRule, Misconception
from gen.problems.simplify_task import CONTRACT


def wrong_phases(m: Misconception, symmetric: str) -> tuple[Phase, ...]:
    """The phases of the index method (for `symmetric` empty: of a contraction), with the wrong rule."""
    assert m.in_rule is not None
    return _with_mistake(m.rules, m.in_rule, symmetric)


@cache
def _with_mistake(names: frozenset[str], mistake: InRule, symmetric: str) -> tuple[Phase, ...]:
    return with_wrong_rule(phases(symmetric) if symmetric else CONTRACT, names, mistake)


@cache
def with_wrong_rule(right: tuple[Phase, ...], names: frozenset[str], mistake: InRule) -> tuple[Phase, ...]:
    """Phases in which the rules of these names are applied wrongly; equal ones for equal mistakes."""
    return tuple(
        [
            replace(p, rules=tuple([_wrong_rule(r, mistake) if r.name in names else r for r in p.rules]))
            for p in right
        ]
    )


def _wrong_rule(rule: Rule, mistake: InRule) -> Rule:
    right: Callable[[Factor | Term, Fresh], Rewritten | None] = rule.apply

    def apply(place: Factor | Term, fresh: Fresh) -> Rewritten | None:
        found = right(place, fresh)
        if found is None or not found.new:
            return found
        return mistake(place, found, fresh) or found

    return replace(rule, apply=apply, settles=False)
