"""Deltas used up as a student does it: one on each line, and a sum of equal terms on a line of its own."""

from __future__ import annotations

from dataclasses import replace

from gen.derivation.contraction import CONTRACTION, collect, replacement
from gen.derivation.record import Path, Reason, Rewritten, Rule, Step
from gen.language.function import Fresh
from gen.language.index import Delta, Entry, Factor, Letter, Term, Terms, factor_letters, one, substitute
from gen.language.node import size


def _use_one(term: Term, fresh: Fresh) -> Rewritten | None:
    """The first delta with a dummy index, used."""
    for place, factor in enumerate(term.factors):
        found = replacement(factor, term.bound) if isinstance(factor, Delta) else None
        if found is None:
            continue
        dummy, other = found
        factors: list[Factor] = []
        changed: list[int] = []
        for f in (*term.factors[:place], *term.factors[place + 1 :]):
            new = substitute(f, {dummy.name: other})
            if isinstance(new, Delta) and any(_same(new, g) for g in factors):
                continue  # δ·δ = δ
            if new is not f:
                changed.append(len(factors))
            factors.append(new)
        bound = tuple([x for x in term.bound if x != dummy])
        words: Reason = (one(factor), " replaces ", dummy, " by ", other)
        return Rewritten((Term(term.coef, tuple(factors), bound),), words, tuple(changed))
    return None


def _same(delta: Delta, factor: Factor) -> bool:
    return isinstance(factor, Delta) and {delta.first, delta.second} == {factor.first, factor.second}


def _equal_indices(term: Term, fresh: Fresh) -> Rewritten | None:
    """A delta of equal indices is 1; a sum over an index that stands nowhere has as many equal terms."""
    factors = [f for f in term.factors if not (isinstance(f, Delta) and f.first == f.second)]
    ones = [f for f in term.factors if isinstance(f, Delta) and f not in factors]
    touched = {x for f in factors for x in factor_letters(f)}
    idle = [x for x in term.bound if x not in touched]
    if not ones and not idle:
        return None
    reason: Reason = ()
    for delta in ones:
        reason = (*reason, "; " if reason else "", one(delta), " is 1 for every ", delta.first)
    for x in idle:
        reason = (*reason, "; " if reason else "", "the sum over ", x, " has ", size(x.dim), " equal terms")
    counts = [Entry(size(x.dim)) for x in idle]
    bound = tuple([x for x in term.bound if x not in idle])
    return Rewritten((Term(term.coef, (*counts, *factors), bound),), reason, tuple(range(len(counts))))


# The law, the name and the source are those of the rule that uses all deltas of a line.
ONE_DELTA = replace(CONTRACTION, apply=_use_one)

EQUAL_INDICES = Rule(
    "equal_indices",
    "contraction",
    "Σ_i δ_ii = n",
    "a delta of equal indices is 1, and the sum counts how many there are",
    "definition of δ",
    "sum[j](delta[j,j]*X[i,k]) => m*X[i,k]",
    "key",
    "term",
    _equal_indices,
)

ONE_BY_ONE: tuple[Rule, ...] = (ONE_DELTA, EQUAL_INDICES)


def no_names(dim: object) -> Letter:
    """Rules for deltas need no new index."""
    raise AssertionError(f"no index is needed for {dim}")


def one_by_one(start: Terms) -> tuple[Step, ...]:
    """The steps that use up the deltas of a line, term by term, one delta a step."""
    line, steps = start, list[Step]()
    while (step := _step(line)) is not None:
        steps.append(step)
        assert isinstance(step.after, tuple)
        line = step.after
    return tuple(steps)


def _step(line: Terms) -> Step | None:
    for number, term in enumerate(line):
        for rule in ONE_BY_ONE:
            rewritten = rule.apply(term, no_names)
            if rewritten is not None:
                return _applied(line, number, rule, rewritten)
    return None


def _applied(line: Terms, number: int, rule: Rule, rewritten: Rewritten) -> Step:
    """The line with one term rewritten; like terms are then collected."""
    assert isinstance(rewritten.new, tuple)
    after = (*line[:number], *rewritten.new, *line[number + 1 :])
    tidy = collect(after)
    if len(tidy) == len(after):
        marks: tuple[Path, ...] = tuple([(number, k) for k in rewritten.changed])
        return Step(rule, (number,), line, after, rewritten.because, marks)
    words = "like terms are collected" if tidy else "the terms cancel"
    return Step(rule, (number,), line, tidy, (*rewritten.because, "; ", words))
