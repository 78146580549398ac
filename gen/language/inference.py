"""From the source tree to nodes: names by their default reading, shapes by unification."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import gcd

from gen.errors import InputError, nearest
from gen.language.application import applied, filled, rules_for, sized_constant
from gen.language.declaration import Declaration
from gen.language.dimension import Dim, named
from gen.language.misfits import divisor, misfit, scalar_and_matrix, unlike
from gen.language.names import CONSTANTS, default_reading, is_reserved
from gen.language.node import (
    Node,
    add,
    constant,
    hadamard,
    multiply,
    negative,
    number,
    quotient,
    size,
    transposed,
)
from gen.language.powers import powered
from gen.language.shapes import Shapes, Typed, typed
from gen.language.syntax import Syntax


class Inference:
    """One walk over one source tree; the shapes found so far stand in `shapes`."""

    def __init__(
        self, source: str, tree: Syntax, declarations: Mapping[str, Declaration], *, strict: bool
    ) -> None:
        self.strict = strict
        self.shapes = Shapes(source, tree, declarations)

    def read(self, syntax: Syntax) -> Node:
        """One operation and everything below it, as a node.

        Raises InputError for shapes that do not fit, unknown functions and, when
        `strict`, unknown names.
        """
        op = syntax.op
        if op == "name":
            name = syntax.name
            return self.shapes.symbols.get(name) or self._name(name, syntax)
        if op == "product":
            return self._product(syntax)
        if op == "call":
            return self._call(syntax)
        if op == "transpose":
            return transposed(self.read(syntax.args[0]))
        if op == "sum":
            return self._sum(syntax)
        if op == "number":
            return number(syntax.number)
        if op == "negative":
            return negative(self.read(syntax.args[0]))
        if op in ("^", ".^"):
            base, exponent = syntax.args
            return powered(self.shapes, self.read(base), self.read(exponent), syntax)
        raise self.shapes.error("syntax", "entries stand in results, not in expressions", syntax)

    def unknown_name(self, name: str, at: Syntax) -> InputError:
        """The error for a name that is not declared where all must be."""
        close = nearest(name, self.shapes.declarations)
        shape = {"matrix": "m x n", "vector": "n", "scalar": "scalar"}[default_reading(name)]
        hint = f"did you mean {close}?" if close else f"declare it, for example {name}: {shape}"
        return self.shapes.error("unknown_name", f"{name} is not declared", at, hint=hint)

    def _name(self, name: str, syntax: Syntax) -> Node:
        shapes = self.shapes
        known = shapes.declarations.get(name)
        if known and not known.function:
            return shapes.symbol(name)
        if name == "eye":
            return constant("eye", *shapes.shapeless(syntax, 1))
        if is_reserved(name) or (known and known.function):
            message = f"{name} is a function and needs its argument in brackets"
            raise shapes.error("syntax", message, syntax, hint=f"write {name}(...)")
        if known is None and name in shapes.dims:
            if name in shapes.declared_dims or not name[0].isupper():
                return size(named(name))
            message = f"{name} is a dimension and cannot also be a matrix"
            hint = f"to use it as a number, declare what has it: x: {name}; else give one another name"
            raise shapes.error("name_clash", message, syntax, hint=hint)
        if known is None and self.strict:
            raise self.unknown_name(name, syntax)
        return shapes.symbol(name)

    def _call(self, syntax: Syntax) -> Node:
        name = syntax.name
        if name in ("vector", "matrix"):
            return filled(self.shapes, syntax, typed(self.read(syntax.args[0]), syntax.args[0]))
        if name in CONSTANTS:
            return sized_constant(self.shapes, syntax)
        rules = rules_for(self.shapes, syntax)
        return applied(self.shapes, syntax, rules, [self.read(arg) for arg in syntax.args])

    def _sum(self, syntax: Syntax) -> Node:
        args = syntax.args
        first = self.read(args[0])
        terms = [first]
        for at, sign in enumerate(syntax.words):
            right = args[at + 1]
            term = self.read(right)
            if term.rows is not first.rows or term.cols is not first.cols:
                # All terms have one shape, so the first one can speak for the sum so far.
                left = Typed(first, syntax, args[0].start, args[at].end) if at else typed(first, args[0])
                self._same_shape(left, sign, typed(term, right))
            terms.append(negative(term) if sign == "-" else term)
        return add(*terms)

    def _same_shape(self, left: Typed, sign: str, right: Typed) -> None:
        a, b = left.node, right.node
        if a.is_scalar != b.is_scalar:
            raise scalar_and_matrix(self.shapes, left, sign, right)
        fault = partial(unlike, self.shapes, left, sign, right)
        self.shapes.equal(a.rows, b.rows, fault)
        self.shapes.equal(a.cols, b.cols, fault)

    def _product(self, syntax: Syntax) -> Node:
        """Factors between `*` signs are made one node at the end.

        Growing a node factor by factor would take time quadratic in their number.
        """
        args = syntax.args
        first = self.read(args[0])
        factors, rows, cols, has_chain = [first], first.rows, first.cols, not first.is_scalar
        for at, sign in enumerate(syntax.words):
            right = self.read(args[at + 1])
            if sign != "*":
                left = Typed(multiply(*factors), syntax, syntax.args[0].start, args[at].end)
                out = self._elementwise(left, sign, typed(right, args[at + 1]))
                factors, rows, cols, has_chain = [out], out.rows, out.cols, not out.is_scalar
                continue
            if has_chain and rows.is_one and cols.is_one:
                # A chain that has come out 1 × 1, as x'*A*x has, is one scalar factor of what follows.
                factors, has_chain = [multiply(*factors)], False
            if not right.is_scalar:
                if not has_chain:
                    rows = right.rows
                elif cols is not right.rows:
                    self._fits(factors, cols, syntax, args[at].end, typed(right, args[at + 1]))
                cols, has_chain = right.cols, True
            factors.append(right)
        return multiply(*factors)

    def _fits(self, factors: list[Node], cols: Dim, syntax: Syntax, end: int, right: Typed) -> None:
        def fault() -> InputError:
            return misfit(self.shapes, Typed(multiply(*factors), syntax, syntax.args[0].start, end), right)

        self.shapes.equal(cols, right.node.rows, fault)

    def _elementwise(self, left: Typed, sign: str, right: Typed) -> Node:
        """A quotient or an elementwise product; a scalar goes with every shape."""
        a, b = left.node, right.node
        any_scalar = a.is_scalar or b.is_scalar
        if sign in ("/", "./") and b.kind == "number" and not b.number:
            raise self.shapes.error("domain", "division by zero", left, right)
        if sign == "/" and not b.is_scalar:
            raise divisor(self.shapes, right)
        if sign != "/" and not any_scalar and (a.rows is not b.rows or a.cols is not b.cols):
            self._same_shape(left, sign, right)
        if sign == ".*":
            return multiply(a, b) if any_scalar else hadamard(a, b)
        return _fraction(a, b) or quotient(a, b, elementwise=not b.is_scalar)


def _fraction(a: Node, b: Node) -> Node | None:
    """1/2 is the number it is printed as; 2/4 stays as it was typed."""
    if a.kind != "number" or b.kind != "number":
        return None
    top, bottom = a.number, b.number
    if top.denominator != 1 or bottom.denominator != 1 or bottom <= 1 or gcd(int(top), int(bottom)) != 1:
        return None
    return number(top / bottom)
