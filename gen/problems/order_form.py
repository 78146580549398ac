"""The form `order`: the lines of a solution, shuffled.

The lines of a chain have one right order. Where a line falls into several terms, what is done to one
term does not wait for what is done to another: each term then has lines of its own, and these may
be interleaved. Which lines belong to which term is not read off the page: the rule of each step
is applied to the term by itself, and must give the very term that stands in the next line.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from gen.derivation.engine import run
from gen.derivation.record import Display, Line, Phase, Reason, Step
from gen.language.dimension import Dim
from gen.language.index import Letter, Term, Terms
from gen.language.latex import latex, sums_can_be_implied
from gen.problems.form import Form, Options
from gen.problems.item import Order
from gen.problems.pick import Pick
from gen.problems.worked import Worked

FEWEST, MOST = 3, 10  # lines that are worth putting in order, and that a student can keep in view


@dataclass(frozen=True, slots=True)
class Statement:
    """A line with what must stand before it: positions among the statements."""

    left: Line | None
    line: Line
    reason: Reason
    needs: frozenset[int]


def statements(worked: Worked) -> tuple[Statement, ...]:
    """The lines of a solution after the given one, term by term where it falls into terms."""
    apart = _apart(worked.steps)
    found = _statements(worked.steps, apart)
    return found if len(found) <= MOST else _statements(worked.steps, {})


def before(found: tuple[Statement, ...]) -> frozenset[tuple[int, int]]:
    """Every pair of which the first must stand before the second, also where others stand between."""
    pairs: set[tuple[int, int]] = set()
    for place, statement in enumerate(found):
        for needed in statement.needs:
            pairs |= {(needed, place), *((first, place) for first, then in pairs if then == needed)}
    return frozenset(pairs)


def respects(order: tuple[int, ...], pairs: frozenset[tuple[int, int]]) -> bool:
    """Does an order have every line after those it needs?"""
    place = {line: k for k, line in enumerate(order)}
    return all(place[first] < place[then] for first, then in pairs)


def _statements(
    steps: tuple[Step, ...], apart: dict[int, tuple[Reason | None, ...]]
) -> tuple[Statement, ...]:
    out: list[Statement] = []
    last: frozenset[int] = frozenset()  # the statements that together make the line reached
    of_term: dict[int, frozenset[int]] = {}
    for number, step in enumerate(steps):
        if number not in apart:
            needs = frozenset[int]().union(*of_term.values()) or last
            out.append(Statement(None, step.after, step.because, needs))
            last, of_term = frozenset({len(out) - 1}), {}
            continue
        assert isinstance(step.before, tuple) and isinstance(step.after, tuple)
        for k, reason in enumerate(apart[number]):
            if reason is not None:
                needs = of_term.get(k, last)
                out.append(Statement((step.before[k],), (step.after[k],), reason, needs))
                of_term[k] = frozenset({len(out) - 1})
    return tuple(out)


def _apart(steps: tuple[Step, ...]) -> dict[int, tuple[Reason | None, ...]]:
    """The steps that act on several terms one by one, each with its reason for every term it changes.

    Empty where no two terms change: then nothing may be interleaved.
    """
    found: dict[int, tuple[Reason | None, ...]] = {}
    for number, step in enumerate(steps):
        reasons = _by_terms(step)
        if reasons is None:
            if found:
                break
            continue
        found[number] = reasons
    changed = {k for reasons in found.values() for k, reason in enumerate(reasons) if reason is not None}
    return found if len(changed) > 1 else {}


def _by_terms(step: Step) -> tuple[Reason | None, ...] | None:
    """What a step does to each term, None for a term it leaves; None where it does not keep terms apart."""
    old, new = step.before, step.after
    if not (isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new) > 1):
        return None
    if step.rule.scope not in ("factor", "term"):
        return None
    out: list[Reason | None] = []
    for term, then in zip(old, new, strict=True):
        if term == then:
            out.append(None)
            continue
        alone = _alone(step, term, then)
        if alone is None:
            return None
        out.append(alone)
    return tuple(out)


def _alone(step: Step, term: Term, then: Term) -> Reason | None:
    """The reason of a step for one term, None where the rule does not make `then` of it."""
    phase = Phase("alone", (step.rule,), lambda line: True)
    steps = run((term,), (phase,), _letters_of((then,), (term,)))
    return steps[0].because if steps and steps[0].after == (then,) else None


def _letters_of(new: Terms, old: Terms) -> _Given:
    used = {x for t in old for x in t.bound}
    return _Given([x for t in new for x in t.bound if x not in used])


class _Given:
    """Hands out the letters that the step has used, and then letters of its own."""

    def __init__(self, letters: list[Letter]) -> None:
        self._letters = letters
        self._more = count(1)

    def __call__(self, dim: Dim) -> Letter:
        for place, letter in enumerate(self._letters):
            if letter.dim == dim:
                return self._letters.pop(place)
        return Letter(f"zz{next(self._more)}", dim)


def _order(worked: Worked, options: Options, pick: Pick) -> Order | None:
    found = statements(worked)
    # Two lines that look the same could change places, and nobody could tell which is meant.
    clear = sums_can_be_implied(s.after for s in worked.steps)
    seen = {_seen(statement, clear) for statement in found}
    if not FEWEST <= len(found) <= MOST or len(seen) < len(found):
        return None
    shown = _shuffled(len(found), pick)
    pairs = before(found)
    if respects(shown, pairs):
        shown = (*shown[1:], shown[0])  # a page with the lines in a right order asks for nothing
    if respects(shown, pairs):
        shown = shown[::-1]
    place = {statement: k for k, statement in enumerate(shown)}
    return Order(
        tuple((found[k].line, found[k].reason) for k in shown),
        tuple(place[k] for k in range(len(found))),
        frozenset((place[a], place[b]) for a, b in pairs),
        tuple(found[k].left for k in shown),
    )


def _seen(statement: Statement, implied: bool) -> tuple[str, ...]:
    """A statement as it is read; sums are left out only where none of the lines would be ambiguous."""
    lines = (statement.left, statement.line)
    return tuple(
        line.latex if isinstance(line, Display) else "" if line is None else latex(line, einstein=implied)
        for line in lines
    )


def _shuffled(number: int, pick: Pick) -> tuple[int, ...]:
    left, out = list(range(number)), list[int]()
    while left:
        out.append(left.pop(pick(*range(len(left)))))
    return tuple(out)


ORDER = Form(
    "order",
    "Lines to put in order",
    "the lines of a solution are put in order",
    Fraction(1, 2),
    lambda worked: len(worked.steps) >= FEWEST,
    _order,
)
