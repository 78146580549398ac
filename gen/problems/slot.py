"""What a sheet asks for in one place: problems of some families, of a difficulty, that use some rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gen.derivation.record import Rule
from gen.derivation.rulebook import RULES
from gen.language.node import Node
from gen.problems.family import Member
from gen.problems.form import Fading
from gen.problems.worked import Worked

# What a person calls a function whose name is short; all others are called by their names.
CALLED: Mapping[str, str] = MappingProxyType(
    {"tr": "trace", "inv": "inverse", "det": "determinant", "norm1": "norm", "norm2": "norm", "normF": "norm"}
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A problem of a bank: a written one (`member`), or members of families that have one score (`wanted`).

    `name` comes from what it asks, so that it stays when a bank is put in another order. `level` is what a
    sheet asks for: that of the score, unless somebody has said another.
    """

    name: str
    level: int
    score: int
    member: Member | None = None
    wanted: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which problems will do.

    `families` are names, `()` all families; `require` are names or kinds of rules, each as often as
    the solution must use it; `method` None is the one the family asks for, `layout` and `symmetric` are the
    conventions of the sheet. With a `pool`, called `bank`, one of its problems of the difficulty is wanted.
    """

    families: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    difficulty: int | None = None
    form: str = "open"
    method: str | None = None
    layout: str = "numerator"
    symmetric: str = "free"
    bank: str = ""
    pool: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a sheet. `key` names it for ever; `score` is the one recorded, None where none is yet.

    `fade` is what a solution leaves blank, where the form is of that kind.
    """

    key: str
    wanted: Wanted
    score: int | None = None
    fade: Fading | None = None


def keyed(wanted: tuple[Wanted, ...]) -> tuple[Slot, ...]:
    """Slots whose keys say what is wanted and which of its like it is.

    A sheet whose problems are moved about, or that gets another one, so keeps the keys it had.

    >>> [slot.key for slot in keyed((Wanted(("trace-product",)), Wanted(("trace-product",), (), 2)))]
    ['trace-product any open 1', 'trace-product 2 open 1']
    """
    counts: Counter[str] = Counter()
    slots: list[Slot] = []
    for one in wanted:
        what = one.bank or "+".join((*one.families, *(f"({rule})" for rule in one.require)))
        words = (what, str(one.difficulty or "any"), one.form, one.method or "")
        name = " ".join(filter(None, words))
        counts[name] += 1
        slots.append(Slot(f"{name} {counts[name]}", one))
    return tuple(slots)


def names_rule(word: str, rule: Rule) -> bool:
    """Whether a word of `require` means a rule: its kind, its name, or a part of its name."""
    return word in (rule.kind, rule.name) or f"_{word}_" in f"_{rule.name}_"


def uses(worked: Worked, require: tuple[str, ...]) -> bool:
    """Whether a solution uses the rules that are required, each as often as it is named.

    A trace that is written with indices in one step with the product inside it counts as a trace too: what
    stands in the expression is as good as the rule for it.
    """
    if not require:
        return True
    derivation = worked.derivation
    parts = () if derivation is None else tuple(_functions(derivation.problem.expr))
    return all(
        max(sum(names_rule(word, step.rule) for step in worked.steps), parts.count(word)) >= often
        for word, often in Counter(require).items()
    )


def rule_words() -> tuple[str, ...]:
    """The words that `require` knows: kinds and names of rules, the parts of the names, and functions."""
    parts = (part for rule in RULES for part in (rule.kind, rule.name, *rule.name.split("_")))
    return tuple(dict.fromkeys((*(part for part in parts if len(part) > 1), *CALLED.values())))


def _functions(node: Node) -> Iterator[str]:
    """The words for the functions in an expression."""
    if node.kind == "call":
        yield CALLED.get(node.name, node.name)
    for arg in node.args:
        yield from _functions(arg)
