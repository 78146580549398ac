"""The only place that walks lines, applies rules and records steps."""

from __future__ import annotations

from gen.derivation.contraction import collect, contract
from gen.derivation.partials import lone_entry
from gen.derivation.record import Path, Phase, Reason, Rewritten, Rule, Step
from gen.language.function import Fresh
from gen.language.index import UNIT, Entry, Factor, Partial, Term, Terms
from gen.language.node import Node

MAX_STEPS = 2000


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
            step = _first_step(line, phase.rules, fresh)
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


def _first_step(line: Terms, rules: tuple[Rule, ...], fresh: Fresh) -> Step | None:
    partials = _partials(line)
    kinds = {kind for *_, kind in partials}
    for rule in rules:
        if rule.scope == "term":
            step = _by_terms(line, rule, fresh)
        elif not kinds or (rule.on and kinds.isdisjoint(rule.on)):
            continue
        else:
            step = _by_factors(line, partials, rule, fresh)
        if step is not None:
            return step
    return None


def _partials(line: Terms) -> list[tuple[Path, Partial, str]]:
    """The partials of a line: where each one is, and the kind of node behind it."""
    out: list[tuple[Path, Partial, str]] = []
    for number, term in enumerate(line):
        for place, factor in enumerate(term.factors):
            if isinstance(factor, Partial):
                inner = lone_entry(factor)
                out.append(((number, place), factor, "many" if inner is None else inner.node.kind))
    return out


def _by_factors(
    line: Terms, partials: list[tuple[Path, Partial, str]], rule: Rule, fresh: Fresh
) -> Step | None:
    """The rule applied to every factor it fits; each replacement is spliced into its term."""
    found: dict[Path, Rewritten] = {}
    for path, factor, kind in partials:
        if not rule.on or kind in rule.on:
            new = rule.apply(factor, fresh)
            if new is not None:
                found[path] = new
    if not found:
        return None
    out: list[Term] = []
    marks: list[Path] = []
    touched = {number for number, _ in found}
    for number, term in enumerate(line):
        if number not in touched:
            out.append(term)
            continue
        spread: list[tuple[Term, tuple[int, ...]]] = [(Term(term.coef, (), term.bound), ())]
        start = 0
        for place, partial in enumerate(term.factors):
            rewritten = found.get((number, place))
            if rewritten is None:
                continue
            assert isinstance(rewritten.new, tuple)
            old, between = _body_factors(partial), term.factors[start:place]
            spread = [_spliced(t, m, between, new, old) for t, m in spread for new in rewritten.new]
            start = place + 1
        rest = term.factors[start:]
        for t, m in spread:
            marks += [(len(out), k) for k in m]
            out.append(Term(t.coef, t.factors + rest, t.bound) if rest else t)
    after = tuple(out)
    tidy = collect(after)
    reasons = [r.because for r in found.values()]
    first = next(iter(found))
    return Step(rule, first, line, tidy, _joined(reasons), tuple(marks) if tidy == after else ())


def _body_factors(factor: Factor) -> tuple[Factor, ...]:
    return tuple(f for t in factor.body for f in t.factors) if isinstance(factor, Partial) else ()


def _spliced(
    term: Term, marks: tuple[int, ...], between: tuple[Factor, ...], new: Term, old: tuple[Factor, ...]
) -> tuple[Term, tuple[int, ...]]:
    """A term with more factors at its end; those that only came out of the partial are not marked."""
    start = len(term.factors) + len(between)
    fresh_places = tuple([start + k for k, f in enumerate(new.factors) if f not in old])
    coef = term.coef if new.coef is UNIT else term.coef * new.coef
    merged = Term(coef, term.factors + between + new.factors, term.bound + new.bound)
    return merged, marks + fresh_places


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
    after = tuple(out)
    tidy = collect(after)
    if tidy == line:
        return None
    if len(tidy) < len(after):
        reasons.append(("like terms are collected",))
    place = places[0] if places else 0
    return Step(rule, (place,), line, tidy, _joined(reasons), tuple(marks) if tidy == after else ())


def _joined(reasons: list[Reason]) -> Reason:
    """All reasons of a line, each once, separated by semicolons."""
    if len(reasons) == 1 and "; " not in reasons[0]:
        return reasons[0]
    out: Reason = ()
    for reason in dict.fromkeys(part for r in dict.fromkeys(reasons) for part in _parts(r)):
        out = (*out, *(("; ",) if out else ()), *reason)
    return out


def _parts(reason: Reason) -> list[Reason]:
    """A reason taken apart at its semicolons."""
    out: list[Reason] = []
    start = 0
    for place, piece in enumerate((*reason, "; ")):
        if piece == "; ":
            if place > start:
                out.append(reason[start:place])
            start = place + 1
    return out


def no_partial_but_entries(line: Terms) -> bool:
    """Only partials of the variable by itself are left."""
    return all(_is_entry_partial(f) for t in line for f in t.factors if isinstance(f, Partial))


def no_partial(line: Terms) -> bool:
    """Everything is differentiated."""
    return not any(isinstance(f, Partial) for t in line for f in t.factors)


def contracted(line: Terms) -> bool:
    """No delta touches a dummy index."""
    return all(contract(t)[0] == t for t in line)


def _is_entry_partial(factor: Factor) -> bool:
    if not isinstance(factor, Partial) or len(factor.body) != 1 or len(factor.body[0].factors) != 1:
        return False
    inner = factor.body[0].factors[0]
    return isinstance(inner, Entry) and inner.node == factor.by.node
