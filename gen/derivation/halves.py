"""Sums over one half of a compound index: a vector on one half of c is (I ⊗ y)ᵀ c.

Where the two halves of the row and the two of the column of M are both summed with a matrix A,
the sum is a block trace: Σ_tv A_tv M_(rv)(qt) is an entry of (vec(I) ⊗ I)ᵀ (I ⊗ M) (vec(A) ⊗ I).
"""

from __future__ import annotations

from gen.derivation.graph import Edge, Graph, NoMatrixFormError
from gen.derivation.linear_map import kron, stacked
from gen.derivation.unfold import entry
from gen.language.dimension import ONE
from gen.language.filled import ones
from gen.language.index import Entry, Factor, Letter, Pair, Term
from gen.language.node import Node, constant
from gen.language.product_form import times
from gen.language.transposition import flip


def without_pairs(term: Term, free: tuple[Letter, ...]) -> Term:
    """The term with every half of a compound index that is summed over used up, one entry at a time."""
    while True:
        place = next((k for k, f in enumerate(term.factors) if _is_compound(f)), None)
        if place is None:
            return term
        term = _used_up(term, place, free)


def _is_compound(factor: Factor) -> bool:
    return isinstance(factor, Entry) and (isinstance(factor.row, Pair) or isinstance(factor.col, Pair))


def _used_up(term: Term, place: int, free: tuple[Letter, ...]) -> Term:
    subject = term.factors[place]
    assert isinstance(subject, Entry)
    others = tuple([f for k, f in enumerate(term.factors) if k != place])
    if any(_is_compound(f) for f in others):
        raise NoMatrixFormError
    halves = [*_halves(subject.row), *_halves(subject.col)]
    if len(set(halves)) < len(halves):
        raise NoMatrixFormError
    bound = tuple([x for x in term.bound if x not in halves])
    graph = Graph(Term(term.coef, others, bound), (*free, *[x for x in halves if x not in free]))
    graph.eliminate()
    used = _Halves(graph, [x for x in term.bound if x in halves])
    node, row, col = used.across(subject)
    front, row = used.map_of(row)
    back, col = used.map_of(col)
    new = entry(times(*front, node, *[flip(b) for b in back]), row, col)
    left: list[Factor] = [_read(e, graph) for e in graph.edges]
    return Term(term.coef, (*[Entry(s) for s in graph.scalars], new, *left), tuple(used.bound))


def _read(edge: Edge, graph: Graph) -> Entry:
    row, col = (None if x is None else graph.letters[x] for x in (edge.row, edge.col))
    return entry(edge.node, row, col)


def _halves(index: Letter | Pair | None) -> list[Letter]:
    if not isinstance(index, Pair):
        return []
    out = [x for x in (index.first, index.second) if isinstance(x, Letter)]
    if len(out) < 2:
        raise NoMatrixFormError
    return out


class _Halves:
    """The factors around one compound entry, while its halves are used up; `bound` are those still summed."""

    def __init__(self, graph: Graph, bound: list[Letter]) -> None:
        self.graph = graph
        self.bound = bound

    def map_of(self, index: Letter | Pair | None) -> tuple[list[Node], Letter | None]:
        """The matrix B ⊗ A that uses up both halves of an index, and the index that is left."""
        if not isinstance(index, Pair):
            return [], index
        fast, fast_left = self._half(index.first)
        slow, slow_left = self._half(index.second)
        if fast_left is not None and slow_left is not None:
            raise NoMatrixFormError
        return [kron(slow, fast)], fast_left if slow_left is None else slow_left

    def _half(self, half: Letter | Pair) -> tuple[Node, Letter | None]:
        """What stands on one half: a row vector, a matrix to another index, or nothing."""
        assert isinstance(half, Letter)
        if half not in self.bound:
            return constant("eye", half.dim), half
        here = [e for e in self.graph.edges if e.touches(half.name)]
        if len(here) > 1:
            raise NoMatrixFormError
        self.bound.remove(half)
        if not here:
            return flip(ones(half.dim, ONE)), None
        edge = here[0] if here[0].col == half.name else here[0].turned()
        self.graph.edges.remove(here[0])
        if edge.row is None:
            return edge.node, None
        other = self.graph.letters[edge.row]
        if other in self.bound:
            raise NoMatrixFormError
        return edge.node, other

    def across(self, subject: Entry) -> tuple[Node, Letter | Pair | None, Letter | Pair | None]:
        """The entry with a half of its row and the same half of its column summed: a block trace."""
        node, row, col = subject.node, subject.row, subject.col
        if not isinstance(row, Pair) or not isinstance(col, Pair):
            return node, row, col
        for of_row, of_col, slow in ((row.second, col.second, True), (row.first, col.first, False)):
            edge = self._between(of_row, of_col)
            if edge is None:
                continue
            assert isinstance(of_row, Letter) and isinstance(of_col, Letter)
            rest_row, rest_col = (row.first, col.first) if slow else (row.second, col.second)
            self.graph.edges.remove(edge)
            self.bound = [x for x in self.bound if x not in (of_row, of_col)]
            # Read from the column's half to the row's.
            weights = edge.node if edge.row == of_col.name else flip(edge.node)
            same = constant("eye", of_row.dim)
            rows, cols = constant("eye", rest_row.dim), constant("eye", rest_col.dim)
            if slow:
                front, back = kron(stacked(same), rows), kron(stacked(weights), cols)
                return times(flip(front), kron(same, node), back), rest_row, rest_col
            front, back = kron(rows, stacked(same)), kron(cols, stacked(flip(weights)))
            return times(flip(front), kron(node, same), back), rest_row, rest_col
        return node, row, col

    def _between(self, first: Letter | Pair, second: Letter | Pair) -> Edge | None:
        """The one factor that joins two halves that are summed over."""
        if first not in self.bound or second not in self.bound:
            return None
        assert isinstance(first, Letter) and isinstance(second, Letter)
        here = [e for e in self.graph.edges if e.touches(first.name) or e.touches(second.name)]
        return here[0] if len(here) == 1 and self.graph.joined(first, second) else None
