"""The only place that walks lines, applies rules and records steps."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from gen.derivation.contraction import collect, contract
from gen.derivation.record import Path, Phase, Reason, Rewritten, Rule, Step
from gen.language.function import Fresh
from gen.language.index import UNIT, Entry, Factor, Letter, Partial, Term, Terms
from gen.language.node import Node

MAX_STEPS = 2000

_Place: TypeAlias = tuple[int, int, Partial]  # number of the term, place of the factor in it
_Found: TypeAlias = tuple[int, Partial, Rewritten]  # place of the factor, the factor, what replaces it
_Piece: TypeAlias = tuple[Fraction, tuple[Factor, ...], tuple[Letter, ...], tuple[int, ...]]


class StepLimitError(Exception):
    """A derivation that does not end: a rule that undoes another."""


class StuckError(Exception):
    """No rule differentiates an expression; `node` is the part."""

    def __init__(self, node: Node | None) -> None:
        super().__init__()
        self.node = node


def _stuck(line: Terms) -> Node | None:
    for term in line:
        for factor in term.factors:
            if isinstance(factor, Partial) and not _is_entry_partial(factor):
                inner = [f for t in factor.body for f in t.factors if isinstance(f, Entry)]
                return inner[0].node if inner else None
    return None


def run(start: Terms, phases: tuple[Phase, ...], fresh: Fresh) -> tuple[Step, ...]:
    """Every phase to its end; each step is one rule applied at every place of the line it fits."""
    line, steps = start, list[Step]()
    for phase in phases:
        while True:
            step = _first_step(line, phase, fresh)
            if step is None:
                break
            steps.append(step)
            assert isinstance(step.after, tuple)
            line = step.after
            if len(steps) > MAX_STEPS:
                raise StepLimitError
        if not phase.done(line):
            raise StuckError(_stuck(line))
    return tuple(steps)


def _first_step(line: Terms, phase: Phase, fresh: Fresh) -> Step | None:
    partials: list[_Place] = []
    kinds: set[str] = set()
    if phase.by_kind:
        for number, term in enumerate(line):
            for place, factor in enumerate(term.factors):
                if isinstance(factor, Partial):
                    partials.append((number, place, factor))
                    kinds.add(factor.kind)
    for rule in phase.fitting(kinds):
        if rule.scope == "term":
            step = _by_terms(line, rule, fresh)
            if step is not None:
                return step
            continue
        found: dict[int, list[_Found]] = {}
        for number, place, partial in partials:
            if not rule.on or partial.kind in rule.on:
                rewritten = rule.apply(partial, fresh)
                if rewritten is not None:
                    found.setdefault(number, []).append((place, partial, rewritten))
        if found:
            return _with_partials_replaced(line, rule, found)
    return None


def _with_partials_replaced(line: Terms, rule: Rule, found: dict[int, list[_Found]]) -> Step:
    """Each replacement spliced into its term; then like terms are collected."""
    out: list[Term] = []
    marks: list[Path] = []
    for number, term in enumerate(line):
        if number not in found:
            out.append(term)
            continue
        for spliced, changed in _spliced(term, found[number]):
            marks += [(len(out), k) for k in changed]
            out.append(spliced)
    first = next(iter(found))
    reasons = [rewritten.because for of_term in found.values() for *_, rewritten in of_term]
    after = tuple(out)
    tidy = collect(after)
    # Where like terms were collected, the marks are void.
    path = (first, found[first][0][0])
    return Step(rule, path, line, tidy, _joined(reasons), tuple(marks) if tidy is after else ())


def _spliced(term: Term, found: list[_Found]) -> list[tuple[Term, tuple[int, ...]]]:
    """A term with its partials replaced, distributed over sums, and the places that are marked.

    Factors that only came out of a partial are not marked.
    """
    spread: list[_Piece] = [(term.coef, (), term.bound, ())]
    start = 0
    for place, partial, rewritten in found:
        assert isinstance(rewritten.new, tuple)
        old = [f for t in partial.body for f in t.factors]
        same = {id(f) for f in old}
        between = term.factors[start:place]
        start = place + 1
        longer: list[_Piece] = []
        for coef, factors, bound, marks in spread:
            at = len(factors) + len(between)
            for new in rewritten.new:
                # Most of what only came out is the same object.
                places = [at + k for k, f in enumerate(new.factors) if id(f) not in same and f not in old]
                product = coef if new.coef is UNIT else new.coef if coef is UNIT else coef * new.coef
                longer.append(
                    (product, factors + between + new.factors, bound + new.bound, (*marks, *places))
                )
        spread = longer
    rest = term.factors[start:]
    return [(Term(coef, factors + rest, bound), marks) for coef, factors, bound, marks in spread]


def _by_terms(line: Terms, rule: Rule, fresh: Fresh) -> Step | None:
    """The rule applied to every term it fits; then like terms are collected."""
    out: list[Term] = []
    marks: list[Path] = []
    reasons: list[Reason] = []
    places: list[int] = []
    for number, term in enumerate(line):
        found = rule.apply(term, fresh)
        if found is None:
            out.append(term)
            continue
        assert isinstance(found.new, tuple)
        places.append(number)
        if found.because not in reasons:
            reasons.append(found.because)
        marks += [(len(out), k) for k in found.changed]
        out += found.new
    if not places:
        return None
    after = tuple(out)
    tidy = collect(after)
    if tidy == line:
        return None
    if len(tidy) < len(after):
        reasons.append(("like terms are collected",))
    return Step(rule, (places[0],), line, tidy, _joined(reasons), tuple(marks) if tidy is after else ())


def _joined(reasons: list[Reason]) -> Reason:
    """All reasons of a line, each once, separated by semicolons."""
    said: list[Reason] = []
    for reason in reasons:
        for part in _parts(reason):
            if part not in said:
                said.append(part)
    if len(said) == 1:
        return said[0]
    out: Reason = ()
    for part in said:
        out = (*out, "; ", *part) if out else part
    return out


def _parts(reason: Reason) -> list[Reason]:
    """A reason taken apart at its semicolons."""
    cuts = [place for place, piece in enumerate(reason) if type(piece) is str and piece == "; "]
    if not cuts:
        return [reason] if reason else []
    out: list[Reason] = []
    start = 0
    for place in (*cuts, len(reason)):
        if place > start:
            out.append(reason[start:place])
        start = place + 1
    return out


def no_partial_but_entries(line: Terms) -> bool:
    """Only partials of the variable by itself are left."""
    for term in line:
        for factor in term.factors:
            if isinstance(factor, Partial) and not _is_entry_partial(factor):
                return False
    return True


def no_partial(line: Terms) -> bool:
    """Everything is differentiated."""
    for term in line:
        for factor in term.factors:
            if isinstance(factor, Partial):
                return False
    return True


def contracted(line: Terms) -> bool:
    """No delta touches a dummy index."""
    return all(contract(term)[0] is term for term in line)


def _is_entry_partial(partial: Partial) -> bool:
    return partial.inner is not None and partial.inner.node == partial.by.node
