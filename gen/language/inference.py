"""From the source tree to nodes: names by their default reading, shapes by unification."""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd

from gen.errors import InputError, nearest
from gen.language.application import applied, dimension_names, filled, rules_for, sized_constant
from gen.language.declaration import Declaration
from gen.language.dimension import ONE, named
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
from gen.language.shapes import Shapes, Typed
from gen.language.syntax import Syntax


class Inference:
    """One walk over one source tree; the shapes found so far stand in `shapes`."""

    def __init__(
        self, source: str, tree: Syntax, declarations: Mapping[str, Declaration], *, strict: bool
    ) -> None:
        self.strict = strict
        self.declared_dims = frozenset(dim for d in declarations.values() for dim in d.dims)
        used = frozenset(part.name for part in tree.walk() if part.op in ("name", "call"))
        dims = self.declared_dims | dimension_names(tree)
        self.shapes = Shapes(source, declarations, dims, used)

    def read(self, syntax: Syntax) -> Typed:
        """One operation and everything below it, as a node.

        Raises InputError for shapes that do not fit, unknown functions and, when
        `strict`, unknown names.
        """
        match syntax.op:
            case "number":
                node = number(syntax.number)
            case "name":
                node = self._name(syntax)
            case "negative":
                node = negative(self.read(syntax.args[0]).node)
            case "transpose":
                node = transposed(self.read(syntax.args[0]).node)
            case "call":
                node = self._call(syntax)
            case "^" | ".^":
                base, exponent = (self.read(arg) for arg in syntax.args)
                node = powered(self.shapes, base, exponent, syntax)
            case "sum":
                node = self._sum(syntax)
            case "product":
                node = self._product(syntax)
            case _:
                raise self.shapes.error("syntax", "entries stand in results, not in expressions", syntax)
        return Typed(node, syntax, syntax.start, syntax.end)

    def unknown_name(self, name: str, at: Syntax) -> InputError:
        """The error for a name that is not declared where all must be."""
        close = nearest(name, self.shapes.declarations)
        shape = {"matrix": "m x n", "vector": "n", "scalar": "scalar"}[default_reading(name)]
        hint = f"did you mean {close}?" if close else f"declare it, for example {name}: {shape}"
        return self.shapes.error("unknown_name", f"{name} is not declared", at, hint=hint)

    def _name(self, syntax: Syntax) -> Node:
        name, shapes = syntax.name, self.shapes
        if name == "eye":
            return constant("eye", *shapes.shapeless(syntax, 1))
        known = shapes.declarations.get(name)
        if is_reserved(name) or (known and known.function):
            message = f"{name} is a function and needs its argument in brackets"
            raise shapes.error("syntax", message, syntax, hint=f"write {name}(...)")
        if known is None and name in shapes.dims:
            if name in self.declared_dims or not name[0].isupper():
                return size(named(name))
            message = f"{name} is a dimension and cannot also be a matrix"
            hint = f"to use it as a number, declare what has it: x: {name}; else give one another name"
            raise shapes.error("name_clash", message, syntax, hint=hint)
        if known is None and self.strict:
            raise self.unknown_name(name, syntax)
        return shapes.symbol(name)

    def _call(self, syntax: Syntax) -> Node:
        if syntax.name in ("vector", "matrix"):
            return filled(self.shapes, syntax, self.read(syntax.args[0]))
        if syntax.name in CONSTANTS:
            return sized_constant(self.shapes, syntax)
        rules = rules_for(self.shapes, syntax)
        return applied(self.shapes, syntax.name, rules, [self.read(arg) for arg in syntax.args])

    def _sum(self, syntax: Syntax) -> Node:
        first = left = self.read(syntax.args[0])
        terms = [first.node]
        for sign, arg in zip(syntax.words, syntax.args[1:], strict=True):
            term = self.read(arg)
            self._same_shape(left, sign, term)
            terms.append(negative(term.node) if sign == "-" else term.node)
            # All terms have one shape, so the first one can speak for the sum so far.
            left = Typed(first.node, syntax, syntax.start, arg.end)
        return add(*terms)

    def _same_shape(self, left: Typed, sign: str, right: Typed) -> None:
        a, b = left.node, right.node
        if a.is_scalar != b.is_scalar:
            raise scalar_and_matrix(self.shapes, left, sign, right)
        self.shapes.equal(a.rows, b.rows, lambda: unlike(self.shapes, left, sign, right))
        self.shapes.equal(a.cols, b.cols, lambda: unlike(self.shapes, left, sign, right))

    def _product(self, syntax: Syntax) -> Node:
        first = self.read(syntax.args[0])
        run, end = _Run(first.node), first.end
        for sign, arg in zip(syntax.words, syntax.args[1:], strict=True):
            right = self.read(arg)
            if sign == "*":
                run.close_scalar()
                if not run.is_scalar and not right.node.is_scalar:
                    self._fits(run, syntax, end, right)
                run.append(right.node)
            else:
                left = Typed(run.node(), syntax, syntax.start, end)
                run = _Run(self._elementwise(left, sign, right))
            end = arg.end
        return run.node()

    def _fits(self, run: _Run, syntax: Syntax, end: int, right: Typed) -> None:
        def fault() -> InputError:
            return misfit(self.shapes, Typed(run.node(), syntax, syntax.start, end), right)

        self.shapes.equal(run.cols, right.node.rows, fault)

    def _elementwise(self, left: Typed, sign: str, right: Typed) -> Node:
        """A quotient or an elementwise product; a scalar goes with every shape."""
        a, b = left.node, right.node
        any_scalar = a.is_scalar or b.is_scalar
        if sign in ("/", "./") and b == number(0):
            raise self.shapes.error("domain", "division by zero", left, right)
        if sign == "/" and not b.is_scalar:
            raise divisor(self.shapes, right)
        if sign != "/" and not any_scalar:
            self._same_shape(left, sign, right)
        if sign == ".*":
            return multiply(a, b) if any_scalar else hadamard(a, b)
        return _fraction(a, b) or quotient(a, b, elementwise=not b.is_scalar)


class _Run:
    """Factors between `*` signs, made one node at the end.

    Growing a node factor by factor would take time quadratic in their number.
    """

    def __init__(self, first: Node) -> None:
        self.factors = [first]
        self.rows, self.cols = first.rows, first.cols
        self.has_chain = not first.is_scalar

    @property
    def is_scalar(self) -> bool:
        """1 × 1 so far."""
        return self.rows == ONE and self.cols == ONE

    def node(self) -> Node:
        """The factors as one product."""
        return multiply(*self.factors)

    def close_scalar(self) -> None:
        """A chain that has come out 1 × 1, as x'*A*x has, is one scalar factor of what follows."""
        if self.has_chain and self.is_scalar:
            self.factors = [self.node()]
            self.has_chain = False

    def append(self, factor: Node) -> None:
        """One factor more; its shape has been checked."""
        self.factors.append(factor)
        if not factor.is_scalar:
            self.rows = factor.rows if not self.has_chain else self.rows
            self.cols, self.has_chain = factor.cols, True


def _fraction(a: Node, b: Node) -> Node | None:
    """1/2 is the number it is printed as; 2/4 stays as it was typed."""
    if a.kind != "number" or b.kind != "number":
        return None
    top, bottom = a.number, b.number
    if top.denominator != 1 or bottom.denominator != 1 or bottom <= 1 or gcd(int(top), int(bottom)) != 1:
        return None
    return number(top / bottom)
