"""The only place that walks lines, applies rules and records steps."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from gen.derivation.contraction import collect, named_or_each
from gen.derivation.finished import is_entry_partial
from gen.derivation.record import AT_PAIR, Path, Phase, Reason, Rewritten, Rule, Step
from gen.language.function import Fresh
from gen.language.index import UNIT, Entry, Factor, Letter, Pair, Partial, Term, Terms
from gen.language.node import Node

MAX_STEPS = 2000

_Place: TypeAlias = tuple[int, int, Partial]  # number of the term, place of the factor in it
_Found: TypeAlias = tuple[int, int, Partial, Rewritten]  # where, what, and what replaces it
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
            if isinstance(factor, Partial) and not is_entry_partial(factor):
                inner = [f for t in factor.body for f in t.factors if isinstance(f, Entry)]
                return inner[0].node if inner else None
    return None


def run(start: Terms, phases: tuple[Phase, ...], fresh: Fresh) -> tuple[Step, ...]:
    """Every phase to its end; each step is one rule applied at every place of the line it fits."""
    line = start
    steps: list[Step] = []
    for phase in phases:
        find, last = _first_step if phase.by_kind else _first_of_terms, None
        while (step := find(line, phase, fresh, last)) is not None:
            steps.append(step)
            assert isinstance(step.after, tuple)
            line, last = step.after, step.rule
            if len(steps) > MAX_STEPS:
                raise StepLimitError
        if not phase.done(line):
            raise StuckError(_stuck(line))
    return tuple(steps)


def _first_step(line: Terms, phase: Phase, fresh: Fresh, last: Rule | None) -> Step | None:
    """A step by the first rule that fits; `last` is the rule that gave the line, if one did."""
    partials: list[_Place] = []
    kind, several = "", False
    for number, term in enumerate(line):
        for place, factor in enumerate(term.factors):
            if type(factor) is Partial:
                if factor.kind != kind:
                    several = kind != ""
                    kind = factor.kind
                partials.append((number, place, factor))
    for rule in phase.rules if several else phase.by_kind.get(kind, phase.by_kind["other"]):
        if rule.scope == "term":
            step = _by_terms(line, rule, fresh)
            if step is not None:
                return step
            continue
        found: list[_Found] = []
        on, apply = rule.on if several else (), rule.apply
        for number, place, partial in partials:
            if not on or partial.kind in on:
                rewritten = apply(partial, fresh)
                if rewritten is not None:
                    found.append((number, place, partial, rewritten))
        if found:
            return _with_partials_replaced(line, rule, found)
    return None


def _first_of_terms(line: Terms, phase: Phase, fresh: Fresh, last: Rule | None) -> Step | None:
    """As `_first_step`, where every rule is for whole terms."""
    what: set[str] | None = None
    for rule in phase.rules:
        if rule is last and rule.settles:
            continue
        if rule.on:
            what = _what_stands_in(line) if what is None else what
            if what.isdisjoint(rule.on):
                continue
        step = _by_terms(line, rule, fresh)
        if step is not None:
            return step
    return None


def _what_stands_in(line: Terms) -> set[str]:
    """What rules for terms say they are for: names of matrices and functions, or a compound index."""
    out: set[str] = set()
    for term in line:
        for f in term.factors:
            if type(f) is Entry:
                out.add(f.node.name)
                if type(f.row) is Pair or type(f.col) is Pair:
                    out.add(AT_PAIR)
    return out


def _with_partials_replaced(line: Terms, rule: Rule, found: list[_Found]) -> Step:
    """Each replacement spliced into its term; then like terms are collected."""
    out: list[Term] = []
    marks: list[Path] = []
    if len(line) == 1:
        _splice(line[0], found, out, marks)
    else:
        for number, term in enumerate(line):
            here = [f for f in found if f[0] == number]
            if here:
                _splice(term, here, out, marks)
            else:
                out.append(term)
    after = tuple(out)
    tidy = collect(after)
    because = found[0][3].because if len(found) == 1 else _joined([f[3].because for f in found])
    # Where like terms were collected, the marks are void.
    return Step(rule, found[0][:2], line, tidy, because, tuple(marks) if tidy is after else ())


def _splice(term: Term, found: list[_Found], out: list[Term], marks: list[Path]) -> None:
    """A term with its partials replaced, distributed over sums, and the places that are marked.

    Factors that only came out of a partial are not marked.
    """
    factors, start = term.factors, 0
    pieces: list[_Piece] = [(term.coef, (), term.bound, ())]  # what is made of the factors before `start`
    for _, place, partial, rewritten in found:
        assert isinstance(rewritten.new, tuple)
        between, body = factors[start:place], partial.body
        longer: list[_Piece] = []
        old = body[0].factors if len(body) == 1 else _all_factors(body)
        for coef, before, bound, places in pieces:
            before += between
            for new in rewritten.new:
                changed = places
                for k, factor in enumerate(new.factors, len(before)):
                    # No partial stands inside another.
                    if type(factor) is Partial or factor not in old:
                        changed += (k,)
                product = coef if new.coef is UNIT else new.coef if coef is UNIT else coef * new.coef
                longer.append((product, before + new.factors, bound + new.bound, changed))
        pieces, start = longer, place + 1
    behind = factors[start:]
    for coef, before, bound, places in pieces:
        for k in places:
            marks.append((len(out), k))
        out.append(Term(coef, before + behind, bound))


def _all_factors(terms: Terms) -> tuple[Factor, ...]:
    return tuple([f for t in terms for f in t.factors])


def _by_terms(line: Terms, rule: Rule, fresh: Fresh) -> Step | None:
    """The rule applied to every term it fits; then like terms are collected."""
    apply = rule.apply
    found = [apply(term, fresh) for term in line]
    if not any(found):
        return None
    out: list[Term] = []
    marks: list[Path] = []
    reasons: list[Reason] = []
    first = -1
    for number, rewritten in enumerate(found):
        if rewritten is None:
            out.append(line[number])
            continue
        assert isinstance(rewritten.new, tuple)
        if first < 0:
            first = number
        reasons.append(rewritten.because)
        for k in rewritten.changed:
            marks.append((len(out), k))
        out += rewritten.new
    after = tuple(out)
    tidy = collect(after)
    if tidy == line:
        return None
    if len(tidy) < len(after):
        reasons.append(("like terms are collected",))
    return Step(rule, (first,), line, tidy, _joined(reasons), tuple(marks) if tidy is after else ())


def _joined(reasons: list[Reason]) -> Reason:
    """All reasons of a line, each once, separated by semicolons."""
    first = reasons[0]
    if len(reasons) > 1 and first:
        # Where a rule fits at several places, it often says the same of each.
        reasons = [first, *[r for r in reasons[1:] if not r or r[0] is not first[0] or r != first]]
    if len(reasons) == 1:
        # At one place a rule says nothing twice.
        return first
    said: list[Reason] = []
    for reason in reasons:
        start = 0
        for place, piece in enumerate(reason):
            if type(piece) is str and piece == "; ":
                _say(reason[start:place], said)
                start = place + 1
        _say(reason[start:] if start else reason, said)
    if len(said) == 1:
        return said[0]
    out: Reason = ()
    for part in named_or_each(said):
        out = (*out, "; ", *part) if out else part
    return out


def _say(part: Reason, said: list[Reason]) -> None:
    if not part:
        return
    last = part[-1]
    for other in said:
        # Pieces end in an index or in words, which are compared faster than the formula before them.
        if (other[-1] is last or (type(last) is not Letter and other[-1] == last)) and other == part:
            return
    said.append(part)
