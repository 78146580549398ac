"""How vec of a linear expression comes to (matrix) · vec(dX): one law for each map around dX."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import TypeAlias

from gen.derivation.node_engine import MAX_STEPS, rebuilt
from gen.derivation.record import Rewritten
from gen.language.dimension import ONE, Dim
from gen.language.filled import ones
from gen.language.function import Fresh
from gen.language.node import Node, add, call, constant, multiply, quotient, transposed
from gen.language.product_form import times
from gen.language.product_parts import scale_and_body
from gen.language.transposition import flip


def vec(node: Node) -> Node:
    """vec(node); a column or scalar is its own vec."""
    if node.cols.is_one:
        return node
    return call("vec", node.rows * node.cols, ONE, node)


def _kron(left: Node, right: Node) -> Node:
    (first, left), (second, right) = scale_and_body(left), scale_and_body(right)
    product = call("kron", left.rows * right.rows, left.cols * right.cols, left, right)
    return multiply(*first, *second, product)


def _diag(vector: Node) -> Node:
    return call("diag", vector.rows, vector.rows, vector)


def _led(*factors: Node) -> Node:
    """The product with its numbers in front: -1ᵀ diag(d) dx, not 1ᵀ (-1) diag(d) dx."""
    product = multiply(*factors)
    numbers = [a for a in product.args if a.kind == "number"]
    if product.kind != "product" or not numbers or product.args[0] is numbers[-1]:
        return product
    return multiply(times(*numbers), *[a for a in product.args if a.kind != "number"])


def _eye(n: Dim) -> Node:
    return constant("eye", n)


def _columns_bare(node: Node) -> Node:
    """The expression with u for vec(u) wherever u is a column or a scalar."""
    if not node.args:
        return node
    args = tuple([_columns_bare(a) for a in node.args])
    if node.kind == "call" and node.name == "vec" and args[0].cols.is_one:
        return args[0]
    return node if all(map(is_, args, node.args)) else rebuilt(node, args)


Law: TypeAlias = Callable[[Node, Fresh], Rewritten | None]
SUMS = frozenset(("sum",))
SCALED = frozenset(("product", "quotient"))
TRANSPOSES = frozenset(("transpose",))
ENTRYWISE = frozenset(("hadamard", "quotient"))
CALLS = frozenset(("call",))
PRODUCTS = frozenset(("product",))


class VecLaws:
    """The rules for one increment; each method is the `apply` of one record."""

    def __init__(self, step: Node) -> None:
        self.step = step

    def laws(self) -> tuple[tuple[frozenset[str], Law], ...]:
        """In the order they are tried, each with the kinds of expressions whose vec it knows."""
        return (
            (SUMS, self.sums),
            (SCALED, self.scalars),
            (TRANSPOSES, self.transposes),
            (ENTRYWISE, self.hadamards),
            (CALLS, self.functions),
            (PRODUCTS, self.insert_identity),
            (PRODUCTS, self.vec_identity),
        )

    def brought(self, node: Node, fresh: Fresh) -> Node:
        """The line to which the rules bring vec of an expression linear in dX, without the steps."""
        line, laws = _columns_bare(node), self.laws()
        for _ in range(MAX_STEPS):
            kinds: set[str] = set()
            self._open_kinds(line, kinds)
            before = line
            for on, law in laws:
                if not kinds.isdisjoint(on):
                    line = self._everywhere(line, law, fresh)
                    if line is not before:
                        break
            else:
                return line
        raise OverflowError("a derivation that does not end")

    def _open_kinds(self, node: Node, kinds: set[str]) -> None:
        """The kinds of all expressions whose vec still wants a law."""
        inside = self._inside(node)
        if inside is not None:
            kinds.add(inside.kind)
        for a in node.args:
            if self.step.name in a.names:
                self._open_kinds(a, kinds)

    def _everywhere(self, node: Node, law: Law, fresh: Fresh) -> Node:
        """The line with a law applied at every outermost place where it fits."""
        found = law(node, fresh)
        if found is not None:
            assert isinstance(found.new, Node)
            return found.new
        args = tuple([self._everywhere(a, law, fresh) if self._live(a) else a for a in node.args])
        return node if all(map(is_, args, node.args)) else rebuilt(node, args)

    def _live(self, node: Node) -> bool:
        return self.step.name in node.names

    def _inside(self, node: Node) -> Node | None:
        """The expression in dX whose vec the node is, where a law is still wanted."""
        if not self._live(node):
            return None
        if node.kind == "call" and node.name == "vec":
            return None if node.args[0] == self.step else node.args[0]
        if not node.cols.is_one or node == self.step:
            return None
        finished = node.kind == "product" and node.args[-1] in (self.step, vec(self.step))
        return None if finished and not any(self._live(a) for a in node.args[:-1]) else node

    def columns(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """vec(u) = u for a column or a scalar."""
        if node.kind != "call" or node.name != "vec" or not node.args[0].cols.is_one:
            return None
        what = "a scalar" if node.args[0].is_scalar else "a column"
        return Rewritten(node.args[0], (f"{what} has nothing to stack",))

    def sums(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """vec(A+B) = vec A + vec B."""
        u = self._inside(node)
        if u is None or u.kind != "sum" or u is node:
            return None
        return Rewritten(add(*(_signed_vec(a) for a in u.args)), ("vec of a sum is the sum of the vecs",))

    def scalars(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """vec(cA) = c vec A, and a scalar that contains dX moves behind its matrix."""
        u = self._inside(node)
        if u is None:
            return None
        if u.kind == "quotient" and not u.elementwise and not self._live(u.args[1]) and u is not node:
            return Rewritten(quotient(vec(u.args[0]), u.args[1]), ("a scalar factor stays outside",))
        if u.kind != "product":
            return None
        scalars = [a for a in u.args if a.is_scalar]
        rest = [a for a in u.args if not a.is_scalar]
        live = [a for a in scalars if self._live(a)]
        if live:
            if not rest and len(scalars) == 1:
                return None
            others = [a for a in scalars if a is not live[0]]
            if not rest and u.args[-1] is live[0]:
                return None
            body = multiply(*others, *([vec(multiply(*rest))] if rest else []), live[0])
            if body == node:
                return None
            return Rewritten(body, ("a scalar may stand behind the vector it multiplies",))
        if scalars and rest and u is not node:
            return Rewritten(multiply(*scalars, vec(multiply(*rest))), ("a scalar factor stays outside",))
        return None

    def insert_identity(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """vec(AX) = vec(AXI) and vec(XB) = vec(IXB): both sides of the variable are filled."""
        u = self._inside(node)
        found = self._around(u)
        if u is None or found is None or u is node:
            return None
        left, middle, right = found
        if left and right:
            return None
        if middle.rows.is_one or middle.cols.is_one:
            return None
        side = constant("eye", middle.cols if left else middle.rows)
        whole = multiply(*left, middle, side) if left else multiply(side, middle, *right)
        return Rewritten(vec(whole), ("multiplying by ", side, " changes nothing"))

    def vec_identity(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """vec(A X B) = (Bᵀ ⊗ A) vec X; before a column, which is its own vec, scalars may stand."""
        u = self._inside(node)
        if u is None or u.kind != "product":
            return None
        scalars = [a for a in u.args if a.is_scalar] if u is node else []
        if any(map(self._live, scalars)):
            return None
        body = multiply(*[a for a in u.args if not a.is_scalar]) if scalars else u
        found = self._identity(body, bare=u is node)
        if found is None or not scalars:
            return found
        assert isinstance(found.new, Node)
        return Rewritten(_led(*scalars, found.new), found.because)

    def _identity(self, u: Node, *, bare: bool) -> Rewritten | None:
        """The law for a chain whose vec is taken, or for a column, `bare` of a vec."""
        found = self._around(u)
        if found is None:
            return None
        left, middle, right = found
        if not left and not right:
            return None
        if middle.cols.is_one:
            if not right:
                return None
            # A u b' with a vector u: vec = (b ⊗ A) u.
            behind = multiply(*right)
            front = multiply(*left) if left else constant("eye", middle.rows)
            return Rewritten(multiply(_kron(flip(behind), front), middle), ("vec(A u bᵀ) = (b ⊗ A) u",))
        if middle.rows.is_one:
            column = vec(middle)
            if not left:
                return Rewritten(multiply(flip(multiply(*right)), column), ("vec(uᵀB) = Bᵀu",))
            front = multiply(*left)
            if not right:
                return Rewritten(
                    multiply(_kron(constant("eye", middle.cols), front), column), ("vec(a uᵀ) = (I ⊗ a) u",)
                )
            behind = multiply(*right)
            return Rewritten(multiply(_kron(flip(behind), front), column), ("vec(a uᵀB) = (Bᵀ ⊗ a) u",))
        if (not left or not right) and not bare:
            return None
        front = multiply(*left) if left else _eye(middle.rows)
        behind = multiply(*right) if right else _eye(middle.cols)
        words = ("vec(PYQ) = (Qᵀ ⊗ P) vec(Y) with P = ", front, " and Q = ", behind)
        return Rewritten(multiply(_kron(flip(behind), front), vec(middle)), words)

    def _around(self, u: Node | None) -> tuple[tuple[Node, ...], Node, tuple[Node, ...]] | None:
        """A chain A…·M·…B as (left, the one factor with dX, right)."""
        if u is None or u.kind != "product" or any(a.is_scalar for a in u.args):
            return None
        places = [k for k, a in enumerate(u.args) if self._live(a)]
        if len(places) != 1:
            return None
        k = places[0]
        return u.args[:k], u.args[k], u.args[k + 1 :]

    def transposes(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """vec(Aᵀ) = K vec A."""
        u = self._inside(node)
        if u is None or u.kind != "transpose":
            return None
        inner = u.args[0]
        if inner.rows.is_one or inner.cols.is_one:
            return Rewritten(vec(inner), ("stacking a row gives the same entries as its transpose",))
        comm = constant("comm", inner.rows, inner.cols)
        words = ("the commutation matrix ", comm, " turns ", vec(inner), " into ", vec(u))
        return Rewritten(multiply(comm, vec(inner)), words)

    def hadamards(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """vec(A ∘ B) = diag(vec A) vec B."""
        u = self._inside(node)
        if u is None:
            return None
        if u.kind == "quotient" and u.elementwise and not self._live(u.args[1]) and not u.args[0].is_scalar:
            down = u.args[1]
            if down.is_scalar:
                return Rewritten(quotient(vec(u.args[0]), down), ("a scalar factor stays outside",))
            over = quotient(ones(u.rows, u.cols), down, elementwise=True)
            return Rewritten(
                _led(_diag(vec(over)), vec(u.args[0])), ("division entry by entry is a diagonal matrix",)
            )
        if u.kind != "hadamard":
            return None
        live = [a for a in u.args if self._live(a)]
        dead = [a for a in u.args if not self._live(a)]
        if len(live) != 1:
            return None
        weights = dead[0] if len(dead) == 1 else Node("hadamard", u.rows, u.cols, args=tuple(dead))
        scale, body = scale_and_body(weights)
        words = ("an elementwise factor is a diagonal matrix: vec(A ∘ Y) = diag(vec(A)) vec(Y)",)
        return Rewritten(_led(*scale, _diag(vec(body)), vec(live[0])), words)

    def functions(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """tr, sum, diag, vec, kron, row and column sums of an expression in dX."""
        u = self._inside(node)
        if u is None or u.kind != "call":
            return None
        arg = u.args[-1] if self._live(u.args[-1]) else u.args[0]
        if u.name == "tr":
            return self._trace(arg)
        if u.name == "sum":
            weights = transposed(constant("ones", arg.rows * arg.cols))
            return Rewritten(
                _led(weights, vec(arg)), ("the sum of all entries is 1ᵀ times the stacked entries",)
            )
        if u.name == "diag":
            select = constant("seldiag", arg.rows)
            if arg.cols.is_one:
                return Rewritten(
                    _led(transposed(select), arg),
                    (select, " transposed spreads a vector over the diagonal"),
                )
            return Rewritten(
                multiply(select, vec(arg)), (select, " picks the diagonal out of the stacked entries")
            )
        if u.name == "vec":
            return (
                None if u is node and vec(arg) == node else Rewritten(vec(arg), ("a vector is its own vec",))
            )
        if u.name == "rowsum":
            return Rewritten(
                multiply(arg, ones(arg.cols, ONE)), ("row sums are the product with a vector of ones",)
            )
        if u.name == "colsum":
            return Rewritten(
                vec(multiply(transposed(ones(arg.rows, ONE)), arg)),
                ("column sums are the product with a row of ones",),
            )
        if u.name == "kron":
            return self._kronecker(u)
        return None

    def _trace(self, arg: Node) -> Rewritten:
        """tr(A Y B) = vec((BA)ᵀ)ᵀ vec(Y); of a sum term by term."""
        if arg.kind == "sum":
            each = tuple(call("tr", ONE, ONE, a) for a in arg.args)
            return Rewritten(add(*each), ("the trace of a sum is the sum of the traces",))
        scalars = [a for a in arg.args if a.is_scalar] if arg.kind == "product" else []
        if any(map(self._live, scalars)):
            inner = call("tr", ONE, ONE, multiply(*[a for a in arg.args if not a.is_scalar]))
            scalars.sort(key=self._live)
            outside = multiply(*[a for a in scalars if not self._live(a)], inner, scalars[-1])
            return Rewritten(outside, ("a scalar factor comes out of the trace",))
        found = self._around(arg)
        if found is None:
            weights: Node = vec(constant("eye", arg.rows))
            return Rewritten(multiply(transposed(weights), vec(arg)), ("tr(Y) = vec(I)ᵀ vec(Y)",))
        left, middle, right = found
        if not left and not right:
            weights = vec(constant("eye", arg.rows))
        else:
            weights = vec(flip(multiply(*right, *left)))
        return Rewritten(
            multiply(transposed(weights), vec(middle)),
            ("tr(PᵀY) = vec(P)ᵀ vec(Y), the trace read cyclically",),
        )

    def _kronecker(self, u: Node) -> Rewritten:
        """vec(A ⊗ B) = (I ⊗ K ⊗ I)(vec A ⊗ vec B), linear in each."""
        a, b = u.args
        m, n, p, q = a.rows, a.cols, b.rows, b.cols
        shuffle = _kron(_kron(_eye(n), constant("comm", q, m)), _eye(p))
        if self._live(b):
            return Rewritten(
                multiply(shuffle, _kron(vec(a), _eye(p * q)), vec(b)),
                ("vec(A ⊗ Y) is linear in Y; the commutation matrix sorts the entries",),
            )
        return Rewritten(
            multiply(shuffle, _kron(_eye(m * n), vec(b)), vec(a)),
            ("vec(Y ⊗ B) is linear in Y; the commutation matrix sorts the entries",),
        )


def _signed_vec(node: Node) -> Node:
    if node.kind == "product" and node.args[0].kind == "number" and len(node.args) > 1:
        return multiply(node.args[0], vec(multiply(*node.args[1:])))
    return vec(node)
