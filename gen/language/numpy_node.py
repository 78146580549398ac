"""Matrix expressions as NumPy code.

This is a walk of its own and no `Notation`: which operator stands between two
factors, and where a 1 × 1 array must become a number, depends on shapes, which a
notation does not see.
"""

from __future__ import annotations

import re
from fractions import Fraction
from keyword import iskeyword
from typing import TypeAlias

from gen.errors import input_error
from gen.language.dimension import ONE, Dim
from gen.language.node import Node
from gen.language.numpy_functions import ATOM, CODES, DIAGONAL_MATRIX, DIAGONAL_VECTOR, MUL, Code

SUM, MINUS, POWER = 1, 2, 5  # below and above MUL: `-a * b` is a MINUS
EXACT = 2**53  # whole numbers up to here are exact as floats
_TAKEN = ("np", "math", "float", "range", "derivative")  # names that the code around an expression uses
_SHORT = 8
Written: TypeAlias = tuple[str, int]


def python_name(name: str) -> str:
    """A name of the language as one of Python: `lambda` is `lambda_`; different names stay different."""
    stem = name.rstrip("_")
    return name + "_" if iskeyword(stem) or stem in _TAKEN else name


def dim_code(dim: Dim) -> str:
    """A dimension: `3`, `n`, `2 * n`, `(n * (n + 1) // 2)` for the length of vech."""
    parts = [_size_name(name) for name in dim.names]
    if dim.factor != 1 or not parts:
        parts.insert(0, str(dim.factor))
    return " * ".join(parts)


def _size_name(name: str) -> str:
    """The name of a size; that of a triangle is a formula, which is cut into its words."""
    if "(" not in name:
        return python_name(name)
    text = re.sub(r"[A-Za-z]\w*", lambda found: python_name(found[0]), name)
    return f"({text.replace('*', ' * ').replace('+', ' + ').replace('/', ' // ')})"


def node_code(node: Node) -> Written:
    """(code, how tightly it binds). Raises InputError `unsupported`."""
    kind, args = node.kind, node.args
    if kind == "symbol":
        return python_name(node.name), ATOM
    if kind == "number":
        return number_code(node.number)
    if kind == "size":
        return dim_code(node.dims[0]), ATOM if len(node.dims[0].names) <= 1 else MUL
    if kind == "constant":
        return _constant(node), ATOM
    if kind == "sum":
        return added([node_code(arg) for arg in args])
    if kind == "product":
        return _product(node)
    if kind == "hadamard":
        return " * ".join(at(node_code(arg), POWER) for arg in args), MUL
    if kind == "quotient":
        left, right = node_code(args[0]), node_code(args[1])
        return f"{at(left, MINUS)} / {at(right, POWER)}", min(MUL, max(left[1], MINUS))
    if kind == "power":
        return _power(node)
    if kind == "transpose":
        return node_code(args[0]) if node.is_scalar else (f"{at(node_code(args[0]), ATOM)}.T", ATOM)
    if kind == "call":
        return _call(node)
    raise input_error("unsupported", f"a {kind} has no NumPy code")


def at(written: Written, need: int) -> str:
    """Code as an operand: in brackets where it binds less tightly than needed."""
    text, binds = written
    return text if binds >= need else f"({text})"


def added(terms: list[Written]) -> Written:
    """Terms in a sum; a term that begins with a minus is subtracted."""
    if len(terms) == 1:
        return terms[0]
    out = terms[0][0]
    for text, binds in terms[1:]:
        out += f" - {text[1:]}" if binds == MINUS else f" + {at((text, binds), MINUS)}"
    return out, SUM


def number_code(value: Fraction) -> Written:
    """A number: `2`, `0.5`, `1 / 3`; one that no float holds exactly is rounded."""
    if value < 0:
        return f"-{number_code(-value)[0]}", MINUS
    if max(value.numerator, value.denominator) > EXACT:
        try:
            return repr(float(value)), ATOM
        except OverflowError:
            raise input_error("unsupported", "this number is too large for NumPy") from None
    if value.denominator == 1:
        return str(value.numerator), ATOM
    decimal = repr(float(value))
    if len(decimal) <= _SHORT and Fraction(decimal) == value:
        return decimal, ATOM
    return f"{value.numerator} / {value.denominator}", MUL


