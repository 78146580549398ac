"""A term as a graph: indices are its nodes, factors its edges; dummy indices are eliminated one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gen.language.cancelling import VANISHING, may_vanish
from gen.language.dimension import ONE
from gen.language.filled import is_zero, ones
from gen.language.index import NAME, UNIT, Delta, Entry, Factor, Index, Letter, Term
from gen.language.node import Node, call, constant, size
from gen.language.product_form import times
from gen.language.product_parts import parts
from gen.language.reduction_form import diagonal, had, total, trace
from gen.language.transposition import flip, flip_chain


class NoMatrixFormError(Exception):
    """The term needs a tensor; the index form is the answer."""


@dataclass(slots=True, eq=False)
class Edge:
    """A matrix between two indices, by name; an end that is None belongs to an axis of dimension 1.

    The matrix is the product of a chain, which is multiplied out where it is asked for: while dummy
    indices are eliminated, most chains only grow.
    """

    chain: Final[tuple[Node, ...]]
    row: Final[str | None]
    col: Final[str | None]

    @property
    def node(self) -> Node:
        """The matrix, in normal form where it is a product."""
        return self.chain[0] if len(self.chain) == 1 else times(*self.chain)

    def turned(self) -> Edge:
        """The same edge read from the other end."""
        return Edge(tuple(map(flip, reversed(self.chain))), self.col, self.row)

    def touches(self, letter: str) -> bool:
        """Is the index one of its ends?"""
        return self.row == letter or self.col == letter

    def other_end(self, letter: str) -> str | None:
        """The end that is not the index, which is one of them."""
        return self.col if self.row == letter else self.row

    @property
    def is_vector(self) -> bool:
        """One end is loose."""
        return (self.row is None) != (self.col is None)

    def column(self, letter: str) -> Node:
        """A vector as a column whose entries the index counts."""
        return self.node if self.row == letter else flip(self.node)


class Graph:
    """The edges of one term while its dummy indices are eliminated."""

    def __init__(self, term: Term, free: tuple[Letter, ...]) -> None:
        self._indices = free + term.bound
        self.free, self.bound = list(map(NAME, free)), list(map(NAME, term.bound))
        self.scalars: list[Node] = []
        self.edges: list[Edge] = []
        self.touched: set[str] = set()
        for factor in term.factors:
            if type(factor) is Entry:
                node, row, col = factor.node, factor.row, factor.col
                if row is None and col is None:
                    self.scalars.append(node)
                else:
                    chain = _opened(node) if node.kind == "product" else (node,)
                    ends = None if row is None else self._end(row), None if col is None else self._end(col)
                    self.edges.append(Edge(chain, *ends))
            else:
                self._add(factor)

    @property
    def letters(self) -> dict[str, Letter]:
        """The indices by name, the free ones first."""
        return {x.name: x for x in self._indices}

    def _add(self, factor: Factor) -> None:
        if isinstance(factor, Delta):
            ends = self._end(factor.first), self._end(factor.second)
            self.edges.append(Edge((constant("eye", factor.first.dim),), *ends))
        else:
            raise NoMatrixFormError

    def _end(self, index: Index) -> str:
        if type(index) is Letter:
            name = index.name
            if name in self.bound or name in self.free:
                self.touched.add(name)
                return name
        raise NoMatrixFormError

    # --- elimination ---

    def eliminate(self, *, merge: bool = True) -> None:
        """Use up every dummy index; with `merge` also join what stands at free indices."""
        merged = self.free if merge else []
        if self.bound:
            for name in list(self.bound):
                if name not in self.touched:
                    self.scalars.append(size(self.letters[name].dim))
                    self.bound.remove(name)
        while self._step(merged):
            pass
        if self.bound:
            raise NoMatrixFormError

    def _step(self, merged: list[str]) -> bool:
        """One elimination, of the first kind that fits; `merged` are the free indices that take part."""
        if not self.bound and len(self.edges) == 1 and self.edges[0].row != self.edges[0].col:
            return False
        if len(self.bound) == 1 and len(self.edges) == 2:
            # The commonest case: two factors that share the only dummy index and nothing else.
            (letter,), (first, second) = self.bound, self.edges
            if first.touches(letter) and second.touches(letter):
                left, right = first.other_end(letter), second.other_end(letter)
                if left != letter and right != letter and (left is None or left != right):
                    return self._multiply(letter, first, second, None)
        at: dict[str, list[Edge]] = {}
        spans: set[tuple[str, str]] = set()
        parallel = False
        for edge in self.edges:
            row, col = edge.row, edge.col
            if row is not None:
                if row == col and (row in self.bound or row in merged):
                    return self._loop(edge, row)
                at.setdefault(row, []).append(edge)
                if col is not None and row != col:
                    span = (row, col) if row < col else (col, row)
                    parallel = parallel or span in spans
                    spans.add(span)
            if col is not None and row != col:
                at.setdefault(col, []).append(edge)
        return (
            self._vectors(at, merged)
            or (parallel and self._parallel(at, merged))
            or (bool(self.bound) and (self._pass(at) or self._end_of_path(at)))
        )

    def _at(self, letter: str) -> list[Edge]:
        return [e for e in self.edges if e.row == letter or e.col == letter]

    def _replace(self, old: list[Edge], *new: Edge) -> bool:
        """New edges stand where the first of the old ones stood."""
        if len(old) == len(self.edges):
            self.edges = list(new)
            return True
        edges: list[Edge] = []
        for edge in self.edges:
            for o in old:
                if o is edge:
                    edges += new
                    new = ()
                    break
            else:
                edges.append(edge)
        self.edges = edges
        return True

    def _loop(self, e: Edge, letter: str) -> bool:
        """An edge from an index to itself: a trace if nothing else is there, else a diagonal."""
        if letter in self.bound and len(self._at(letter)) == 1:
            self.bound.remove(letter)
            self.scalars.append(trace(e.node))
            return self._replace([e])
        return self._replace([e], Edge((diagonal(e.node),), letter, None))

    def _vectors(self, at: dict[str, list[Edge]], merged: list[str]) -> bool:
        """Two vectors at one index that is free or busy: their elementwise product."""
        for letter in (*self.bound, *merged):
            around = at.get(letter, ())
            if len(around) > 2 or (len(around) == 2 and letter in merged):
                here = [e for e in around if e.is_vector]
                if len(here) >= 2:
                    columns = [e.column(letter) for e in here]
                    return self._replace(here, Edge((had(*columns),), letter, None))
        return False

    def _parallel(self, at: dict[str, list[Edge]], merged: list[str]) -> bool:
        """Two edges between the same indices: elementwise, unless they close a cycle of two."""
        for k, e in enumerate(self.edges):
            if e.row is None or e.col is None or e.row == e.col:
                continue
            ends = {e.row, e.col}
            twins = [f for f in self.edges[k + 1 :] if {f.row, f.col} == ends]
            if not twins or ends.isdisjoint((*self.bound, *merged)):
                continue
            closed = len(twins) == 1 and all(x in self.bound and len(at[x]) == 2 for x in ends)
            if closed:
                continue
            same = [t if t.row == e.row else t.turned() for t in twins]
            product = had(e.node, *[t.node for t in same])
            return self._replace([e, *twins], Edge((product,), e.row, e.col))
        return False

    def _pass(self, at: dict[str, list[Edge]]) -> bool:
        """A dummy index between two edges: their product, with a diagonal if a vector sits there."""
        for letter in self.bound:
            here = at[letter]
            if len(here) == 2:
                return self._multiply(letter, here[0], here[1], None)
            if len(here) == 3:
                vectors = [e for e in here if e.is_vector]
                if len(vectors) == 1:
                    first, second = (e for e in here if not e.is_vector)
                    return self._multiply(letter, first, second, vectors[0])
        return False

    def _multiply(self, letter: str, first: Edge, second: Edge, middle: Edge | None) -> bool:
        if first.is_vector and not second.is_vector:
            # A vector stays a column: A'*x, not what becomes of x'*A when it is turned.
            first, second = second, first
        left = first if first.col == letter else first.turned()
        right = second if second.row == letter else second.turned()
        self.bound.remove(letter)
        if middle is None:
            old, chain = [first, second], left.chain + right.chain
        else:
            old = [first, second, middle]
            chain = (*left.chain, diagonal(middle.column(letter)), *right.chain)
        if left.row is None and right.col is None:
            self.scalars.append(_straight(times(*chain)))
            return self._replace(old)
        for node in chain:
            if node.kind in VANISHING and may_vanish(node):
                # What cancels must not meet what comes later.
                chain = (times(*chain),)
                break
        return self._replace(old, Edge(chain, left.row, right.col))

    def _end_of_path(self, at: dict[str, list[Edge]]) -> bool:
        """A dummy index at the end of one edge: a row sum."""
        for letter in self.bound:
            here = at[letter]
            if len(here) == 1:
                e = here[0] if here[0].col == letter else here[0].turned()
                self.bound.remove(letter)
                if e.row is not None and e.row in self.bound and len(at[e.row]) == 1:
                    self.bound.remove(e.row)
                    self.scalars.append(total(e.node))
                    return self._replace(here)
                product = _summed(e.node)
                if e.row is None:
                    self.scalars.append(product)
                    return self._replace(here)
                return self._replace(here, Edge((product,), e.row, None))
        return False

    # --- assembly ---

    def joined(self, first: Letter | None, second: Letter | None) -> bool:
        """Is there an edge between the two indices?"""
        if first is None or second is None:
            return False
        return any({e.row, e.col} == {first.name, second.name} for e in self.edges)

    def part(self, row: Letter | None, col: Letter | None) -> Node:
        """One side of a ⊗: nothing may join it to an index of the other side."""
        own = {x.name for x in (row, col) if x is not None}
        for e in self.edges:
            ends = {x for x in (e.row, e.col) if x is not None}
            if ends & own and not ends <= own:
                raise NoMatrixFormError
        return times(*self.assemble(row, col))

    def assemble(self, row: Letter | None, col: Letter | None) -> tuple[Node, ...]:
        """What is left between the free indices, read as a product of matrices."""
        if row is None and col is None:
            return ()
        if row is None or col is None:
            letter = row if row is not None else col
            assert letter is not None
            column = self._vector_at(letter) or ones(letter.dim, ONE)
            return (column if row is not None else flip(column),)
        if len(self.edges) == 1:
            # The commonest case: one matrix between the two.
            (edge,) = self.edges
            if edge.row == row.name and edge.col == col.name:
                return edge.chain
            if edge.row == col.name and edge.col == row.name:
                return edge.turned().chain
        ends = {row.name, col.name}
        middle = [e for e in self.edges if {e.row, e.col} == ends]
        left, right = self._vector_at(row), self._vector_at(col)
        if len(middle) > 1:
            raise NoMatrixFormError
        if not middle:
            return left or ones(row.dim, ONE), flip(right or ones(col.dim, ONE))
        core = (middle[0] if middle[0].row == row.name else middle[0].turned()).chain
        if left is not None and right is not None and core[0].kind == "constant" and core[0].name == "eye":
            return (diagonal(had(left, right)),)
        before = () if left is None else (diagonal(left),)
        after = () if right is None else (diagonal(right),)
        return *before, *core, *after

    def _vector_at(self, letter: Letter) -> Node | None:
        name = letter.name
        here: list[Node] = []
        for edge in self.edges:
            row, col = edge.row, edge.col
            if (row == name and col is None) or (col == name and row is None):
                here.append(edge.column(name))
        return had(*here) if here else None


def _opened(node: Node) -> tuple[Node, ...]:
    """The factors of a product of matrices; one with a number or scalars in it stays as it is."""
    whole = parts(node)
    if whole.coef is not UNIT or whole.scalars:
        return (node,)
    if any(map(may_vanish, whole.chain)):
        return (times(*whole.chain),)
    return whole.chain


def _straight(scalar: Node) -> Node:
    """A 1 × 1 chain, read in the direction that shows fewer transposes."""
    if scalar.kind != "product":
        return scalar
    other = flip_chain(scalar)
    return other if _transposes(other) < _transposes(scalar) else scalar


def _transposes(node: Node) -> int:
    if node.kind == "transpose":
        return 1
    if node.kind == "product":
        return sum(_transposes(a) for a in node.args)
    return 0


def lower_part(node: Node) -> Node:
    """tril in normal form."""
    return node if is_zero(node) else call("tril", node.rows, node.cols, node)


def _summed(node: Node) -> Node:
    """The row sums of a matrix, or the sum of a row vector."""
    if node.rows.is_one:
        return total(node)
    return times(node, ones(node.cols, ONE))
