"""What a misconception is: a wrong rule, replayed in an otherwise right derivation; one record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from gen.derivation.record import Rewritten, Step
from gen.language.function import Fresh
from gen.language.index import Factor, Letter, Term, Terms
from gen.language.node import Node
from gen.problems.worked import Answer, Worked

# What a right rule put in the place of a factor or term, made wrong; None where the mistake cannot be made.
InRule: TypeAlias = Callable[[Factor | Term, Rewritten, Fresh], Rewritten | None]
# A closed form made wrong, in every way in which the mistake can be made in it.
InForm: TypeAlias = Callable[[Node], Iterator[Node]]
# The same for an answer in entries.
InEntries: TypeAlias = Callable[[Terms], Iterator[Terms]]


@dataclass(frozen=True, slots=True)
class Misread:
    """A wrong reading: its lines, and the indices that are read off them.

    For a shape `free` are its axes. The lines are the right ones where only their end is misread.
    """

    steps: tuple[Step, ...]
    free: tuple[Letter, ...]
    dummy: tuple[Letter, ...] = ()


# A task of reading done wrong, in every way in which the mistake can be made in it.
InReading: TypeAlias = Callable[[Worked], Iterator[Misread]]


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong rule.

    One of `in_rule` (strikes wherever one of `rules` is applied) and `in_form` (strikes
    where the closed form is written, and only if one of `rules` was applied on the way; with no
    rules, always) makes the mistake; `in_entries` is `in_form` for an answer in entries. With
    `functions` it strikes only where one of them stands in the expression that is differentiated
    (`log det`: one directly within another). `in_reading` makes the mistake in tasks of reading, which have
    no closed form; a mistake that is made there only has neither of the first two. `plain`
    marks slips of sign and number, which fit nearly every problem and teach less. `tell` is what to
    tell the student, Markdown with $TeX$; `source` says where the mistake has been counted.
    """

    name: str
    title: str
    tell: str
    source: str
    rules: frozenset[str] = frozenset()
    in_rule: InRule | None = None
    in_form: InForm | None = None
    in_entries: InEntries | None = None
    plain: bool = False
    functions: frozenset[str] = frozenset()
    in_reading: InReading | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong solution: the mistake, the lines of it, the first wrong step, and the wrong answer.

    The steps before number `first` (from 0) are those of the right solution; from there on the
    wrong line is carried on by right rules. The answer is known by numbers to be wrong.
    """

    misconception: Misconception
    steps: tuple[Step, ...]
    first: int
    answer: Answer
