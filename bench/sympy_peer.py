"""SymPy on the cases; prints JSON. Run by `python -m bench`."""

from __future__ import annotations

import json
from typing import Any

import sympy
from sympy.core.cache import clear_cache

from bench.cases import cases
from bench.timing import milliseconds
from gen.derivation.derive import read_expression
from gen.language.dimension import Dim
from gen.language.node import Node

T = sympy.Symbol("t")
ELEMENTWISE = {
    "exp": sympy.exp(T),
    "log": sympy.log(T),
    "sin": sympy.sin(T),
    "relu": sympy.Max(0, T),
    "sigmoid": 1 / (1 + sympy.exp(-T)),
}


def size(dim: Dim) -> Any:
    """A dimension as SymPy has it."""
    names = (sympy.Symbol(name, integer=True, positive=True) for name in dim.names)
    return sympy.Mul(dim.factor, *names)


def translated(node: Node) -> Any:
    """An expression as SymPy has it; a 1 × 1 product of matrices stays one."""
    args = [translated(a) for a in node.args]
    if node.kind == "symbol":
        if node.is_scalar:
            return sympy.Symbol(node.name)
        return sympy.MatrixSymbol(node.name, size(node.rows), size(node.cols))
    if node.kind == "number":
        return sympy.Rational(node.number.numerator, node.number.denominator)
    if node.kind == "constant" and node.name == "ones":
        return sympy.OneMatrix(size(node.rows), size(node.cols))
    if node.kind == "sum":
        return _total(args)
    if node.kind == "product":
        out = args[0]
        for arg in args[1:]:
            out = out * arg
        return out
    if node.kind == "hadamard":
        return sympy.HadamardProduct(*args)
    if node.kind == "transpose":
        return args[0].T
    if node.kind == "quotient":
        return args[0] * args[1] ** -1
    if node.kind == "power":
        return args[0] ** args[1]
    return _called(node, args)


def _total(args: list[Any]) -> Any:
    out = args[0]
    for arg in args[1:]:
        out = out + arg
    return out


def _called(node: Node, args: list[Any]) -> Any:
    (arg, *_) = args
    if node.name in ELEMENTWISE:
        slope = ELEMENTWISE[node.name]
        return slope.subs(T, arg) if node.is_scalar else arg.applyfunc(sympy.Lambda(T, slope))
    if node.name in ("norm2", "normF"):
        return sympy.sqrt(sympy.Trace(arg.T * arg))
    if node.name == "logdet":
        return sympy.log(sympy.Determinant(arg))
    if node.name == "sum":
        rows, cols = arg.shape
        return sympy.Trace(sympy.OneMatrix(1, rows) * arg * sympy.OneMatrix(cols, 1))
    if node.name == "softmax":
        powers = arg.applyfunc(sympy.exp)
        return powers * sympy.Trace(sympy.OneMatrix(1, arg.shape[0]) * powers) ** -1
    plain = {
        "tr": sympy.Trace,
        "det": sympy.Determinant,
        "inv": sympy.Inverse,
        "diag": sympy.DiagMatrix,
        "kron": sympy.KroneckerProduct,
    }
    return plain[node.name](*args)


def measured(case: dict[str, Any]) -> dict[str, Any]:
    """The time of `diff` alone: the expression is built beforehand, SymPy's cache is empty."""
    reading = read_expression(case["expr"], case["symbols"], (case["wrt"],))
    twice = case["kind"] == "hessian"

    def differentiated() -> Any:
        expr, variable = translated(reading.node), translated(reading.symbols[case["wrt"]])
        clear_cache()
        return lambda: expr.diff(variable).diff(variable) if twice else expr.diff(variable)

    try:
        differentiated()()
    except Exception as error:  # whatever SymPy has against an expression
        return {"id": case["id"], "failed": f"{type(error).__name__}: {error}"[:60]}
    call: list[Any] = []
    return {
        "id": case["id"],
        "time": milliseconds(lambda: call.pop()(), lambda: call.append(differentiated())),
    }


if __name__ == "__main__":
    print(json.dumps([measured(case) for case in cases()]))
