"""The records of a derivation: problem, rule, step, method, result. Data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from gen.language.dimension import Dim
from gen.language.index import Index, Letter, Terms
from gen.language.node import Node

Kind = Literal[
    "index_form",
    "linearity",
    "product_rule",
    "chain_rule",
    "delta_substitution",
    "contraction",
    "matrix_form",
    "differential",
    "vec_identity",
    "expand",
    "identify",
]
Grain = Literal["key", "routine"]
Path: TypeAlias = tuple[int, ...]
Reason: TypeAlias = tuple["str | Node | Terms | Index", ...]
AT_PAIR = "(j,k)"  # a compound index among names, in `Rule.on`: nothing can be called so


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in brackets: rows of entries, or of such tables."""

    rows: tuple[tuple[Terms | Grid, ...], ...]


@dataclass(frozen=True, slots=True)
class Display:
    """A line that has no text form, only TeX and Unicode: the tables of the components method.

    `content` is what it shows, to be written in any notation; None where that is words and signs.
    """

    latex: str
    terminal: str
    values: tuple[tuple[str, str], ...] = ()
    content: Node | Grid | None = None


Line: TypeAlias = Node | Terms | Display


@dataclass(slots=True)
class Rewritten:
    """What a rule puts in the place of a factor or term (terms) or a matrix node (node), and why here.

    `changed` are the factors of a rewritten term that are new.
    """

    new: Final[Terms | Node]
    because: Final[Reason]
    changed: Final[tuple[int, ...]] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One named law. `apply(place, fresh)` gives None where the law does not apply.

    `scope` says what a place is: a factor of a term, a term with its sum, or a matrix
    node. `on` says what the rule can fit, so that the engine need not try it elsewhere; empty is any:
    for a factor the kinds of node (`many`: no single entry), for a term the names of matrices and
    functions, one of which has an entry in it, and AT_PAIR for an entry at a compound index.
    `example` is source text `in => out`, printed in the reference and run by the tests.
    `settles`, of a rule for terms: what it gives it cannot change again.
    """

    name: str
    kind: Kind
    law: str
    because: str
    source: str
    example: str
    grain: Grain
    scope: Literal["factor", "term", "node", "line"]
    apply: Callable[..., Rewritten | None]
    on: frozenset[str] = frozenset()
    settles: bool = False


@dataclass(slots=True, unsafe_hash=True)
class Check:
    """How far two values were apart, relative to max(0.01, largest entry)."""

    points: Final[int]
    max_error: Final[float]


@dataclass(slots=True, unsafe_hash=True)
class Step:
    """One rule applied: the whole line before and after, where, and the reason in words.

    `path` is the first place before; `marks` are the places of `after` that changed.
    """

    rule: Final[Rule]
    path: Final[Path]
    before: Final[Line]
    after: Final[Line]
    because: Final[Reason]
    marks: Final[tuple[Path, ...]] = ()
    check: Final[Check | None] = None


@dataclass(slots=True, unsafe_hash=True)
class Problem:
    """What is asked: the expression, the variable, the kind of answer and the conventions.

    `letters` are those an author chooses for indices, `sizes` numbers for dimensions where entries are
    written out; with none they are the usual ones.
    """

    expr: Final[Node]
    source: Final[str]
    wrt: Final[Node]
    kind: Final[str]
    method: Final[str]
    layout: Final[str]
    symmetric: Final[str]
    order: Final[int]
    symbols: Final[tuple[Node, ...]]
    letters: Final[str] = ""
    sizes: Final[tuple[tuple[str, int], ...]] = ()


@dataclass(slots=True, unsafe_hash=True)
class Result:
    """An answer in one form, with its shape; `free` are the indices of an index form."""

    line: Final[Terms | Node]
    shape: Final[tuple[Dim, ...]]
    free: Final[tuple[Letter, ...] | None] = None


@dataclass(slots=True, unsafe_hash=True)
class Results:
    """The answer in the forms it has."""

    index: Final[Result | None] = None
    matrix: Final[Result | None] = None
    vec: Final[Result | None] = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A stage of a method: its rules, tried in order, and what may no longer occur afterwards.

    `by_kind` sorts the rules by what may stand under a partial, so that only those are tried
    that can fit: under `""` for a line without partials, under `other` for the kinds no rule names.
    It is empty where every rule is for whole terms.
    """

    name: str
    rules: tuple[Rule, ...]
    done: Callable[[Terms], bool]
    by_kind: Mapping[str, tuple[Rule, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kinds = {"", "other", *(kind for rule in self.rules for kind in rule.on)}
        table = {kind: self._fitting(kind) for kind in kinds}
        whole = all(rule.scope == "term" for rule in self.rules)
        object.__setattr__(self, "by_kind", {} if whole else table)

    def _fitting(self, kind: str) -> tuple[Rule, ...]:
        out: list[Rule] = []
        for rule in self.rules:
            if rule.scope == "term" or (kind and (not rule.on or kind in rule.on)):
                out.append(rule)
        return tuple(out)