def scaled(coef: Fraction, parts: list[Written], last: str | None = None) -> Written:
    """coef · parts · last, the number in front left out where it is 1; `last` is finished code."""
    sign, size = ("-" if coef < 0 else ""), abs(coef)
    pieces = [number_code(size)] if size != 1 or not (parts or last) else []
    pieces += parts
    texts = [at(p, MUL if i == 0 else POWER) for i, p in enumerate(pieces)]
    if last is not None:
        texts.append(last)
    if len(texts) == 1:
        text, binds = (texts[0], MUL) if last is not None else (texts[0], max(pieces[0][1], MUL))
    else:
        text, binds = " * ".join(texts), MUL
    return sign + text, MINUS if sign else binds


def _product(node: Node) -> Written:
    """Factors in the author's order: `@` between arrays, `*` beside a number.

    All operators have one rank and are read from the left, so scalars may stand
    anywhere; a chain that has come out 1 × 1, as x'*x has, is made a number.
    """
    coef, args = Fraction(1), node.args
    if args[0].kind == "number" and len(args) > 1:
        coef, args = args[0].number, args[1:]
    scalars: list[Written] = []
    chain, rows, cols = "", ONE, ONE
    for arg in args:
        written = node_code(arg)
        if arg.is_scalar:
            if chain:
                chain += f" * {at(written, POWER)}"
            else:
                scalars.append(written)
            continue
        rows, cols = (rows if chain else arg.rows), arg.cols
        chain += (" @ " if chain else "") + at(written, POWER)
        if rows == cols == ONE:
            scalars.append((f"({chain}).item()", ATOM))
            chain = ""
    if chain and coef == 1 and not scalars:
        return chain, MUL if " " in chain else ATOM
    return scaled(coef, scalars, chain or None)


def _power(node: Node) -> Written:
    base, exponent = node.args
    if not (node.elementwise or node.is_scalar):
        return f"np.linalg.matrix_power({node_code(base)[0]}, {exponent.number})", ATOM
    left = at(node_code(base), ATOM)
    if exponent.kind != "number":
        return f"{left} ** {at(node_code(exponent), ATOM)}", POWER
    # NumPy refuses negative powers of whole numbers.
    value = abs(exponent.number)
    text = left if value == 1 else f"{left} ** {at(number_code(value), ATOM)}"
    return (f"1 / {text}", MUL) if exponent.number < 0 else (text, POWER)


def _constant(node: Node) -> str:
    name, dims = node.name, node.dims
    if name == "pi":
        return "np.pi"
    if node.is_scalar:
        return "0.0" if name == "zeros" else "1.0"
    if name == "eye":
        return f"np.eye({dim_code(dims[0])})"
    if name in ("ones", "zeros"):
        return f"np.{name}(({dim_code(node.rows)}, {dim_code(node.cols)}))"
    if name == "comm":
        m, n, all_ = dim_code(dims[0]), dim_code(dims[1]), dim_code(dims[0] * dims[1])
        return f'np.eye({all_})[np.arange({all_}).reshape({m}, {n}, order="F").ravel()]'
    if name in ("dup", "elim"):
        n, all_ = dim_code(dims[0]), dim_code(dims[0] * dims[0])
        below = f"np.eye({all_})[np.ravel_multi_index(np.triu_indices({n}), ({n}, {n}))]"
        if name == "elim":
            return below
        both = f"(lambda _z: np.maximum(_z, _z.swapaxes(1, 2)))({below}.reshape(-1, {n}, {n}))"
        return f"{both}.reshape(-1, {all_}).T"
    if name == "seldiag":
        return f"np.eye({dim_code(dims[0] * dims[0])})[:: {dim_code(dims[0])} + 1]"
    raise input_error("unsupported", f"{name} has no NumPy code yet")


def _call(node: Node) -> Written:
    args = node.args
    code = _code_of(node)
    if node.name == "kron" and any(a.is_scalar for a in args):
        return " * ".join(at(node_code(a), POWER) for a in args), MUL
    inside = [node_code(a) for a in args]
    plain = args[0].is_scalar
    text = code.scalar if plain and code.scalar is not None else code.text
    names = {"x": inside[0][0], "a": at(inside[0], ATOM), "y": inside[-1][0]}
    if text.count("{a}") > 1 and not names["a"].isidentifier():
        # The argument is computed once; no name of the language begins with an underscore.
        return f"(lambda _z: {text.format(a='_z')})({inside[0][0]})", ATOM
    out = text.format(**names)
    if text == "{a}":
        return inside[0]
    if code.array and node.is_scalar and not plain:
        out += ".item()"
    return out, code.binds


def _code_of(node: Node) -> Code:
    if node.name == "diag":
        return DIAGONAL_MATRIX if node.args[0].cols.is_one else DIAGONAL_VECTOR
    code = CODES.get(node.name)
    if code is None:
        raise input_error("unsupported", f"{node.name} has no NumPy code yet")
    return code
