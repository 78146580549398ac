"""The walk over matrix expressions: outermost place first, every place of the line at once."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import TypeAlias

from gen.derivation.engine import StuckError
from gen.derivation.record import Path, Reason, Rule, Step
from gen.language.function import Fresh
from gen.language.node import Node, add, hadamard, multiply, number
from gen.language.normal_form import rebuilt as same_operation

MAX_STEPS = 400
# The kinds of operation in a node, by its id; the node beside them, so that the id stays its own.
Inside: TypeAlias = dict[int, tuple[Node, frozenset[str]]]


def run_nodes(start: Node, rules: tuple[Rule, ...], fresh: Fresh) -> tuple[Step, ...]:
    """Apply rules, tried in order, until none fits; raises OverflowError where they would never end."""
    line, steps = start, list[Step]()
    inside: Inside = {}
    while len(steps) < MAX_STEPS:
        step = _first(line, rules, fresh, inside)
        if step is None:
            left = _undone(line)
            if left is not None:
                raise StuckError(left)
            return tuple(steps)
        assert isinstance(step.after, Node)
        steps.append(step)
        line = step.after
    raise OverflowError("a derivation that does not end")


def _undone(line: Node) -> Node | None:
    """What still stands behind a D."""
    if line.kind == "differential":
        return line.args[0]
    return next((found for a in line.args if (found := _undone(a)) is not None), None)


def _kinds(node: Node, inside: Inside) -> frozenset[str]:
    """The kinds of a node and of everything in it, which are worked out once for what lines share."""
    known = inside.get(id(node))
    if known is None:
        kinds = frozenset((node.kind,)).union(*[_kinds(a, inside) for a in node.args])
        known = inside[id(node)] = node, kinds
    return known[1]


def _first(line: Node, rules: tuple[Rule, ...], fresh: Fresh, inside: Inside) -> Step | None:
    kinds = _kinds(line, inside)
    for rule in rules:
        if rule.on and kinds.isdisjoint(rule.on):
            continue
        places: list[Path] = []
        reasons: list[Reason] = []
        after = _rewrite(line, rule, fresh, (), places, reasons, inside)
        if places:
            words: Reason = ()
            for reason in reasons:
                words = (*words, *(("; ",) if words else ()), *reason)
            return Step(rule, places[0], line, after, words, _changed(line, after, ()))
    return None


def _rewrite(
    node: Node,
    rule: Rule,
    fresh: Fresh,
    path: Path,
    places: list[Path],
    reasons: list[Reason],
    inside: Inside,
) -> Node:
    found = rule.apply(node, fresh) if not rule.on or node.kind in rule.on else None
    if found is not None:
        assert isinstance(found.new, Node)
        places.append(path)
        if found.because not in reasons:
            reasons.append(found.because)
        return found.new
    if not node.args:
        return node
    before, on = len(places), rule.on
    args = tuple(
        [
            a
            if on and on.isdisjoint(_kinds(a, inside))
            else _rewrite(a, rule, fresh, (*path, k), places, reasons, inside)
            for k, a in enumerate(node.args)
        ]
    )
    return node if len(places) == before else rebuilt(node, args)


def rebuilt(node: Node, args: tuple[Node, ...]) -> Node:
    """The node with other operands; sums and products are flattened again."""
    if node.kind == "sum":
        return add(*args)
    if node.kind == "product":
        return _numbers_first(node, multiply(*args))
    if node.kind == "hadamard":
        return hadamard(*args)
    return same_operation(node, args)


def _numbers_first(before: Node, after: Node) -> Node:
    """A product in which a number that a rule has put between the factors stands in front."""
    if after.kind != "product" or _inner_numbers(after) <= _inner_numbers(before):
        return after
    coef = prod(a.number for a in after.args if a.kind == "number")
    rest = [a for a in after.args if a.kind != "number"]
    return multiply(*rest) if coef == 1 else multiply(number(coef), *rest)


def _inner_numbers(node: Node) -> int:
    return sum(a.kind == "number" for a in node.args[1:])


def _changed(before: Node, after: Node, path: Path) -> tuple[Path, ...]:
    """The places of `after` that are not in `before`, as small as they can be named."""
    if before == after:
        return ()
    flat = ("product", "sum", "hadamard")
    if before.kind == after.kind and before.name == after.name:
        if after.kind not in flat and len(before.args) == len(after.args):
            pairs = zip(before.args, after.args, strict=True)
            return tuple(m for k, (a, b) in enumerate(pairs) for m in _changed(a, b, (*path, k)))
        if after.kind in flat:
            new = [k for k, a in enumerate(after.args) if a not in before.args]
            gone = [a for a in before.args if a not in after.args]
            if len(new) == 1 and len(gone) == 1:
                return _changed(gone[0], after.args[new[0]], (*path, new[0]))
            return tuple((*path, k) for k in new)
    if after.kind not in flat:
        return (path,)
    known = set(_subtrees(before))
    new = [k for k, a in enumerate(after.args) if a not in known and not _stacks(a, known)]
    return tuple((*path, k) for k in new) or (path,)


def _subtrees(node: Node) -> Iterator[Node]:
    yield node
    for a in node.args:
        yield from _subtrees(a)


def _stacks(node: Node, known: set[Node]) -> bool:
    """vec(Y) of a Y that was there is not what changed."""
    return node.kind == "call" and node.name == "vec" and node.args[0] in known
