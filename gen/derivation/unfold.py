"""Index form: an entry of a matrix expression as sums of products of entries.

Only what is `live` (contains the variable) is unfolded; the rest keeps the author's
form, so that norms, inverses and products of constants reappear in the answer by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from gen.language.catalogue import function_named
from gen.language.function import Fresh
from gen.language.index import UNIT, Entry, Factor, Index, Letter, Partial, Term, Terms
from gen.language.node import Node, call, constant, multiply, number, power
from gen.language.product_parts import SCALED, parts, scale_and_body

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
    out = _Unfolding(fresh, live)
    coef = out.gather(node, row, col)
    return Term(coef, tuple(out.factors), tuple(out.bound))


class _Unfolding:
    """The factors and dummy indices gathered so far; every method gives the number in front."""

    __slots__ = ("bound", "factors", "fresh", "live")

    def __init__(self, fresh: Fresh, live: Live) -> None:
        self.fresh = fresh
        self.live = live
        self.factors: list[Factor] = []
        self.bound: list[Letter] = []

    def gather(self, node: Node, row: Index | None, col: Index | None) -> Fraction:
        """One entry: of a constant as it is, of what is live taken apart."""
        if self.live(node):
            return self._apart(node, row, col)
        return self._constant(node, row, col)

    def _constant(self, node: Node, row: Index | None, col: Index | None) -> Fraction:
        """An entry of a constant; its numbers and scalars stand in front: 3 D_ik, not (3 D)_ik."""
        here = entry(node, row, col)
        coef = UNIT
        if here.node.kind in SCALED:
            scale, body = scale_and_body(here.node)
            if scale:
                here = entry(body, here.row, here.col)
                front = next((k for k, f in enumerate(self.factors) if not _is_bare(f)), len(self.factors))
                for scalar in scale:
                    whole = parts(scalar)
                    coef = _times([coef, whole.coef])
                    bare = [b if e == 1 else power(b, number(e)) for b, e in whole.scalars]
                    bare += [multiply(*whole.chain)] if whole.chain else []
                    self.factors[front:front] = [Entry(b) for b in bare]
                    front += len(bare)
        self.factors.append(here)
        return coef

    def _apart(self, node: Node, row: Index | None, col: Index | None) -> Fraction:
        """An entry of a live node, by its kind."""
        while node.kind == "transpose":
            node, row, col = node.args[0], col, row
        if node.kind == "product":
            return self._product(node, row, col)
        if node.kind == "hadamard":
            return _times([self.gather(a, row, col) for a in node.args])
        if node.kind == "quotient":
            return self._quotient(node, row, col)
        if node.kind == "power" and not node.elementwise:
            return self._power(node, row, col)
        if node.kind == "call":
            definition = function_named(node.name).entry
            if definition is not None:
                (term,) = definition(node.args, row, col, self.fresh)
                return self._deeper(term)
        self.factors.append(Entry(node, row, col))
        return UNIT

    def _deeper(self, term: Term) -> Fraction:
        self.bound += term.bound
        coefs = [term.coef]
        for f in term.factors:
            if isinstance(f, Entry):
                coefs.append(self.gather(f.node, f.row, f.col))
            else:
                self.factors.append(f)
        return _times(coefs)

    def _product(self, node: Node, row: Index | None, col: Index | None) -> Fraction:
        """Σ over the inner indices; neighbouring constants stay one composite factor."""
        outer, self.bound = self.bound, []
        coefs: list[Fraction] = []
        matrices: list[Node] = []
        for a in node.args:
            if not a.is_scalar:
                matrices.append(a)
            elif a.kind == "number":
                coefs.append(a.number)
            else:
                coefs.append(self.gather(a, None, None))
        inner: list[Letter] = []
        chain = self._runs(matrices)
        last = len(chain) - 1
        left = row
        for place, (factor, moves) in enumerate(chain):
            right = col
            if place < last:
                right = None
                if not factor.cols.is_one:
                    right = self.fresh(factor.cols)
                    inner.append(right)
            if moves:
                coefs.append(self._apart(factor, left, right))
            else:
                coefs.append(self._constant(factor, left, right))
            left = right
        self.bound = [*outer, *inner, *self.bound]
        return _times(coefs)

    def _runs(self, chain: list[Node]) -> list[tuple[Node, bool]]:
        """The chain with runs of constant factors joined: A*B*X has the factors A*B and X; which are live."""
        out: list[tuple[Node, bool]] = []
        for factor in chain:
            moves = self.live(factor)
            if out and not moves and not out[-1][1] and not factor.rows.is_one:
                out[-1] = (multiply(out[-1][0], factor), False)
            else:
                out.append((factor, moves))
        return out

    def _quotient(self, node: Node, row: Index | None, col: Index | None) -> Fraction:
        left, right = node.args
        coef = self.gather(left, None, None) if left.is_scalar else self.gather(left, row, col)
        if right.kind == "number" and right.number != 0:
            return coef / right.number
        if right.is_scalar:
            self.factors.append(Entry(power(right, number(-1))))
        else:
            self.factors.append(Entry(power(right, number(-1), elementwise=True), row, col))
        return coef

    def _power(self, node: Node, row: Index | None, col: Index | None) -> Fraction:
        base, exponent = node.args
        k = exponent.number.numerator
        if exponent.kind == "number" and exponent.number.denominator == 1:
            if not node.is_scalar:
                return self._matrix_power(base, k, row, col)
            if k == 2 and base.kind == "call" and base.name in ("norm2", "normF"):
                return self._squared_norm(base.args[0])
        self.factors.append(Entry(node, row, col))
        return UNIT

    def _matrix_power(self, base: Node, k: int, row: Index | None, col: Index | None) -> Fraction:
        if k == 0:
            self.factors.append(Entry(constant("eye", base.rows), row, col))
            return UNIT
        factor = base if k > 0 else call("inv", base.rows, base.cols, base)
        if abs(k) == 1:
            return self.gather(factor, row, col)
        return self._product(multiply(*([factor] * abs(k))), row, col)

    def _squared_norm(self, u: Node) -> Fraction:
        s = None if u.rows.is_one else self.fresh(u.rows)
        t = None if u.cols.is_one else self.fresh(u.cols)
        inside = entry(u, s, t)
        square = power(inside.node, number(2), elementwise=True)
        self.factors.append(Entry(square, inside.row, inside.col))
        self.bound += [x for x in (s, t) if x is not None]
        return UNIT


def _is_bare(factor: Factor) -> bool:
    """Is it a scalar, without indices?"""
    return isinstance(factor, Entry) and factor.row is None and factor.col is None


def _times(coefs: list[Fraction]) -> Fraction:
    out = UNIT
    for coef in coefs:
        if coef is not UNIT:
            out = coef if out is UNIT else out * coef
    return out


def has_differential(node: Node) -> bool:
    """Does it contain D(U) for some U?"""
    if node.kind == "differential":
        return True
    for a in node.args:
        # Most operands are symbols or D(U) itself.
        if a.kind == "differential":
            return True
        if a.args and has_differential(a):
            return True
    return False


def lower_law(node: Node, row: Index | None, col: Index | None, fresh: Fresh, by: Entry) -> Terms:
    """A differential law at one entry: D(U) becomes the partial derivative of an entry of U."""
    while node.kind == "transpose":
        node, row, col = node.args[0], col, row
    if node.kind == "sum":
        return tuple([t for a in node.args for t in lower_law(a, row, col, fresh, by)])
    term = unfold(node, row, col, fresh, has_differential)
    factors: list[Factor] = []
    for f in term.factors:
        if isinstance(f, Entry) and f.node.kind == "differential":
            inner = entry(f.node.args[0], f.row, f.col)
            f = Partial((Term(UNIT, (inner,)),), by)
        factors.append(f)
    return (Term(term.coef, tuple(factors), term.bound),)
