"""The slope f′(U) of an elementwise function, with U put in for x and shapes made to fit."""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from importlib import import_module

from gen.language.filled import ones
from gen.language.function import Function
from gen.language.node import Node, call, constant, number, power, quotient
from gen.language.parser import parse
from gen.language.product_form import times
from gen.language.product_parts import is_one_power
from gen.language.reduction_form import had
from gen.language.sum_form import plus
from gen.language.syntax import Syntax


@cache
def slope_syntax(function: Function) -> Syntax:
    """The slope as a source tree in x: the record's own, else SymPy's."""
    assert function.expression is not None
    if function.derivative is not None:
        return parse(function.derivative)
    # SymPy is loaded by name: importing it takes longer than most derivations.
    text: str = import_module("gen.derivation.calculus").slope_text(function.expression)
    return parse(text)


@lru_cache(maxsize=64)  # each mistake that is replayed in a derivation needs the slopes of that derivation
def slope_of(function: Function, u: Node) -> Node:
    """f′(u): elementwise for a matrix u, plain for a scalar."""
    node = _put(slope_syntax(function), u)
    return node if node.is_scalar == u.is_scalar else times(node, ones(u.rows, u.cols))


def _put(s: Syntax, u: Node) -> Node:
    if s.op == "number":
        return number(s.number)
    if s.op == "name":
        return u
    args = [_put(a, u) for a in s.args]
    if s.op == "call":
        (arg,) = args
        if s.name == "arccos" and arg.kind == "number" and arg.number == -1:
            return constant("pi")
        return call(s.name, arg.rows, arg.cols, arg)
    if s.op == "negative":
        return times(number(-1), args[0])
    if s.op in ("^", ".^"):
        return _raised(args[0], args[1])
    if s.op == "sum":
        signs = [Fraction(1), *(Fraction(-1 if op == "-" else 1) for op in s.words)]
        wide = [_wide(a, u, args) for a in args]
        return plus(*(times(number(sign), a) for sign, a in zip(signs, wide, strict=True)))
    out = args[0]
    for op, arg in zip(s.words, args[1:], strict=True):
        out = _product(out, arg) if op in ("*", ".*") else _quotient(out, arg)
    return out


def _wide(node: Node, u: Node, among: list[Node]) -> Node:
    """A number beside matrices stands for a matrix of that number."""
    spread = node.is_scalar and not u.is_scalar and any(not a.is_scalar for a in among)
    return times(node, ones(u.rows, u.cols)) if spread else node


def _product(a: Node, b: Node) -> Node:
    return times(a, b) if a.is_scalar or b.is_scalar else had(a, b)


def _quotient(a: Node, b: Node) -> Node:
    if b.is_scalar:
        return times(quotient(a, b)) if a.is_scalar else quotient(a, b)
    if a.is_scalar:
        down = power(b, number(-1), elementwise=True) if b.kind != "power" else _raised(b, number(-1))
        return times(a, down)
    return quotient(a, b, elementwise=True)


def _raised(base: Node, exponent: Node) -> Node:
    entrywise = base.kind == "power" and (base.elementwise or base.is_scalar)
    if entrywise and exponent.kind == "number" and is_one_power(base, exponent.number):
        base, exponent = base.args[0], number(base.args[1].number * exponent.number)
    if base.kind == "quotient" and not base.elementwise and not base.is_scalar and _is_whole(exponent):
        return quotient(_raised(base.args[0], exponent), _scale(base.args[1], exponent.number))
    return power(base, exponent, elementwise=not base.is_scalar)


def _is_whole(exponent: Node) -> bool:
    return exponent.kind == "number" and exponent.number.denominator == 1 and exponent.number > 1


def _scale(scalar: Node, exponent: Fraction) -> Node:
    """c^k; an even power of a root of a number is a number."""
    if scalar.kind == "number":
        return number(scalar.number**exponent.numerator)
    root = scalar.args[0] if scalar.kind == "call" and scalar.name == "sqrt" else None
    if root is not None and root.kind == "number" and exponent.numerator % 2 == 0:
        return number(root.number ** (exponent.numerator // 2))
    return power(scalar, number(exponent))
