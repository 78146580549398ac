"""Index form: an entry of a matrix expression as sums of products of entries.

Only what is `live` (contains the variable) is unfolded; the rest keeps the author's
form, so that norms, inverses and products of constants reappear in the answer by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from gen.language.catalogue import function_named
from gen.language.dimension import ONE
from gen.language.function import Fresh
from gen.language.index import UNIT, Entry, Factor, Index, Letter, Partial, Term, Terms
from gen.language.node import Node, call, constant, multiply, number, power

Live: TypeAlias = Callable[[Node], bool]


def entry(node: Node, row: Index | None, col: Index | None) -> Entry:
    """An entry; of a transpose it is the entry of what is transposed."""
    while node.kind == "transpose":
        node, row, col = node.args[0], col, row
    return Entry(node, row, col)


def unfold(node: Node, row: Index | None, col: Index | None, fresh: Fresh, live: Live) -> Term:
    """Entry (row, col) of a node, taken apart as far as products, transposes, ∘, traces … reach.

    Sums, powers, inverses and elementwise functions stay whole: they have laws of their own.
    """
    whole = entry(node, row, col)
    node, row, col = whole.node, whole.row, whole.col
    if not live(node):
        return Term(UNIT, (whole,))
    if node.kind == "product":
        return _product(node, row, col, fresh, live)
    if node.kind == "hadamard":
        return multiplied([unfold(a, row, col, fresh, live) for a in node.args])
    if node.kind == "quotient":
        return _quotient(node, row, col, fresh, live)
    if node.kind == "power" and not node.elementwise:
        return _power(node, row, col, fresh, live)
    if node.kind == "call":
        definition = function_named(node.name).entry
        if definition is not None:
            (term,) = definition(node.args, row, col, fresh)
            return _deepen(term, fresh, live)
    return Term(UNIT, (whole,))


def _deepen(term: Term, fresh: Fresh, live: Live) -> Term:
    pieces = [
        unfold(f.node, f.row, f.col, fresh, live) if isinstance(f, Entry) else Term(UNIT, (f,))
        for f in term.factors
    ]
    inner = multiplied(pieces)
    return Term(
        term.coef if inner.coef is UNIT else term.coef * inner.coef, inner.factors, term.bound + inner.bound
    )


def multiplied(pieces: list[Term]) -> Term:
    """The product of terms whose dummy indices are all different."""
    coef, factors, bound = UNIT, list[Factor](), list[Letter]()
    for term in pieces:
        coef = coef if term.coef is UNIT else coef * term.coef
        factors += term.factors
        bound += term.bound
    return Term(coef, tuple(factors), tuple(bound))


def _product(node: Node, row: Index | None, col: Index | None, fresh: Fresh, live: Live) -> Term:
    """Σ over the inner indices; neighbouring constants stay one composite factor."""
    chain = runs(tuple(a for a in node.args if not a.is_scalar), live)
    pieces: list[Term] = []
    coef = UNIT
    for scalar in (a for a in node.args if a.is_scalar):
        if scalar.kind == "number":
            coef *= scalar.number
        else:
            pieces.append(unfold(scalar, None, None, fresh, live))
    inner: list[Letter] = []
    left = row
    for place, factor in enumerate(chain):
        right = col
        if place < len(chain) - 1:
            right = None
            if factor.cols != ONE:
                letter = fresh(factor.cols)
                inner.append(letter)
                right = letter
        pieces.append(unfold(factor, left, right, fresh, live))
        left = right
    term = multiplied(pieces)
    return Term(coef if term.coef is UNIT else coef * term.coef, term.factors, (*inner, *term.bound))


def runs(chain: tuple[Node, ...], live: Live) -> list[Node]:
    """The chain with runs of constant factors joined: A*B*X has the factors A*B and X."""
    out: list[Node] = []
    for factor in chain:
        if out and not live(out[-1]) and not live(factor) and factor.rows != ONE:
            out[-1] = multiply(out[-1], factor)
        else:
            out.append(factor)
    return out


def _quotient(node: Node, row: Index | None, col: Index | None, fresh: Fresh, live: Live) -> Term:
    left, right = node.args
    top = unfold(left, None, None, fresh, live) if left.is_scalar else unfold(left, row, col, fresh, live)
    if right.kind == "number" and right.number != 0:
        return Term(top.coef / right.number, top.factors, top.bound)
    if right.is_scalar:
        below = Entry(power(right, number(-1)))
    else:
        below = Entry(power(right, number(-1), elementwise=True), row, col)
    return multiplied([top, Term(UNIT, (below,))])


def _power(node: Node, row: Index | None, col: Index | None, fresh: Fresh, live: Live) -> Term:
    base, exponent = node.args
    whole = Term(UNIT, (Entry(node, row, col),))
    if exponent.kind != "number" or exponent.number.denominator != 1:
        return whole
    k = exponent.number.numerator
    if node.is_scalar:
        if k == 2 and base.kind == "call" and base.name in ("norm2", "normF"):
            return _squared_norm(base.args[0], fresh)
        return whole
    if k == 0:
        return Term(UNIT, (Entry(constant("eye", base.rows), row, col),))
    factor = base if k > 0 else call("inv", base.rows, base.cols, base)
    if abs(k) == 1:
        return unfold(factor, row, col, fresh, live)
    return _product(multiply(*([factor] * abs(k))), row, col, fresh, live)


def _squared_norm(u: Node, fresh: Fresh) -> Term:
    s = None if u.rows == ONE else fresh(u.rows)
    t = None if u.cols == ONE else fresh(u.cols)
    inside = entry(u, s, t)
    square = Entry(power(inside.node, number(2), elementwise=True), inside.row, inside.col)
    return Term(UNIT, (square,), tuple(x for x in (s, t) if x is not None))


def has_differential(node: Node) -> bool:
    """Does it contain D(U) for some U?"""
    return node.kind == "differential" or any(has_differential(a) for a in node.args)


def lower_law(node: Node, row: Index | None, col: Index | None, fresh: Fresh, by: Entry) -> Terms:
    """A differential law at one entry: D(U) becomes the partial derivative of an entry of U."""
    while node.kind == "transpose":
        node, row, col = node.args[0], col, row
    if node.kind == "sum":
        return tuple(t for a in node.args for t in lower_law(a, row, col, fresh, by))
    term = unfold(node, row, col, fresh, has_differential)
    factors: list[Factor] = []
    for f in term.factors:
        if isinstance(f, Entry) and f.node.kind == "differential":
            inner = entry(f.node.args[0], f.row, f.col)
            f = Partial((Term(UNIT, (inner,)),), by)
        factors.append(f)
    return (Term(term.coef, tuple(factors), term.bound),)
