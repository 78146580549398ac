"""The index method and backpropagation: unfold, differentiate, substitute deltas, contract, raise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gen.derivation.calculus_rules import CALCULUS
from gen.derivation.compound import COMPOUND
from gen.derivation.contraction import CONTRACTION, collect
from gen.derivation.delta_rules import DELTA, PROJECTED
from gen.derivation.engine import run
from gen.derivation.finished import contracted, no_partial
from gen.derivation.frame import Frame
from gen.derivation.index_form_rules import INDEX_FORM
from gen.derivation.partials import partial_of
from gen.derivation.raising import entries_of, raise_terms
from gen.derivation.record import Phase, Reason, Rewritten, Rule, Step
from gen.derivation.sums_to_one import said_to_sum_to_one, summed_to_one
from gen.language.brevity import brief
from gen.language.function import Fresh
from gen.language.index import (
    NAME,
    UNIT,
    Delta,
    Entry,
    Letter,
    Pair,
    Partial,
    Term,
    Terms,
    factor_letters,
    one,
)
from gen.language.node import Node, transposed
from gen.language.squares import with_authors_squares

PHASES: tuple[Phase, ...] = (
    # The deltas come last: they are substituted where nothing is left to differentiate.
    Phase("differentiate", (*CALCULUS[:3], *INDEX_FORM, *CALCULUS[3:], *DELTA), no_partial),
    Phase("contract", (CONTRACTION, *COMPOUND), contracted),
)


def phases(symmetric: str) -> tuple[Phase, ...]:
    """The phases under a convention for symmetric variables."""
    if symmetric == "free":
        return PHASES
    differentiate, contract = PHASES
    rules = tuple([r for r in differentiate.rules if r not in DELTA])
    return replace(differentiate, rules=(*rules, *PROJECTED)), contract


def _read_as_matrix(terms: Terms, fresh: Fresh) -> Rewritten | None:
    """Applied by `with_matrix_form`, which knows the free indices."""
    return None


MATRIX_FORM = Rule(
    "matrix_form",
    "matrix_form",
    "Σ_j A_ij B_jk = (AB)_ik",
    "sums over neighbouring indices are matrix products",
    "definition",
    "sum[j](A[i,j]*B[j,k]) => (A*B)[i,k]",
    "key",
    "line",
    _read_as_matrix,
)


def index_start(expr: Node, frame: Frame) -> Terms:
    """∂F_ik/∂X_qr, untouched."""
    return (Term(UNIT, (partial_of(Entry(expr, frame.f_row, frame.f_col), frame.by),)),)


def backprop_start(expr: Node, frame: Frame) -> Terms:
    """Σ_ik G_ik ∂F_ik/∂X_qr; for a scalar f the upstream gradient is 1 and left out."""
    if expr.is_scalar:
        return index_start(expr, frame)
    partial = Partial(one(Entry(expr, frame.f_row, frame.f_col)), frame.by)
    return one(Entry(frame.upstream, frame.f_row, frame.f_col), partial, bound=frame.of_function)


def index_steps(start: Terms, frame: Frame, symmetric: str = "free") -> tuple[Step, ...]:
    """All steps down to the contracted index form."""
    return run(start, phases(symmetric), frame.alphabet)


def with_matrix_form(
    steps: tuple[Step, ...], start: Terms, row: Letter | None, col: Letter | None
) -> tuple[tuple[Step, ...], Terms, Node | None]:
    """The steps with the last one, index form to matrix form, where there is a matrix form."""
    last = steps[-1].after if steps else start
    assert isinstance(last, tuple)
    raised = raise_terms(last, row, col)
    if raised is None:
        return steps, last, None
    nodes = _nodes(last)
    matrix = with_authors_squares(brief(raised), [*_typed(start), *nodes])
    after = (Term(UNIT, (Entry(matrix, row, col),)),)
    if len(last) == 1 and after == last:
        return steps, last, matrix
    if not last or (row is None and col is None and not any(t.bound for t in last)):
        # A scalar without sums is written already.
        return steps, last, matrix
    step = Step(MATRIX_FORM, (), last, after, _reason(last, nodes, matrix), ((0, 0),))
    return (*steps, step), last, matrix


IDENTIFY = Rule(
    "product_entries",
    "identify",
    "Σ_j A_ij B_jk = (AB)_ik",
    "sums over dummy indices are entries of products",
    "definition",
    "sum[l](delta[i,r]*B[q,l]*X[l,k]) => delta[i,r]*(B*X)[q,k]",
    "routine",
    "line",
    _read_as_matrix,
)


def with_entries(
    steps: tuple[Step, ...], start: Terms, free: tuple[Letter, ...]
) -> tuple[tuple[Step, ...], Terms]:
    """For a tensor: the dummy indices that are left are read as entries of products and traces."""
    last = steps[-1].after if steps else start
    assert isinstance(last, tuple)
    after = collect(entries_of(last, free))
    if after == last:
        return steps, last
    words: Reason = ("a sum over neighbouring indices is an entry of a matrix product",)
    return (*steps, Step(IDENTIFY, (), last, after, words)), after


def _reason(last: Terms, nodes: list[Node], matrix: Node) -> Reason:
    """Which factors are read backwards, and what each sum is; `nodes` are the matrices of `last`."""
    words: list[str | Node | Terms] = []
    turned = _turned(matrix)
    if turned:
        for term in last:
            for f in term.factors:
                if type(f) is Entry and f.row is not None and f.col is not None and f.node in turned:
                    turned = [t for t in turned if t != f.node]
                    flipped = Term(UNIT, (Entry(transposed(f.node), f.col, f.row),))
                    words += ["; " if words else "", (Term(UNIT, (f,)),), " = ", (flipped,)]
    ones = summed_to_one(last)
    said: dict[str, None] = {}
    for term in last:
        for word in _term_words(term, summed_to_one((term,)) if ones else ()):
            said[word] = None
    if _have_sigmoid([matrix]) and not _have_sigmoid(nodes):
        said["exp(u)/(1 + exp(u)) is the sigmoid of u"] = None
    if ones:
        words += ["; " if words else "", *said_to_sum_to_one(ones)]
    if not said and not words:
        what = "vector" if matrix.rows.is_one or matrix.cols.is_one else "matrix"
        return (f"read as an entry of a {what}",)
    for word in said:
        words += ["; ", word] if words else [word]
    return tuple(words)


def _nodes(terms: Terms) -> list[Node]:
    """The matrices and scalars whose entries stand in the terms."""
    return [f.node for t in terms for f in t.factors if type(f) is Entry]


def _typed(terms: Terms) -> list[Node]:
    """The expressions that the partial derivatives are of."""
    found: list[Node] = []
    for term in terms:
        for f in term.factors:
            if type(f) is Partial:
                found += [f.inner.node] if f.inner is not None else _typed(f.body)
    return found


def _have_sigmoid(nodes: list[Node]) -> bool:
    """Does the sigmoid stand in one of them?"""
    looked = list(nodes)
    for node in looked:
        if node.args:
            if node.name == "sigmoid":
                return True
            looked += node.args
    return False


BETWEEN = "a sum over one half of the row and one of the column stands between two vec(·) ⊗ I"


def _term_words(term: Term, ones: Sequence[Node]) -> list[str]:
    """What the sums and deltas of one term are in a matrix expression; the entries of `ones` sum to 1."""
    vectors: list[str] = []  # the indices of the factors that have one
    matrices: list[tuple[str, str]] = []  # of those that have two
    deltas = compound = False
    shared: dict[str, int] = {}  # how many of these factors an index stands in
    for f in term.factors:
        if type(f) is Entry:
            row, col = f.row, f.col
            if isinstance(row, Pair) or isinstance(col, Pair):
                if type(row) is type(col):
                    return [BETWEEN]
                return ["a sum over one half of a compound index is a product with a Kronecker product"]
            if row is None or col is None:
                only = row or col
                if only is not None:
                    vectors.append(only.name)
                    shared[only.name] = shared.get(only.name, 0) + 1
                continue
            first, last = row.name, col.name
        elif type(f) is Delta:
            deltas = True
            compound = compound or type(f.second) is Pair
            continue
        else:
            here = factor_letters(f)
            first, last = here[0].name, here[-1].name
        matrices.append((first, last))
        shared[first] = shared.get(first, 0) + 1
        if first != last:
            shared[last] = shared.get(last, 0) + 1
    if compound:
        return ["a compound index is the row or column of a vec or a Kronecker product"]
    out: list[str] = []
    if deltas:
        many = "leaves a diagonal matrix" if shared else "is an entry of the identity matrix"
        out.append(f"δ of the two free indices {many}")
    bound = list(map(NAME, term.bound))
    gone = [x.name for node in ones for x in _indices_of(term, node)] if ones else ()
    alone = neighbours = False
    several: list[str] = []
    for name, uses in shared.items():
        dummy = name in bound
        if dummy and name not in gone:
            alone = alone or uses == 1
            neighbours = neighbours or uses > 1
        if uses > (2 if dummy else 1):
            if name in vectors and any(name in ends for ends in matrices):
                several.append("a vector that shares an index with a matrix scales its rows or columns")
            else:
                several.append("factors with the same indices are multiplied entry by entry")
    if alone:
        out.append("an index that stands in one factor only gives a sum of entries, or a product with ones")
    out += several
    if neighbours:
        out.append("a sum over neighbouring indices is a matrix product")
    if len(vectors) > 1 and len(set(vectors).difference(bound)) > 1:
        out.append("entries of two vectors with different indices are the entries of an outer product")
    return out


def _indices_of(term: Term, node: Node) -> list[Letter]:
    return [x for f in term.factors if type(f) is Entry and f.node == node for x in factor_letters(f)]


def _turned(node: Node) -> list[Node]:
    """What stands below a transpose, outside functions."""
    if node.kind == "transpose":
        inner = node.args[0]
        return [inner.args[0]] if inner.kind == "power" and not inner.elementwise else [inner]
    if node.kind == "call" or not node.args:
        return []
    found: list[Node] = []
    for a in node.args:
        if a.args:
            found += _turned(a)
    return found
