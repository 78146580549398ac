"""Expressions in words, as they are read aloud: what a screen reader says of a formula."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby

from gen.language.abstract import split_order
from gen.language.dimension import Dim
from gen.language.function import Function
from gen.language.notation import ATOM, POSTFIX, TERM, Line, Notation, Path
from gen.language.terminal import GREEK
from gen.language.writer import write

_PARTS = {2: "half", 3: "third", 4: "quarter"}
_POWERS = {"2": "squared", "3": "cubed"}
_PRIMES = ("", "prime", "double prime", "triple prime")
_CONSTANTS = {
    "eye": "identity",
    "ones": "ones",
    "zeros": "zeros",
    "comm": "commutation matrix",
    "dup": "duplication matrix",
    "elim": "elimination matrix",
    "seldiag": "diagonal selection matrix",
}
# Functions whose name is not what is said.
_SAID: Mapping[str, str] = {
    "tr": "trace of",
    "det": "determinant of",
    "logdet": "log determinant of",
    "normF": "Frobenius norm of",
    "norm2": "two norm of",
    "norm1": "one norm of",
    "abs": "absolute value of",
    "sqrt": "square root of",
    "exp": "exponential of",
    "expm": "matrix exponential of",
    "sigmoid": "sigma of",
    "diag": "diagonal of",
    "rowsum": "row sums of",
    "colsum": "column sums of",
    "softmaxrows": "row-wise softmax of",
    "logsumexp": "log sum exp of",
    "adj": "adjugate of",
    "tril": "lower triangle of",
    "vech": "half vec of",
}


def symbol_spoken(name: str) -> str:
    """A name: W, alpha, `W sub 1`, `x sub hat`; `dW` is `d W`."""
    head, *rest = [part for part in name.split("_") if part] or ["unnamed"]
    letters = head.rstrip("0123456789")
    digits = head[len(letters) :] if letters else ""
    core = letters or head
    if core.startswith("d") and len(core) > 1 and (len(core) == 2 or core[1:] in GREEK):
        core = f"d {core[1:]}"
    below = [part for part in (digits, *rest) if part]
    return f"{core} sub {' '.join(below)}" if below else core


def dim_spoken(dim: Dim) -> str:
    """`n`, `m times n`, `2 times n squared`."""
    runs = [(name, len(list(run))) for name, run in groupby(dim.names)]
    parts = [_size(name) + ("" if count == 1 else " " + _to_the(str(count))) for name, count in runs]
    if dim.factor != 1 or not parts:
        parts.insert(0, str(dim.factor))
    return " times ".join(parts)


def _size(name: str) -> str:
    if name.isidentifier():
        return symbol_spoken(name)
    said = {"*": " times ", "/": " over ", "+": " plus ", "(": " open bracket ", ")": " close bracket "}
    return " ".join("".join(said.get(c, c) for c in name).split())


def shape_spoken(dims: tuple[Dim, ...]) -> str:
    """`m by p by m by n`, or `scalar`."""
    return " by ".join(dim_spoken(d) for d in dims) if dims else "scalar"


def _number(value: Fraction | int) -> str:
    sign = "minus " if value < 0 else ""
    up, down = abs(value.numerator), value.denominator
    if down == 1:
        return f"{sign}{up}"
    if down in _PARTS:
        return f"{sign}one {_PARTS[down]}" if up == 1 else f"{sign}{up} {_PARTS[down].replace('lf', 'lve')}s"
    return f"{sign}{up} over {down}"


def _constant(name: str, dims: tuple[Dim, ...]) -> str:
    if name == "pi":
        return "pi"
    return f"{_CONSTANTS.get(name, name)} of size {shape_spoken(dims)}"


def _brackets(text: str) -> str:
    return f"open bracket {text} close bracket"


def _to_the(exponent: str) -> str:
    return _POWERS.get(exponent, f"to the power {exponent}")


def _power(base: str, exponent: str, elementwise: bool) -> str:
    return f"{base} {'entrywise ' * elementwise}{_to_the(exponent)}"


def _call(function: Function, inside: tuple[str, ...], bracketed: tuple[str, ...]) -> str:
    name = function.name
    if name == "kron":
        return " Kronecker ".join(bracketed)
    if name == "inv":
        return f"{bracketed[0]} inverse"
    if name == "arccos" and inside == ("minus 1",):
        return "pi"
    base, order = split_order(name)
    primes = _PRIMES[order] if order < 4 else f"derivative of order {order}"
    said = f"{base} {primes} of" if order else _SAID.get(name, f"{name} of")
    # Always with brackets: without them nobody hears where the argument ends.
    return f"{said} {_brackets(' and '.join(inside))}"


def _call_binds(function: Function) -> int:
    return {"kron": TERM, "inv": POSTFIX}.get(function.name, ATOM)


def _entry(base: str, places: tuple[str, ...]) -> str:
    if " sub " in base and not base.startswith("open bracket"):
        base = _brackets(base)
    return f"{base} sub {' '.join(places)}" if places else base


def _partial(body: str, by: str, short: bool) -> str:
    return f"partial of {body if short else _brackets(body)} by {by}"


def _scientific(digit: int, power: int) -> str:
    return f"{digit} times 10 to the {'minus ' * (power < 0)}{abs(power)}"


def _summed(letters: tuple[str, ...], body: str, several: bool) -> str:
    over = " and ".join(letters)
    return f"sum over {over} of {_brackets(body) if several else body}"


SPOKEN = Notation(
    number=_number,
    symbol=symbol_spoken,
    size=dim_spoken,
    constant=_constant,
    brackets=_brackets,
    times=" times ",
    hadamard=" entrywise times ",
    plus=" plus ",
    minus=" minus ",
    quotient=lambda left, right, elementwise: f"{left} {'entrywise ' * elementwise}over {right}",
    fraction_binds=TERM,
    power=_power,
    transpose=lambda base: f"{base} transpose",
    call=_call,
    call_binds=_call_binds,
    differential=lambda inside, simple: f"d {inside}" if simple else f"d of {_brackets(inside)}",
    differential_binds=POSTFIX,
    pair=lambda a, b: f"pair {a} {b}",
    entry=_entry,
    delta=lambda a, b: f"delta {a} {b}",
    order=lambda a, b: f"indicator of {a} at least {b}",
    partial=_partial,
    summed=_summed,
    entry_times=" times ",
    mark=lambda text: text,
    negative="minus ",
    equals=" equals ",
    shape=shape_spoken,
    slanted=lambda of, by: f"partial of {of} by {by}",
    second=lambda of, first, then: f"second partial of {of} by {first} and {then}",
    listed=" ".join,
    sum_sign="sum sign",
    scientific=_scientific,
    dot=" times ",
)


def spoken(line: Line, marks: frozenset[Path] = frozenset()) -> str:
    """An expression in words; what is marked is not said."""
    return write(line, SPOKEN, marks)
