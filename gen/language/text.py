"""The text form of FORMATS: what `derive --format json` prints and the parsers read."""

from __future__ import annotations

from fractions import Fraction

from gen.language.dimension import Dim
from gen.language.function import Function
from gen.language.notation import ATOM, TERM, Line, Notation
from gen.language.writer import write


def _number(value: Fraction | int) -> str:
    return str(value)


def _constant(name: str, dims: tuple[Dim, ...]) -> str:
    if name == "pi":
        # The language has no name for it.
        return "arccos(-1)"
    return f"{name}({','.join(d.text() for d in dims)})"


def _call(function: Function, inside: tuple[str, ...], bracketed: tuple[str, ...]) -> str:
    return f"{function.name}({', '.join(inside)})"


TEXT = Notation(
    number=_number,
    symbol=str,
    size=lambda dim: dim.text(),
    constant=_constant,
    brackets=lambda text: f"({text})",
    times="*",
    hadamard=".*",
    plus=" + ",
    minus=" - ",
    quotient=lambda left, right, elementwise: f"{left}{'./' if elementwise else '/'}{right}",
    fraction_binds=TERM,
    power=lambda base, exponent, elementwise: f"{base}{'.^' if elementwise else '^'}{exponent}",
    transpose=lambda base: f"{base}'",
    call=_call,
    call_binds=lambda function: ATOM,
    differential=lambda inside, simple: f"D({inside})",
    differential_binds=ATOM,
    pair=lambda a, b: f"({a},{b})",
    entry=lambda base, places: f"{base}[{','.join(places)}]",
    delta=lambda a, b: f"delta[{a},{b}]",
    order=lambda a, b: f"[{a}>={b}]",
    partial=lambda body, by, short: f"d({body}, {by})",
    summed=lambda letters, body, several: f"sum[{','.join(letters)}]({body})",
    entry_times="*",
    mark=lambda text: text,
)


def text(line: Line) -> str:
    """A matrix expression or index expression as typed text."""
    return write(line, TEXT)
