"""Differentials of the functions that are not linear: dF for given arguments and increments."""

from __future__ import annotations

from gen.language.dimension import ONE
from gen.language.node import Node, call, hadamard, multiply, negative, quotient, transposed


def _scalar_call(name: str, *args: Node) -> Node:
    return call(name, ONE, ONE, *args)


def inverse_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    inverse = call("inv", args[0].rows, args[0].cols, args[0])
    return negative(multiply(inverse, steps[0], inverse))


def norm2_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    return quotient(multiply(transposed(args[0]), steps[0]), _scalar_call("norm2", args[0]))


def frobenius_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    inner = _scalar_call("tr", multiply(transposed(args[0]), steps[0]))
    return quotient(inner, _scalar_call("normF", args[0]))


def det_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    inverse = call("inv", args[0].rows, args[0].cols, args[0])
    return multiply(_scalar_call("det", args[0]), _scalar_call("tr", multiply(inverse, steps[0])))


def logdet_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    inverse = call("inv", args[0].rows, args[0].cols, args[0])
    return _scalar_call("tr", multiply(inverse, steps[0]))


def norm1_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    signs = call("sign", args[0].rows, args[0].cols, args[0])
    return _scalar_call("sum", hadamard(signs, steps[0]))


def softmax_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    s = call("softmax", args[0].rows, args[0].cols, args[0])
    spread = hadamard(s, steps[0])
    return Node(
        "sum", s.rows, s.cols, args=(spread, negative(multiply(s, multiply(transposed(s), steps[0]))))
    )


def logsumexp_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    s = call("softmax", args[0].rows, args[0].cols, args[0])
    return multiply(transposed(s), steps[0])
