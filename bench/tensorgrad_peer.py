"""tensorgrad on the cases, where it is installed; prints JSON. Run by `python -m bench`.

It is no part of the set-up, for it brings PyTorch along: `pip install tensorgrad` beside the
program turns its column on.
"""

from __future__ import annotations

import json
from fractions import Fraction
from importlib import import_module
from itertools import count
from typing import Any

import sympy

from bench.cases import cases
from bench.timing import caches, milliseconds
from gen.derivation.derive import read_expression
from gen.language.dimension import ONE, Dim
from gen.language.node import Node

PACKAGE = "tensorgrad"


def size(dim: Dim) -> Any:
    """A dimension as tensorgrad has it: a plain symbol."""
    if dim.factor != 1 or len(dim.names) != 1:
        raise NotImplementedError(f"the dimension {dim.text()}")
    return sympy.Symbol(dim.names[0])


def edges(node: Node, row: str, col: str) -> dict[str, Any]:
    """The named axes of a matrix; one of dimension 1 has none."""
    return {edge: size(dim) for edge, dim in ((row, node.rows), (col, node.cols)) if dim != ONE}


class Translator:
    """Matrix expressions as tensors with named axes; each axis that is summed over gets a new name."""

    def __init__(self, tensorgrad: Any) -> None:
        self.tg = tensorgrad
        self.F = tensorgrad.functions
        self.variables: dict[str, Any] = {}
        self._numbers = count()

    def variable(self, node: Node) -> Any:
        """A symbol, with the axes `row` and `col`."""
        if node.name not in self.variables:
            new = self.tg.Variable(node.name, **edges(node, "row", "col"))
            if node.structure is not None:
                new = new.with_symmetries({"symmetric": "row col"}[node.structure])
            self.variables[node.name] = new
        return self.variables[node.name]

    def tensor(self, node: Node, row: str, col: str) -> Any:
        """An expression, its rows and columns along the axes `row` and `col`."""
        tg, F, args = self.tg, self.F, node.args
        if node.kind == "symbol":
            own = self.variable(node)
            return own.rename(**{e: {"row": row, "col": col}[e] for e in own.edges})
        if node.kind == "number":
            return tg.Sum([tg.Product([])], [node.number])
        if node.kind == "constant" and node.name == "ones":
            return tg.Product([tg.Delta(dim, edge) for edge, dim in edges(node, row, col).items()])
        if node.kind == "sum":
            return tg.Sum([self.tensor(a, row, col) for a in args])
        if node.kind == "product":
            return self._product(args, row, col)
        if node.kind == "transpose":
            return self.tensor(args[0], col, row)
        if node.kind == "hadamard":
            out = self.tensor(args[0], row, col)
            for a in args[1:]:
                out = out * self.tensor(a, row, col)
            return out
        if node.kind == "quotient":
            return self.tensor(args[0], row, col) * F.pow(self.tensor(args[1], row, col), -1)
        if node.kind == "power":
            exponent = args[1].number
            if node.is_scalar or node.elementwise:
                whole = exponent.denominator == 1
                return F.pow(self.tensor(args[0], row, col), int(exponent) if whole else exponent)
            return self._product((args[0],) * int(exponent), row, col)
        return self._called(node, row, col)

    def _axis(self) -> str:
        return f"e{next(self._numbers)}"

    def _product(self, args: tuple[Node, ...], row: str, col: str) -> Any:
        factors = [self.tensor(a, "", "") for a in args if a.is_scalar]
        chain = [a for a in args if not a.is_scalar]
        axes = [row, *(self._axis() for _ in chain[1:]), col]
        factors += [self.tensor(a, axes[k], axes[k + 1]) for k, a in enumerate(chain)]
        return self.tg.Product(factors)

    def _called(self, node: Node, row: str, col: str) -> Any:
        tg, F, name, arg = self.tg, self.F, node.name, node.args[0]
        if name in ("exp", "log", "relu", "sigmoid"):
            return getattr(F, name)(self.tensor(arg, row, col))
        if name == "softmax":
            return F.softmax(self.tensor(arg, row, col), row)
        if name == "inv":
            # There an axis of the inverse is contracted with the axis of the same name.
            return F.inverse(self.tensor(arg, col, row))
        first, second = self._axis(), self._axis()
        inner = self.tensor(arg, first, second)
        if name == "sum":
            return F.sum(inner)
        if name == "tr":
            return F.trace(inner)
        if name in ("norm2", "normF"):
            return F.pow(F.frobenius2(inner), Fraction(1, 2))
        if name == "det":
            return F.det(inner)
        if name == "logdet":
            return F.log(F.det(inner))
        if name == "diag" and arg.is_vector:
            return tg.Product([inner, tg.Delta(size(arg.rows), first, row, col)])
        raise NotImplementedError(name)


def measured(case: dict[str, Any], tensorgrad: Any) -> dict[str, Any]:
    """The time of the derivative, resolved and simplified; the expression is built beforehand."""
    reading = read_expression(case["expr"], case["symbols"], (case["wrt"],))
    kept = caches(PACKAGE)

    def derivative() -> Any:
        for cache in kept:
            cache.cache_clear()
        translator = Translator(tensorgrad)
        expr = translator.tensor(reading.node, "i", "k")
        variable = translator.variable(reading.symbols[case["wrt"]])
        if case["kind"] == "hessian":
            return lambda: expr.grad(variable).grad(variable).full_simplify()
        return lambda: expr.grad(variable).full_simplify()

    try:
        derivative()()
    except Exception as error:  # whatever tensorgrad has against an expression
        return {"id": case["id"], "failed": f"{type(error).__name__}: {error}"[:60]}
    call: list[Any] = []
    return {"id": case["id"], "time": milliseconds(lambda: call.pop()(), lambda: call.append(derivative()))}


def main() -> None:
    """One row a case, or none where the package is not there."""
    try:
        tensorgrad = import_module(PACKAGE)
    except ImportError:
        print("[]")
        return
    print(json.dumps([measured(case, tensorgrad) for case in cases()]))


if __name__ == "__main__":
    main()
