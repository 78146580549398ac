"""A product of entries as a tensor network: who is joined to whom by which index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gen.document.drawing import Label
from gen.document.drawing_labels import expression, joined, maths, written
from gen.document.pen import PLAIN, Pen
from gen.document.tex import Tex
from gen.document.words import Written
from gen.document.written import expression as written_expression
from gen.document.written import name, slanted
from gen.language.index import Delta, Entry, Factor, Letter, Order, Partial, Term, letters
from gen.language.node import Node
from gen.language.style import UPRIGHT


@dataclass(frozen=True, slots=True)
class Tensor:
    """A factor: its label and the names of its indices; `plain` is a δ of two indices, drawn as a wire.

    `rows` are the legs that are row indices and `columns` those that are column indices, of a factor that
    has both: what tells it from its transpose.
    """

    label: Label
    legs: tuple[str, ...]
    plain: bool = False
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """The factors of a term in the order in which they are drawn, and the indices that are summed."""

    tensors: tuple[Tensor, ...]
    bound: tuple[str, ...]

    def places(self, letter: str) -> tuple[tuple[int, int], ...]:
        """Where an index stands: (factor, leg), in order."""
        return tuple(
            (k, leg) for k, t in enumerate(self.tensors) for leg, name in enumerate(t.legs) if name == letter
        )

    def letters(self) -> tuple[str, ...]:
        """Every index once, in the order in which it is met."""
        return tuple(dict.fromkeys([name for t in self.tensors for name in t.legs]))


def network(term: Term, pen: Pen = PLAIN) -> Network | None:
    """The network of a term; None where a partial derivative of more than one entry stands in it."""
    found = [tensor(factor, pen) for factor in term.factors]
    tensors = [t for t in found if t is not None]
    if len(tensors) != len(found):
        return None
    bound = tuple(letter.name for letter in term.bound)
    return Network(tuple(_facing(_in_a_row(tensors))), bound)


def tensor(factor: Factor, pen: Pen = PLAIN) -> Tensor | None:
    """A factor with its indices; None for a partial derivative of more than one entry."""
    if isinstance(factor, Entry):
        return Tensor(expression(factor.node, pen), _legs(factor), False, *_sides(factor))
    if isinstance(factor, Partial):
        inner, by = factor.inner, factor.by
        if inner is None:
            return None
        if inner.node == by.node:
            # Its four wires tell which entry is differentiated by which.
            label = joined(_sign(pen), expression(inner.node, pen))
            return Tensor(label, _legs(inner) + _legs(by), False, *_sides(inner, by))
        label = written(slanted(_bracketed(inner.node), name(by.node)), pen)
        return Tensor(label, _legs(inner) + _legs(by), False, *_sides(inner, by))
    legs = tuple(x.name for index in (factor.first, factor.second) for x in letters(index))
    if isinstance(factor, Delta):
        simple = isinstance(factor.first, Letter) and isinstance(factor.second, Letter)
        return Tensor(maths(r"\delta", "δ"), legs, simple)
    assert isinstance(factor, Order)
    return Tensor(maths(r"\ge", "≥"), legs, False, (0,), (1,)) if len(legs) == 2 else None


def _legs(entry: Entry) -> tuple[str, ...]:
    return tuple(x.name for index in (entry.row, entry.col) for x in letters(index))


def _sign(pen: Pen) -> Label:
    """The sign of a partial derivative; Unicode has the round one unless the document writes the other."""
    if pen.style.partial == "upright":
        return Label(Tex(rf"${UPRIGHT}$"), "∂", styled="d")
    return maths(r"\partial ", "∂")


def _bracketed(node: Node) -> Written:
    """An expression as the body of a derivative."""
    inner = written_expression(node)
    return inner if node.kind == "symbol" else lambda n: n.brackets(inner(n))


def _sides(*entries: Entry) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The places of row and of column indices among the legs of all entries that have both."""
    rows: list[int] = []
    columns: list[int] = []
    start = 0
    for entry in entries:
        down, across = len(letters(entry.row)), len(letters(entry.col))
        if down and across:
            rows += range(start, start + down)
            columns += range(start + down, start + down + across)
        start += down + across
    return tuple(rows), tuple(columns)


def _in_a_row(tensors: Sequence[Tensor]) -> list[Tensor]:
    """The tensors so that those that share an index are neighbours as far as a row allows.

    A chain begins with one of its ends, a ring and whatever else with the author's first factor.
    """
    left = list(range(len(tensors)))
    out: list[int] = []
    while left:
        near = [k for k in left if out and _shared(tensors[k], tensors[out[-1]])]
        if near:
            # The one that has fewest other ways to go, so that no end of a chain is left behind.
            chosen = min(near, key=lambda k: (len(_around(k, left, tensors)), k))
        else:
            chosen = min(left, key=lambda k: (_degree(k, left, tensors), k))
        left.remove(chosen)
        out.append(chosen)
    return [tensors[k] for k in out]


def _degree(k: int, left: Sequence[int], tensors: Sequence[Tensor]) -> int:
    """How many are joined to tensor `k`, ends of chains first; one that stands alone keeps its place."""
    return max(1, len(_around(k, left, tensors)))


def _around(k: int, left: Sequence[int], tensors: Sequence[Tensor]) -> list[int]:
    return [n for n in left if n != k and _shared(tensors[n], tensors[k])]


def _shared(one: Tensor, other: Tensor) -> bool:
    return not set(one.legs).isdisjoint(other.legs)


def _facing(row: Sequence[Tensor]) -> list[Tensor]:
    """Each δ turned so that its ends face the neighbours that they are joined to."""
    out: list[Tensor] = []
    for k, t in enumerate(row):
        before = set(out[-1].legs) if out else set()
        after = set(row[k + 1].legs) if k + 1 < len(row) else set()
        if t.plain:
            first, second = t.legs
            kept = (first in before) + (second in after)
            turned = (second in before) + (first in after)
            t = Tensor(t.label, (second, first), True) if turned > kept else t
        out.append(t)
    return out
