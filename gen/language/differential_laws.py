"""Differentials of the functions that are not linear: dF for given arguments and increments."""

from __future__ import annotations

from gen.language.dimension import ONE
from gen.language.node import Node, add, call, hadamard, multiply, negative, quotient, transposed


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


def adjugate_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    u = args[0]
    inverse = call("inv", u.rows, u.cols, u)
    adjugate = call("adj", u.rows, u.cols, u)
    first = multiply(_scalar_call("tr", multiply(inverse, steps[0])), adjugate)
    return add(first, negative(multiply(inverse, steps[0], adjugate)))


def exponential_trace_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    u = args[0]
    return _scalar_call("tr", multiply(call("expm", u.rows, u.cols, u), steps[0]))


def exponential_ray_law(matrix: Node, scalar: Node) -> Node:
    leading = matrix.kind == "product" and matrix.args[0].kind == "number"
    whole = multiply(matrix.args[0], scalar, *matrix.args[1:]) if leading else multiply(scalar, matrix)
    return multiply(matrix, call("expm", matrix.rows, matrix.cols, whole))


def row_softmax_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    u = args[0]
    s = call("softmaxrows", u.rows, u.cols, u)
    spread = hadamard(s, steps[0])
    sums = call("rowsum", u.rows, ONE, spread)
    return add(spread, negative(multiply(call("diag", u.rows, u.rows, sums), s)))
