"""Powers: which are matrix powers, which elementwise, and how large an exponent may be."""

from __future__ import annotations

from fractions import Fraction

from gen.language.misfits import bracketed, not_square, scalar_hint
from gen.language.node import Node, call, constant, number, power
from gen.language.shapes import Shapes, Typed, typed
from gen.language.syntax import Syntax
from gen.language.wording import excerpt

MAX_POWER = 100
MAX_VALUE = Fraction(10) ** 308


def powered(shapes: Shapes, base: Node, exponent: Node, syntax: Syntax) -> Node:
    """X^k, a^b or X.^a; X^-1 is the inverse, and X^0 the identity.

    Raises InputError: `shape`, `not_square`, `too_large` for exponents beyond 100,
    `unsupported` for a matrix to a power that is no whole number, `domain` for 0^0.
    """
    below, above = syntax.args
    if not exponent.is_scalar:
        at = typed(exponent, above)
        message = f"an exponent is a scalar, but {shapes.words(at)} is {shapes.shape(at)}"
        raise shapes.error("shape", message, at, hint=scalar_hint(shapes, at))
    value = constant_value(above)
    if value is not None and abs(value.numerator) > MAX_POWER * value.denominator:
        raise shapes.error("too_large", f"exponents are limited to {MAX_POWER}", above)
    if base.is_scalar:
        if value is not None and not base.names:
            _check_numbers(shapes, below, value, syntax)
        return power(base, exponent)
    if syntax.op == ".^":
        return power(base, exponent, elementwise=True)
    if base.rows is not base.cols or value is None or value.denominator != 1:
        _check_matrix_power(shapes, typed(base, below), value, above)
    return power(base, exponent) if value is None else _matrix_power(base, int(value))


def _check_matrix_power(shapes: Shapes, base: Typed, value: Fraction | None, exponent: Syntax) -> None:
    words = excerpt(shapes.source, exponent.start, exponent.end)
    hint = f"entry by entry write {_base(shapes.words(base))}.^{_exponent(exponent, words)}"
    rows, cols = base.node.rows, base.node.cols
    shapes.equal(rows, cols, lambda: not_square(shapes, "a matrix power", base, hint))
    if value is None or value.denominator != 1:
        message = f"a matrix power needs a whole number, not {words}"
        raise shapes.error("unsupported", message, exponent, hint=hint)


def _base(words: str) -> str:
    """A base as it is typed before .^, in brackets unless it stands in some."""
    inner = words[1:-1]
    stands = words.startswith("(") and words.endswith(")") and _is_balanced(inner)
    return words if stands else bracketed(words)


def _is_balanced(words: str) -> bool:
    depth = 0
    for char in words:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0


def _exponent(syntax: Syntax, words: str) -> str:
    """An exponent as it is typed behind .^, in brackets where it needs them."""
    plain = syntax.op in ("number", "name", "call") or words.startswith("(")
    return words if plain else f"({words})"


def constant_value(syntax: Syntax) -> Fraction | None:
    """The value of what is written with numbers only; None when it has names or no value.

    Values beyond 10^308 are cut there, so that no giant number is ever made.
    """
    if syntax.op == "number":
        return syntax.number
    values = [value for arg in syntax.args if (value := constant_value(arg)) is not None]
    if not values or len(values) != len(syntax.args):
        return None
    out = values[0]
    if syntax.op == "negative":
        return -out
    if syntax.op in ("^", ".^"):
        exponent = values[1]
        if exponent.denominator != 1 or (out == 0 and exponent < 0):
            return None
        return MAX_VALUE if _too_big(out, exponent) else out ** int(exponent)
    if syntax.op not in ("sum", "product"):
        return None
    for sign, value in zip(syntax.words, values[1:], strict=True):
        if sign in ("+", "-"):
            out = out + value if sign == "+" else out - value
        elif sign in ("*", ".*"):
            out *= value
        elif value == 0:
            return None
        else:
            out /= value
        if max(abs(out.numerator), out.denominator) > MAX_VALUE:
            return MAX_VALUE
    return out


def _check_numbers(shapes: Shapes, base: Syntax, exponent: Fraction, syntax: Syntax) -> None:
    """A number to the power of a number must have a value of reasonable size."""
    value = constant_value(base)
    if value is None:
        return
    if value == 0 and exponent <= 0:
        message = f"{excerpt(shapes.source, base.start, base.end)} to the power {exponent} is not defined"
        raise shapes.error("domain", message, syntax)
    if value < 0 and exponent.denominator != 1:
        message = "a negative number has no real power that is not whole"
        raise shapes.error("domain", message, syntax)
    if _too_big(value, exponent):
        raise shapes.error("too_large", "this number is too large", syntax)


def _matrix_power(base: Node, exponent: int) -> Node:
    if exponent == 0:
        return constant("eye", base.rows)
    if exponent < 0:
        base = call("inv", base.rows, base.cols, base)
    return base if abs(exponent) == 1 else power(base, number(abs(exponent)))


def _too_big(base: Fraction, exponent: Fraction) -> bool:
    """Has the power more than 308 digits above or below its bar, roughly?"""
    bits = max(base.numerator.bit_length(), base.denominator.bit_length()) - 1
    return bits * abs(exponent) > 1024
