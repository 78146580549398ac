"""Traps: places of a problem where students are known to fall, and how each is seen in a solution.

The counts behind them are those of the mistakes seen in public questions on matrix derivatives: chain rule
as a product, transposes, elementwise products taken for matrix products, one occurrence forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.derivation.record import Line
from gen.language.index import Delta, Entry
from gen.language.node import Node
from gen.problems.task import Simplify
from gen.problems.worked import Worked

INVERTED = frozenset(("inv", "det", "logdet", "adj"))


@dataclass(frozen=True, slots=True)
class Trap:
    """A place where students fall, and how it is seen in a solution."""

    name: str
    words: str
    there: Callable[[Worked], bool]


def traps_in(worked: Worked) -> tuple[str, ...]:
    """The names of the traps a problem holds."""
    return tuple([trap.name for trap in TRAPS if trap.there(worked)])


def _in_expression(seen: Callable[[Node, Node], bool]) -> Callable[[Worked], bool]:
    """A trap of the expression that is differentiated and of its variable."""

    def there(worked: Worked) -> bool:
        d = worked.derivation
        return d is not None and seen(d.problem.expr, d.problem.wrt)

    return there


def _count(node: Node, name: str) -> int:
    """How many times a symbol stands in an expression, powers counted."""
    if name not in node.names:
        return 0
    if node.kind == "symbol":
        return 1
    inside = sum([_count(a, name) for a in node.args])
    if node.kind == "power" and node.args[1].kind == "number" and node.args[1].number > 1:
        return 2 * inside
    return inside


def _reused(expr: Node, wrt: Node) -> bool:
    return _count(expr, wrt.name) > 1


def _moving(expr: Node, wrt: Node) -> list[Node]:
    """The parts of an expression in which the variable stands."""
    name, found = wrt.name, [expr] if wrt.name in expr.names else []
    for part in found:
        found += [a for a in part.args if name in a.names]
    return found


def _surrounded(expr: Node, wrt: Node) -> bool:
    """A factor on either side of one that holds the variable."""
    for part in _moving(expr, wrt):
        if part.kind == "product":
            chain = [a for a in part.args if not a.is_scalar]
            if any(wrt.name in a.names for a in chain[1:-1]):
                return True
    return False


def _turned(expr: Node, wrt: Node) -> bool:
    return not wrt.cols.is_one and "transpose" in [part.kind for part in _moving(expr, wrt)]


def _inverted(expr: Node, wrt: Node) -> bool:
    return not INVERTED.isdisjoint([part.name for part in _moving(expr, wrt)])


def _nested(expr: Node, wrt: Node, depth: int = 0) -> bool:
    """A function of a function of the variable."""
    if wrt.name not in expr.names:
        return False
    here = depth + (expr.kind in ("call", "power") and expr.name != "tr")
    return here > 1 or any(_nested(a, wrt, here) for a in expr.args if a.args)


def _entry_by_entry(expr: Node, wrt: Node) -> bool:
    """An elementwise product, or diag, around the variable."""
    moving = _moving(expr, wrt)
    return "hadamard" in [part.kind for part in moving] or "diag" in [part.name for part in moving]


def _second(worked: Worked) -> bool:
    return worked.derivation is not None and worked.derivation.problem.order == 2


def _counting(worked: Worked) -> bool:
    """A delta of equal indices is summed over."""
    return any(s.rule.name == "equal_indices" for s in worked.steps)


def _like_terms(worked: Worked) -> bool:
    """Terms of an index text become alike only when its deltas are used."""
    return isinstance(worked.task, Simplify) and any(
        _length(s.after) < _length(s.before) for s in worked.steps
    )


def _length(line: Line) -> int:
    return len(line) if isinstance(line, tuple) else 1


def _kept_delta(worked: Worked) -> bool:
    """A delta of two free indices, which must be left alone, beside others that are used."""
    line = worked.answer.line
    if not isinstance(worked.task, Simplify) or not isinstance(line, tuple) or not worked.steps:
        return False
    return any(isinstance(f, Delta) for t in line for f in t.factors)


def _written_out(worked: Worked) -> bool:
    """An expression with a transpose in it is written out in entries."""
    line = worked.given
    if worked.derivation is not None or not isinstance(line, tuple):
        return False
    nodes = [f.node for t in line for f in t.factors if isinstance(f, Entry)]
    return any(_has_transpose(node) for node in nodes)


def _has_transpose(node: Node) -> bool:
    """A matrix that is transposed; a row vector is none."""
    if node.kind == "transpose" and not node.args[0].is_vector:
        return True
    return any(_has_transpose(a) for a in node.args)


TRAPS: tuple[Trap, ...] = (
    Trap("reused_variable", "the variable stands in several places, powers counted", _in_expression(_reused)),
    Trap("non_commuting", "factors stand on both sides of the variable", _in_expression(_surrounded)),
    Trap("transposed_variable", "the variable is transposed", _in_expression(_turned)),
    Trap("inverse_or_determinant", "an inverse or a determinant of the variable", _in_expression(_inverted)),
    Trap("nested_functions", "a function of a function of the variable", _in_expression(_nested)),
    Trap(
        "elementwise_product",
        "an elementwise product or diag of the variable",
        _in_expression(_entry_by_entry),
    ),
    Trap(
        "structured_variable",
        "the variable has a structure",
        _in_expression(lambda expr, wrt: wrt.structure is not None),
    ),
    Trap("second_derivative", "it is differentiated twice", _second),
    Trap("counting_delta", "a delta of equal indices is summed: it counts", _counting),
    Trap("like_terms", "terms become alike when the deltas are used", _like_terms),
    Trap("kept_delta", "a delta of free indices has to stay", _kept_delta),
    Trap("transposed_factor", "an entry of a transpose is written out", _written_out),
)
