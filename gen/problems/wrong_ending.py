"""The last line of a solution with a wrong closed form in it."""

from __future__ import annotations

from gen.derivation.node_engine import rebuilt
from gen.derivation.record import Line, Step
from gen.language.index import Entry, Terms, one
from gen.language.node import Node
from gen.language.transposition import flip


def ended(step: Step, after: Line) -> Step:
    return Step(step.rule, step.path, step.before, after, step.because, step.marks)


def ending(line: Line, right: Node | Terms, wrong: Node | Terms) -> Line | None:
    """The last line with the wrong closed form in it; None where the right one is not seen there."""
    if not isinstance(right, Node) or not isinstance(wrong, Node):
        return wrong if line == right else None
    if isinstance(line, tuple):
        entry = whole_entry(line)
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


def whole_entry(line: Terms) -> Entry | None:
    """The entry a line consists of."""
    if len(line) == 1 and len(line[0].factors) == 1 and line[0].coef == 1 and not line[0].bound:
        (factor,) = line[0].factors
        return factor if isinstance(factor, Entry) else None
    return None
