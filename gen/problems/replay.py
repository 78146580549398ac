"""A wrong rule replayed in an otherwise right derivation, down to the closed form it leads to.

`replayed` only replays: whether the answer is wrong, and of what shape, is for whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

from gen.derivation.engine import StepLimitError, StuckError, run
from gen.derivation.index_method import phases, with_entries, with_matrix_form
from gen.derivation.letters import Alphabet
from gen.derivation.node_engine import rebuilt
from gen.derivation.record import Line, Phase, Rewritten, Rule, Step
from gen.language.brevity import brief
from gen.language.dimension import ONE
from gen.language.function import Fresh
from gen.language.index import (
    Entry,
    Factor,
    Index,
    Letter,
    Partial,
    Term,
    Terms,
    factor_letters,
    one,
)
from gen.language.node import Node, symbol
from gen.language.normal_form import normal_form
from gen.language.transposition import flip
from gen.problems.misconception import InRule, Misconception
from gen.problems.reform import mapped, parts_of, well_formed
from gen.problems.simplify_task import CONTRACT
from gen.problems.task import Derive
from gen.problems.worked import Worked

BY_INDEX = ("index", "backprop")
# A place where a rule was applied, and what it gave.
Applied: TypeAlias = tuple[Factor | Term, Rewritten]
TENSORS = ("tensor3", "tensor3m", "tensor4", "hessian4")


@dataclass(frozen=True, slots=True)
class Replay:
    """The lines of a wrong solution: its steps, the number of the first wrong one, and what it ends with."""

    misconception: Misconception
    steps: tuple[Step, ...]
    first: int
    line: Node | Terms


def replayed(worked: Worked, misconception: Misconception) -> Iterator[Replay]:
    """The mistake made in a solution, in every way in which it can be made; none where it cannot.

    Every answer is well formed: its operands fit each other, whatever their dimensions are.
    """
    return Replayer(worked).replays(misconception)


class Replayer:
    """Replays mistakes in one solution; what all of them need is found once."""

    __slots__ = ("_applied", "_back", "_right", "_rules", "_sound", "worked")

    def __init__(self, worked: Worked, *, copied_well: bool = False) -> None:
        """`copied_well`: in what the closed form copies from the question, no mistakes are made."""
        self.worked = worked
        copied = copied_sums(worked) if copied_well else {}
        self._back = {new: old for old, new in copied.items()}
        self._rules = {s.rule.name for s in worked.steps}
        self._applied: dict[int, list[Applied]] = {}
        right = worked.answer.line
        self._right = _exchanged(right, copied) if isinstance(right, Node) else None
        self._sound = {id(n) for n in parts_of(right)} if isinstance(right, Node) else set[int]()

    def replays(self, m: Misconception) -> Iterator[Replay]:
        """As `replayed`."""
        if m.rules and m.rules.isdisjoint(self._rules):
            return
        if m.in_form is not None:
            yield from self._in_form(m)
        else:
            found = self._in_rules(m)
            if found is not None:
                yield found

    def _in_form(self, m: Misconception) -> Iterator[Replay]:
        """Where the closed form is written."""
        worked, right = self.worked, self.worked.answer.line
        if right is None or not worked.steps:
            return
        for wrong in self._forms(m, right):
            last = _ending(worked.steps[-1].after, right, wrong)
            if last is not None:
                first = len(worked.steps) - 1
                yield Replay(m, (*worked.steps[:-1], _ended(worked.steps[-1], last)), first, wrong)

    def _forms(self, m: Misconception, right: Node | Terms) -> Iterator[Node | Terms]:
        if not isinstance(right, Node):
            if m.in_entries is not None:
                yield from m.in_entries(right)
            return
        assert m.in_form is not None and self._right is not None
        made, seen = {self._right}, {right}
        for form in m.in_form(self._right):
            if form in made:
                continue
            made.add(form)
            raw = _exchanged(form, self._back)
            if not well_formed(raw, self._sound):
                continue
            wrong = brief(normal_form(raw, self._sound))
            if wrong not in seen:
                seen.add(wrong)
                yield wrong

    def _in_rules(self, m: Misconception) -> Replay | None:
        """Where a rule is applied: at the first step where that makes a difference."""
        worked, task = self.worked, self.worked.task
        if isinstance(task, Derive) and (
            worked.derivation is None or worked.derivation.method not in BY_INDEX
        ):
            return None
        for k, step in enumerate(worked.steps):
            if step.rule.name in m.rules and self._strikes(k, m):
                symmetric = task.symmetric if isinstance(task, Derive) else ""
                try:
                    return _carried_on(worked, m, k, wrong_phases(m, symmetric))
                except (StuckError, StepLimitError):
                    return None
        return None

    def _strikes(self, k: int, m: Misconception) -> bool:
        """Can the mistake be made at some place of the line where step `k` applies its rule?"""
        assert m.in_rule is not None
        applied = self._applied.get(k)
        if applied is None:
            applied = self._applied[k] = _places(self.worked.steps[k])
        fresh = Alphabet(())
        return any(m.in_rule(place, right, fresh) is not None for place, right in applied)


def copied_sums(worked: Worked) -> dict[Node, Node]:
    """The sums that a closed form copies from the question, such as a residual, with a symbol for each."""
    right = worked.answer.line
    if worked.derivation is None or not isinstance(right, Node):
        return {}
    asked = {n for n in parts_of(worked.derivation.problem.expr) if n.kind == "sum" and not n.is_scalar}
    found = dict.fromkeys(n for n in parts_of(right) if n in asked and n is not right) if asked else {}
    return {n: symbol(f"copied {k}", n.rows, n.cols) for k, n in enumerate(found)}


def _exchanged(node: Node, others: Mapping[Node, Node]) -> Node:
    return mapped(node, lambda n: others.get(n, n)) if others else node


def _places(step: Step) -> list[Applied]:
    """Where a step applies its rule, and what that gives."""
    line = step.before
    if not isinstance(line, tuple):
        return []
    nested = _nested(line)
    fresh = Alphabet(())
    out: list[Applied] = []
    for term in line if nested is None else nested.body:
        partials: list[Factor | Term] = [f for f in term.factors if isinstance(f, Partial)]
        for place in [term] if step.rule.scope == "term" else partials:
            found = step.rule.apply(place, fresh)
            if found is not None and found.new:
                out.append((place, found))
    return out


# --- where the closed form is written ---


def _ended(step: Step, after: Line) -> Step:
    return Step(step.rule, step.path, step.before, after, step.because, step.marks)


def _ending(line: Line, right: Node | Terms, wrong: Node | Terms) -> Line | None:
    """The last line with the wrong closed form in it; None where the right one is not seen there."""
    if not isinstance(right, Node) or not isinstance(wrong, Node):
        return wrong if line == right else None
    if isinstance(line, tuple):
        entry = _whole(line)
        if entry is None or entry.node != right:
            return None
        return one(Entry(wrong, entry.row, entry.col))
    if not isinstance(line, Node):
        return None
    new = _with(line, right, wrong)
    if new is line:
        new = _with(line, flip(right), flip(wrong))
    return None if new is line else new


def _with(line: Node, old: Node, new: Node) -> Node:
    """A line of the matrix language with one expression in the place of another."""
    if line == old:
        return new
    if line.kind == old.kind == "product":
        count = len(old.args)
        for k in range(len(line.args) - count + 1):
            if line.args[k : k + count] == old.args:
                return Node("product", line.rows, line.cols, (*line.args[:k], new, *line.args[k + count :]))
    args = tuple([_with(a, old, new) for a in line.args])
    return line if args == line.args else rebuilt(line, args)


def _whole(line: Terms) -> Entry | None:
    """The entry a line consists of."""
    if len(line) == 1 and len(line[0].factors) == 1 and line[0].coef == 1 and not line[0].bound:
        (factor,) = line[0].factors
        return factor if isinstance(factor, Entry) else None
    return None


# --- where a rule is applied ---


def _carried_on(worked: Worked, m: Misconception, k: int, wrong: tuple[Phase, ...]) -> Replay | None:
    """The solution from step `k` on with the wrong rule."""
    before = worked.steps[k].before
    if not isinstance(before, tuple):
        return None
    nested = _nested(before)
    fresh = Alphabet(_names_in_use(worked, before))
    if nested is None:
        steps = run(before, wrong, fresh)
        return _finished(worked, m, k, steps, before) if steps else None
    inside = run(nested.body, wrong, fresh)
    if not inside:
        return None
    row, col = _first_indices(worked, nested.by)
    inside, _, _ = with_matrix_form(inside, nested.body, row, col)
    steps = tuple(_wrapped(s, nested.by) for s in inside)
    last = _terms(steps[-1].after)
    return _finished(worked, m, k, (*steps, *run(last, wrong, fresh)), before)


def _finished(
    worked: Worked, m: Misconception, k: int, steps: tuple[Step, ...], start: Terms
) -> Replay | None:
    """The contracted line brought to the kind of form that the right answer has."""
    right = worked.answer.line
    if isinstance(right, Node):
        row, col = _ends(worked)
        steps, _, matrix = with_matrix_form(steps, start, row, col)
        if matrix is None or not well_formed(matrix):
            return None
        return Replay(m, (*worked.steps[:k], *steps), k, matrix)
    if worked.derivation is not None and worked.derivation.problem.kind in TENSORS:
        steps, line = with_entries(steps, start, worked.free)
    else:
        line = _terms(steps[-1].after)
    return Replay(m, (*worked.steps[:k], *steps), k, line) if terms_fit(line, worked.free) else None


def _ends(worked: Worked) -> tuple[Letter | None, Letter | None]:
    """The row and the column index of the closed form."""
    last = worked.steps[-1].after
    entry = _whole(last) if isinstance(last, tuple) else None
    if entry is not None and entry.node == worked.answer.line:
        return _letter(entry.row), _letter(entry.col)
    node = worked.answer.line
    assert isinstance(node, Node)
    free = iter(worked.free)
    row = next(free, None) if node.rows != ONE else None
    return row, (next(free, None) if node.cols != ONE else None)


def _letter(index: Index | None) -> Letter | None:
    return index if isinstance(index, Letter) else None


def _nested(line: Terms) -> Partial | None:
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


@cache
def wrong_phases(m: Misconception, symmetric: str) -> tuple[Phase, ...]:
    """The phases of the index method (for `symmetric` empty: of a contraction), with the wrong rule."""
    assert m.in_rule is not None
    right = phases(symmetric) if symmetric else CONTRACT
    return tuple(
        [
            replace(p, rules=tuple([_wrong_rule(r, m.in_rule) if r.name in m.rules else r for r in p.rules]))
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

    return replace(rule, apply=apply)


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
