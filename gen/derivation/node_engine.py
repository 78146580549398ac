"""The walk over matrix expressions: outermost place first, every place of the line at once."""

from __future__ import annotations

from gen.derivation.engine import StuckError
from gen.derivation.record import Path, Reason, Rule, Step
from gen.language.function import Fresh
from gen.language.node import Node, add, hadamard, multiply
from gen.language.normal_form import rebuilt as same_operation

MAX_STEPS = 400


def run_nodes(start: Node, rules: tuple[Rule, ...], fresh: Fresh) -> tuple[Step, ...]:
    """Apply rules, tried in order, until none fits; raises OverflowError where they would never end."""
    line, steps = start, list[Step]()
    while len(steps) < MAX_STEPS:
        step = _first(line, rules, fresh)
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


def _first(line: Node, rules: tuple[Rule, ...], fresh: Fresh) -> Step | None:
    for rule in rules:
        places: list[Path] = []
        reasons: list[Reason] = []
        new: list[Node] = []
        after = _rewrite(line, rule, fresh, (), places, reasons, new)
        if places:
            words: Reason = ()
            for reason in reasons:
                words = (*words, *(("; ",) if words else ()), *reason)
            return Step(rule, places[0], line, after, words, _find(after, new))
    return None


def _rewrite(
    node: Node,
    rule: Rule,
    fresh: Fresh,
    path: Path,
    places: list[Path],
    reasons: list[Reason],
    new: list[Node],
) -> Node:
    found = rule.apply(node, fresh)
    if found is not None:
        assert isinstance(found.new, Node)
        places.append(path)
        new.append(found.new)
        if found.because not in reasons:
            reasons.append(found.because)
        return found.new
    if not node.args:
        return node
    args = tuple(_rewrite(a, rule, fresh, (*path, k), places, reasons, new) for k, a in enumerate(node.args))
    return node if all(a is b for a, b in zip(args, node.args, strict=True)) else rebuilt(node, args)


def rebuilt(node: Node, args: tuple[Node, ...]) -> Node:
    """The node with other operands; sums and products are flattened again."""
    if node.kind == "sum":
        return add(*args)
    if node.kind == "product":
        return multiply(*args)
    if node.kind == "hadamard":
        return hadamard(*args)
    return same_operation(node, args)


def _find(after: Node, new: list[Node]) -> tuple[Path, ...]:
    """Where the replacements stand in the new line; one that was flattened into its parent by its parts."""
    marks: list[Path] = []
    wanted = set(new)

    def walk(node: Node, path: Path) -> None:
        if node in wanted:
            marks.append(path)
            return
        inside = {k for n in new if n.kind == node.kind for k in _run(n.args, node.args)}
        for k, a in enumerate(node.args):
            if k in inside:
                marks.append((*path, k))
            else:
                walk(a, (*path, k))

    walk(after, ())
    return tuple(m for m in marks if m)


def _run(part: tuple[Node, ...], whole: tuple[Node, ...]) -> range:
    """The places of `part` as neighbours in `whole`, for an operation that is flattened."""
    for start in range(len(whole) - len(part) + 1):
        if len(part) > 1 and whole[start : start + len(part)] == part:
            return range(start, start + len(part))
    return range(0)
