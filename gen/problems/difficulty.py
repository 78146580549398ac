"""How hard a problem is, read off its solution; the formula is published in docs/difficulty.md.

score = 2 · key steps + 2 · kinds of rules + 2 · (order of the result − 2, where it is above 2)
        + 3 · traps

Traps are places where students are known to fall: the variable in several factors, factors
that do not commute on both sides of it, a transposed variable, an inverse or a determinant, a
structured variable, a second derivative, a chain of functions inside each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.language.node import Node
from gen.problems.task import Derive
from gen.problems.worked import Worked

LEVELS = (15, 20, 25, 31)  # the highest score of levels 1 to 4


@dataclass(frozen=True, slots=True)
class Trap:
    """A place where students fall, and how it is seen in a problem."""

    name: str
    words: str
    there: Callable[[Node, Node], bool]


@dataclass(frozen=True, slots=True)
class Difficulty:
    """The score of a problem, its level from 1 to 5, and what the score is made of."""

    score: int
    level: int
    key_steps: int
    kinds: int
    order: int
    traps: tuple[str, ...]


def difficulty(worked: Worked) -> Difficulty:
    """The difficulty of a problem, from its solution."""
    keys = len(worked.key_steps)
    kinds = len({s.rule.kind for s in worked.steps})
    order = len(worked.answer.shape)
    traps = traps_in(worked)
    score = 2 * keys + 2 * kinds + 2 * max(0, order - 2) + 3 * len(traps)
    return Difficulty(score, level_of(score), keys, kinds, order, traps)


def level_of(score: int) -> int:
    """The level of a score: 1 to 5."""
    return 1 + sum(score > top for top in LEVELS)


def traps_in(worked: Worked) -> tuple[str, ...]:
    """The names of the traps a problem holds."""
    if worked.derivation is None or not isinstance(worked.task, Derive):
        return ()
    p = worked.derivation.problem
    return tuple(trap.name for trap in TRAPS if trap.there(p.expr, p.wrt))


def _count(node: Node, name: str) -> int:
    """How many times a symbol stands in an expression, powers counted."""
    if name not in node.names:
        return 0
    if node.kind == "symbol":
        return 1
    inside = sum(_count(a, name) for a in node.args)
    if node.kind == "power" and node.args[1].kind == "number" and node.args[1].number > 1:
        return 2 * inside
    return inside


def _reused(expr: Node, wrt: Node) -> bool:
    return _count(expr, wrt.name) > 1


def _surrounded(expr: Node, wrt: Node) -> bool:
    """A factor on either side of one that holds the variable."""
    if expr.kind == "product":
        chain = [a for a in expr.args if not a.is_scalar]
        live = [k for k, a in enumerate(chain) if wrt.name in a.names]
        if live and any(0 < k < len(chain) - 1 for k in live):
            return True
    return any(_surrounded(a, wrt) for a in expr.args if wrt.name in a.names)


def _turned(expr: Node, wrt: Node) -> bool:
    if expr.kind == "transpose" and wrt.name in expr.names and wrt.cols.text() != "1":
        return True
    return any(_turned(a, wrt) for a in expr.args if wrt.name in a.names)


def _inverted(expr: Node, wrt: Node) -> bool:
    if expr.kind == "call" and expr.name in ("inv", "det", "logdet", "adj") and wrt.name in expr.names:
        return True
    return any(_inverted(a, wrt) for a in expr.args if wrt.name in a.names)


def _nested(expr: Node, wrt: Node, depth: int = 0) -> bool:
    """A function of a function of the variable."""
    if wrt.name not in expr.names:
        return False
    here = depth + (expr.kind in ("call", "power") and expr.name != "tr")
    return here > 1 or any(_nested(a, wrt, here) for a in expr.args)


TRAPS: tuple[Trap, ...] = (
    Trap("reused_variable", "the variable stands in several factors", _reused),
    Trap("non_commuting", "factors stand on both sides of the variable", _surrounded),
    Trap("transposed_variable", "the variable is transposed", _turned),
    Trap("inverse_or_determinant", "an inverse or a determinant of the variable", _inverted),
    Trap("nested_functions", "a function of a function of the variable", _nested),
    Trap("structured_variable", "the variable has a structure", lambda e, w: w.structure is not None),
)
