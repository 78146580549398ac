"""A wrong rule replayed in an otherwise right derivation, down to the closed form it leads to.

`replayed` only replays: whether the answer is wrong, and of what shape, is for whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from gen.derivation.engine import StepLimitError, StuckError
from gen.derivation.letters import Alphabet
from gen.derivation.record import Rewritten, Step
from gen.language.brevity import brief
from gen.language.index import Factor, Partial, Term, Terms
from gen.language.node import Node, symbol
from gen.language.normal_form import normal_form
from gen.problems.carried_on import carried_on, nested
from gen.problems.misconception import Misconception
from gen.problems.reform import is_closed, mapped, parts_of, remade, well_formed
from gen.problems.task import Derive
from gen.problems.worked import Worked
from gen.problems.wrong_ending import ended, ending
from gen.problems.wrong_rules import wrong_phases

BY_INDEX = ("index", "backprop")
# A place where a rule was applied, and what it gave.
Applied: TypeAlias = tuple[Factor | Term, Rewritten]


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

    __slots__ = ("_applied", "_back", "_called", "_names", "_right", "_rules", "_sound", "worked")

    def __init__(self, worked: Worked, *, copied_well: bool = False) -> None:
        """`copied_well`: in what the closed form copies from the question, no mistakes are made."""
        self.worked = worked
        copied = copied_sums(worked) if copied_well else {}
        self._back = {new: old for old, new in copied.items()}
        self._rules = {s.rule.name for s in worked.steps}
        self._applied: dict[int, list[Applied]] = {}
        self._called = _functions(worked)
        right = worked.answer.line
        self._names = frozenset([new.name for new in self._back])
        self._right = _exchanged(right, copied) if isinstance(right, Node) and copied else right
        self._sound = {id(n) for n in parts_of(right)} if isinstance(right, Node) else set[int]()

    def replays(self, m: Misconception) -> Iterator[Replay]:
        """As `replayed`."""
        if not self.meets(m):
            return
        if m.in_form is not None:
            yield from self._in_form(m)
        elif m.in_rule is not None:
            found = self._in_rules(m)
            if found is not None:
                yield found

    def meets(self, m: Misconception) -> bool:
        """Are there a rule and a function in the solution where the mistake is made?"""
        if m.rules and m.rules.isdisjoint(self._rules):
            return False
        return not m.functions or not m.functions.isdisjoint(self._called)

    def _in_form(self, m: Misconception) -> Iterator[Replay]:
        """Where the closed form is written."""
        worked, right = self.worked, self.worked.answer.line
        if right is None or not worked.steps:
            return
        for wrong in self.forms(m, right):
            last = ending(worked.steps[-1].after, right, wrong)
            if last is not None:
                first = len(worked.steps) - 1
                yield Replay(m, (*worked.steps[:-1], ended(worked.steps[-1], last)), first, wrong)

    def forms(self, m: Misconception, right: Node | Terms) -> Iterator[Node | Terms]:
        """The answer `right` with the mistake of an ending made in it, in every way."""
        if not isinstance(right, Node):
            if m.in_entries is not None:
                yield from m.in_entries(right)
            return
        assert m.in_form is not None and isinstance(self._right, Node)
        made, seen = {self._right}, {right}
        for form in m.in_form(self._right):
            if form in made:
                continue
            made.add(form)
            raw = _put_back(form, self._back, self._names)
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
            if step.rule.name in m.rules and self.strikes(k, m):
                symmetric = task.symmetric if isinstance(task, Derive) else ""
                try:
                    found = carried_on(worked, k, wrong_phases(m, symmetric))
                except (StuckError, StepLimitError):
                    return None
                return None if found is None else Replay(m, found[0], k, found[1])
        return None

    def strikes(self, k: int, m: Misconception) -> bool:
        """Can the mistake be made at some place of the line where step `k` applies its rule?"""
        assert m.in_rule is not None
        applied = self._applied.get(k)
        if applied is None:
            applied = self._applied[k] = _places(self.worked.steps[k])
        fresh = Alphabet(())
        return any(m.in_rule(place, right, fresh) is not None for place, right in applied)


def _functions(worked: Worked) -> set[str]:
    """What is called in the expression that is differentiated, and what within what: `log det`."""
    if worked.derivation is None:
        return set()
    calls = [n for n in parts_of(worked.derivation.problem.expr) if n.kind == "call"]
    within = {f"{n.name} {a.name}" for n in calls for a in n.args if a.kind == "call"}
    return {n.name for n in calls} | within


def copied_sums(worked: Worked) -> dict[Node, Node]:
    """The sums that a closed form copies from the question, such as a residual, with a symbol for each."""
    right = worked.answer.line
    if worked.derivation is None or not isinstance(right, Node):
        return {}
    asked = {n for n in parts_of(worked.derivation.problem.expr) if n.kind == "sum" and not n.is_scalar}
    found = dict.fromkeys(n for n in parts_of(right) if n in asked and n is not right) if asked else {}
    return {n: symbol(f"copied {k}", n.rows, n.cols) for k, n in enumerate(found)}


def _exchanged(node: Node, others: Mapping[Node, Node]) -> Node:
    return mapped(node, lambda n: others.get(n, n))


def _put_back(node: Node, copied: Mapping[Node, Node], names: frozenset[str]) -> Node:
    """As `_exchanged` for symbols, whose names are `names`: what holds none of them stays."""
    if node.names.isdisjoint(names):
        return node
    if node.kind == "symbol":
        return copied.get(node, node)
    if is_closed(node):
        return node
    return remade(node, tuple([_put_back(a, copied, names) for a in node.args]))


def _places(step: Step) -> list[Applied]:
    """Where a step applies its rule, and what that gives."""
    line = step.before
    if not isinstance(line, tuple):
        return []
    inner, rule = nested(line), step.rule
    fresh = Alphabet(())
    out: list[Applied] = []
    for term in line if inner is None else inner.body:
        places: list[Factor | Term] = [term]
        if rule.scope != "term":
            places = [f for f in term.factors if type(f) is Partial and (not rule.on or f.kind in rule.on)]
        for place in places:
            found = rule.apply(place, fresh)
            if found is not None and found.new:
                out.append((place, found))
    return out
