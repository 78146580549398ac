"""A term as a graph: indices are its nodes, factors its edges; dummy indices are eliminated one by one."""

from __future__ import annotations

from dataclasses import dataclass

from gen.language.dimension import ONE
from gen.language.index import Delta, Entry, Letter, Order, Pair, Term
from gen.language.node import Node, call, constant, number, power, size
from gen.language.product_form import is_zero, ones, times
from gen.language.reduction_form import diagonal, had, total, trace
from gen.language.transposition import flip, flip_chain


@dataclass(frozen=True, slots=True)
class Edge:
    """A matrix between two indices; an end that is None belongs to an axis of dimension 1."""

    node: Node
    row: Letter | None
    col: Letter | None

    def turned(self) -> Edge:
        """The same edge read from the other end."""
        return Edge(flip(self.node), self.col, self.row)

    def touches(self, letter: Letter) -> bool:
        """Is the index one of its ends?"""
        return letter in (self.row, self.col)

    @property
    def is_vector(self) -> bool:
        """One end is loose."""
        return (self.row is None) != (self.col is None)


class NoMatrixFormError(Exception):
    """The term needs a tensor; the index form is the answer."""


class Graph:
    """The edges of one term while its dummy indices are eliminated."""

    def __init__(self, term: Term, free: tuple[Letter, ...]) -> None:
        self.free = free
        self.bound = list(term.bound)
        self.scalars: list[Node] = []
        self.edges: list[Edge] = []
        for factor in term.factors:
            if isinstance(factor, Entry):
                self._add_entry(factor)
            elif isinstance(factor, Delta):
                a, b = factor.first, factor.second
                if isinstance(a, Pair) or isinstance(b, Pair):
                    raise NoMatrixFormError
                self.edges.append(Edge(constant("eye", a.dim), a, b))
            elif isinstance(factor, Order):
                raise NoMatrixFormError
            else:
                raise NoMatrixFormError
        for edge in self.edges:
            for end in (edge.row, edge.col):
                if end is not None and end not in self.free and end not in self.bound:
                    raise NoMatrixFormError

    def _add_entry(self, e: Entry) -> None:
        if isinstance(e.row, Pair) or isinstance(e.col, Pair):
            raise NoMatrixFormError
        if e.row is None and e.col is None:
            self.scalars.append(e.node)
            return
        node = e.node
        if node.kind == "power" and node.elementwise and node.args[1].kind == "number":
            # Elementwise powers are kept as factors so that like ones can meet.
            node = power(node.args[0], node.args[1], elementwise=True)
        self.edges.append(Edge(node, e.row, e.col))

    # --- elimination ---

    def eliminate(self, *, merge: bool = True) -> None:
        """Use up every dummy index; with `merge` also join what stands at free indices."""
        free, self.free = self.free, self.free if merge else ()
        for letter in list(self.bound):
            if not any(e.touches(letter) for e in self.edges):
                self.scalars.append(size(letter.dim))
                self.bound.remove(letter)
        while self._loops() or self._vectors() or self._parallel() or self._pass() or self._ends():
            pass
        self.free = free
        if self.bound:
            raise NoMatrixFormError

    def _at(self, letter: Letter) -> list[Edge]:
        return [e for e in self.edges if e.touches(letter)]

    def _replace(self, old: list[Edge], new: list[Edge]) -> bool:
        place = min(self.edges.index(o) for o in old)
        for o in old:
            self.edges.remove(o)
        self.edges[place:place] = new
        return True

    def _loops(self) -> bool:
        """An edge from an index to itself: a trace if nothing else is there, else a diagonal."""
        for e in self.edges:
            if e.row is None or e.row != e.col:
                continue
            if e.row not in self.bound and e.row not in self.free:
                continue
            if e.row in self.bound and len(self._at(e.row)) == 1:
                self.bound.remove(e.row)
                self.scalars.append(trace(e.node))
                return self._replace([e], [])
            return self._replace([e], [Edge(diagonal(e.node), e.row, None)])
        return False

    def _vectors(self) -> bool:
        """Two vectors at one index that is free or busy: their elementwise product."""
        for letter in (*self.bound, *self.free):
            here = [e for e in self._at(letter) if e.is_vector]
            busy = letter in self.free or len(self._at(letter)) > 2
            if len(here) >= 2 and busy:
                columns = [e.node if e.row == letter else flip(e.node) for e in here]
                return self._replace(here, [Edge(had(*columns), letter, None)])
        return False

    def _parallel(self) -> bool:
        """Two edges between the same indices: elementwise, unless they close a cycle of two."""
        for k, e in enumerate(self.edges):
            if e.row is None or e.col is None or e.row == e.col:
                continue
            twins = [f for f in self.edges[k + 1 :] if {f.row, f.col} == {e.row, e.col}]
            if not twins or not ({e.row, e.col} & {*self.bound, *self.free}):
                continue
            closed = (
                len(twins) == 1
                and e.row in self.bound
                and e.col in self.bound
                and len(self._at(e.row)) == 2
                and len(self._at(e.col)) == 2
            )
            if closed:
                continue
            same = [t if t.row == e.row else t.turned() for t in twins]
            return self._replace([e, *twins], [Edge(had(e.node, *(t.node for t in same)), e.row, e.col)])
        return False

    def _pass(self) -> bool:
        """A dummy index between two edges: their product, with a diagonal if a vector sits there."""
        for letter in self.bound:
            here = self._at(letter)
            vectors = [e for e in here if e.is_vector]
            if len(here) == 2:
                return self._multiply(letter, here[0], here[1], None)
            if len(here) == 3 and len(vectors) == 1:
                first, second = (e for e in here if not e.is_vector)
                return self._multiply(letter, first, second, vectors[0])
        return False

    def _multiply(self, letter: Letter, first: Edge, second: Edge, middle: Edge | None) -> bool:
        left = first if first.col == letter else first.turned()
        right = second if second.row == letter else second.turned()
        between: list[Node] = []
        if middle is not None:
            column = middle.node if middle.row == letter else flip(middle.node)
            between = [diagonal(column)]
        product = times(left.node, *between, right.node)
        self.bound.remove(letter)
        old = [first, second, *([middle] if middle is not None else [])]
        if left.row is None and right.col is None:
            self.scalars.append(_straight(product))
            return self._replace(old, [])
        return self._replace(old, [Edge(product, left.row, right.col)])

    def _ends(self) -> bool:
        """A dummy index at the end of one edge: a row sum."""
        for letter in self.bound:
            here = self._at(letter)
            if len(here) == 1:
                e = here[0] if here[0].col == letter else here[0].turned()
                self.bound.remove(letter)
                if e.row is not None and e.row in self.bound and len(self._at(e.row)) == 1:
                    self.bound.remove(e.row)
                    self.scalars.append(total(e.node))
                    return self._replace(here, [])
                product = _summed(e.node)
                if e.row is None:
                    self.scalars.append(product)
                    return self._replace(here, [])
                return self._replace(here, [Edge(product, e.row, None)])
        return False

    # --- assembly ---

    def joined(self, first: Letter | None, second: Letter | None) -> bool:
        """Is there an edge between the two indices?"""
        return (
            first is not None
            and second is not None
            and any({e.row, e.col} == {first, second} for e in self.edges)
        )

    def part(self, row: Letter | None, col: Letter | None) -> Node:
        """One side of a ⊗: nothing may join it to an index of the other side."""
        own = {x for x in (row, col) if x is not None}
        for e in self.edges:
            ends = {x for x in (e.row, e.col) if x is not None}
            if ends & own and not ends <= own:
                raise NoMatrixFormError
        return self.assemble(row, col)

    def assemble(self, row: Letter | None, col: Letter | None) -> Node:
        """What is left between the free indices, read as a matrix."""
        rows, cols = (ONE if row is None else row.dim), (ONE if col is None else col.dim)
        if row is None and col is None:
            return number(1)
        if row is None or col is None:
            letter = row if row is not None else col
            assert letter is not None
            column = self._column(letter)
            return column if row is not None else flip(column)
        middle = [e if e.row == row else e.turned() for e in self.edges if {e.row, e.col} == {row, col}]
        left, right = self._vector_at(row), self._vector_at(col)
        if len(middle) > 1:
            raise NoMatrixFormError
        if middle:
            core = middle[0].node
            before = [] if left is None else [diagonal(left)]
            after = [] if right is None else [diagonal(right)]
            if core.kind == "constant" and core.name == "eye" and left is not None and right is not None:
                return diagonal(had(left, right))
            return times(*before, core, *after)
        first = left if left is not None else ones(rows, ONE)
        second = right if right is not None else ones(cols, ONE)
        return times(first, flip(second))

    def _vector_at(self, letter: Letter) -> Node | None:
        here = [e for e in self.edges if e.is_vector and e.touches(letter)]
        if not here:
            return None
        return had(*(e.node if e.row == letter else flip(e.node) for e in here))

    def _column(self, letter: Letter) -> Node:
        column = self._vector_at(letter)
        return column if column is not None else ones(letter.dim, ONE)


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
    if node.rows == ONE:
        return total(node)
    return times(node, ones(node.cols, ONE))
