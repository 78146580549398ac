"""From index form to matrix form, one general mechanism.

A term is a graph: indices are its nodes, factors its edges; a vector is an edge
with one loose end, a delta an identity matrix. Dummy indices are eliminated one by
one; each elimination is a matrix product, an elementwise product, a diagonal, a
trace or a row sum. What is left between the free indices is the matrix form.
"""

from __future__ import annotations

from gen.derivation.graph import Edge, Graph, NoMatrixFormError, lower_part
from gen.derivation.halves import without_pairs
from gen.derivation.linear_map import kron, stacked
from gen.derivation.unfold import entry as entry_of
from gen.language.dimension import ONE
from gen.language.filled import ones
from gen.language.index import UNIT, Delta, Entry, Factor, Letter, Order, Pair, Term, Terms, letters
from gen.language.node import Node, number
from gen.language.product_form import times
from gen.language.product_parts import compose, parts
from gen.language.sum_form import plus
from gen.language.token_count import tokens
from gen.language.transposition import flip


def raise_terms(terms: Terms, row: Letter | None, col: Letter | None) -> Node | None:
    """The matrix whose entry (row, col) the terms are, in normal form; None where there is none."""
    rows, cols = (ONE if row is None else row.dim), (ONE if col is None else col.dim)
    if not terms:
        return times(number(0), ones(rows, cols))
    try:
        raised = [raise_term(t, row, col) for t in terms]
        # One term is in normal form already, but numbers above and below its fraction bar may cancel.
        return raised[0] if len(raised) == 1 and raised[0].kind != "quotient" else plus(*raised)
    except NoMatrixFormError:
        return None


def entries_of(terms: Terms, free: tuple[Letter, ...]) -> Terms:
    """Dummy indices eliminated where several free ones stay: entries of products, traces as factors.

    A term that cannot be shortened so is given back as it is.
    """
    return tuple(_entries_of(t, free) for t in terms)


def _entries_of(term: Term, free: tuple[Letter, ...]) -> Term:
    if not term.bound and not _has_number(term):
        return term
    try:
        graph = Graph(term, free)
        graph.eliminate(merge=False)
    except NoMatrixFormError:
        return term
    scalar = times(number(term.coef), *graph.scalars)
    whole = parts(scalar)
    plain = not whole.scalars and not whole.chain
    front: list[Factor] = [] if plain else [Entry(compose(UNIT, whole.scalars, whole.chain))]
    inner = [_read(e, graph.letters) for e in graph.edges]
    return Term(whole.coef, tuple(front + inner))


def _has_number(term: Term) -> bool:
    """Is one of the factors a scalar with a number of its own, which belongs to that of the term?"""
    for f in term.factors:
        if type(f) is Entry and f.row is None and f.col is None and parts(f.node).coef is not UNIT:
            return True
    return False


def _read(edge: Edge, letters: dict[str, Letter]) -> Factor:
    """An edge as a factor, read in the direction that shows fewer transposes; free letters come in order."""
    node, row, col = edge.node, edge.row, edge.col
    if node.kind == "constant" and node.name == "eye" and row is not None and col is not None:
        first, second = sorted((row, col), key=list(letters).index)
        return Delta(letters[first], letters[second])
    turned = flip(node)
    if tokens(turned) < tokens(node):
        node, row, col = turned, col, row
    return entry_of(node, None if row is None else letters[row], None if col is None else letters[col])


def raise_term(term: Term, row: Letter | None, col: Letter | None) -> Node:
    """One term as a matrix."""
    compound = halved = False
    for f in term.factors:
        if type(f) is Entry:
            halved = halved or type(f.row) is Pair or type(f.col) is Pair
        elif type(f) is Delta:
            compound = compound or type(f.first) is Pair or type(f.second) is Pair
        elif type(f) is Order:
            if (f.first, f.second) != (row, col):
                raise NoMatrixFormError
            rest = Term(term.coef, tuple([x for x in term.factors if x is not f]), term.bound)
            return lower_part(raise_term(rest, row, col))
    if compound:
        return _raise_compound(term, row, col)
    free = letters(row) + letters(col)
    graph = Graph(without_pairs(term, free) if halved else term, free)
    graph.eliminate()
    scale = () if term.coef is UNIT else (number(term.coef),)
    return times(*scale, *graph.scalars, *graph.assemble(row, col))


def _raise_compound(term: Term, row: Letter | None, col: Letter | None) -> Node:
    """A free index that is a compound: the factors fall into two parts, and their ⊗ is the matrix.

    One matrix between the two halves of a row index is stacked: vec.
    """
    halves: dict[Letter, tuple[Letter, Letter]] = {}
    factors: list[Factor] = []
    used: set[Letter] = set()
    for f in term.factors:
        if isinstance(f, Delta) and isinstance(f.first, Pair):
            raise NoMatrixFormError
        if not (isinstance(f, Delta) and isinstance(f.second, Pair)):
            factors.append(f)
            continue
        if f.first not in (row, col) or f.first in halves or not isinstance(f.first, Letter):
            raise NoMatrixFormError
        pair: list[Letter] = []
        for k, half in enumerate((f.second.first, f.second.second)):
            if not isinstance(half, Letter):
                raise NoMatrixFormError
            if half in (row, col) or half in used:
                copy = Letter(f"{half.name}#{f.first.name}{k}", half.dim)
                factors.append(Delta(copy, half))
                half = copy
            used.add(half)
            pair.append(half)
        halves[f.first] = (pair[0], pair[1])
    free = [x for axis in (row, col) if axis is not None for x in halves.get(axis, (axis,))]
    bound = tuple(x for x in term.bound if x not in free)
    graph = Graph(Term(term.coef, tuple(factors), bound), tuple(free))
    graph.eliminate()
    row_halves = halves.get(row) if row is not None else None
    col_halves = halves.get(col) if col is not None else None
    scale = (number(term.coef), *graph.scalars)
    if row_halves is not None and col is None and graph.joined(*row_halves):
        return times(*scale, stacked(times(*graph.assemble(*row_halves))))
    inner: list[Node] = []
    for k in (1, 0):
        one_row = row_halves[k] if row_halves is not None else None
        one_col = col_halves[k] if col_halves is not None else None
        if row_halves is None and row is not None and graph.joined(row, one_col):
            one_row = row
        if col_halves is None and col is not None and graph.joined(one_row, col):
            one_col = col
        inner.append(graph.part(one_row, one_col))
    seen = {x for axis in (row, col) if axis is not None and axis not in halves for x in (axis,)}
    if any(sum(graph.joined(h[k], x) for h in halves.values() for k in (0, 1)) != 1 for x in seen):
        raise NoMatrixFormError
    return times(*scale, kron(inner[0], inner[1]))
