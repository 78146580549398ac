"""Unicode form of expressions for a terminal: Σ, δ, ⊗, ᵀ."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import groupby

from gen.language.abstract import PRIMES, split_order
from gen.language.dimension import Dim
from gen.language.function import Function
from gen.language.notation import ATOM, POSTFIX, TERM, Line, Notation, Path
from gen.language.writer import write

GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
        "upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(),
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        strict=True,
    )
)
SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵀ"


def symbol_terminal(name: str) -> str:
    """A name: W, α."""
    return GREEK.get(name, name)


def dim_terminal(dim: Dim) -> str:
    """3, n, mn."""
    runs = [(name, len(list(run))) for name, run in groupby(dim.names)]
    parts = [name + (str(count).translate(SUPERSCRIPT) if count > 1 else "") for name, count in runs]
    if dim.factor != 1 or not parts:
        parts.insert(0, str(dim.factor))
    return ("·" if any(len(name) > 1 for name, _ in runs) else "").join(parts)


def constant_terminal(name: str, dims: tuple[Dim, ...]) -> str:
    """A constant with its sizes: I_n, K_m,n."""
    if name == "pi":
        return "π"
    sizes = ("," if name == "comm" else "×").join(dim_terminal(d) for d in dims)
    sign = {"eye": "I", "ones": "1", "zeros": "0", "comm": "K", "dup": "D", "elim": "L"}.get(name, name)
    return f"{sign}_{sizes}"


def _power(base: str, exponent: str, elementwise: bool) -> str:
    if elementwise:
        return f"{base}.^{exponent}"
    if base[-1] in RAISED:
        base = f"({base})"
    plain = exponent.strip("()")
    short = plain.translate(SUPERSCRIPT)
    return base + short if plain.lstrip("-").isdigit() else f"{base}^{exponent}"


def transposing(sign: str) -> Callable[[str], str]:
    """How a transpose is written with `sign`: Xᵀ and X⁻¹ᵀ, but (X²)ᵀ, which would read as the power 2T."""

    def transpose(base: str) -> str:
        is_power = base[-1] in RAISED and not base.endswith(("⁻¹", "ᵀ"))
        return f"({base}){sign}" if is_power else f"{base}{sign}"

    return transpose


def _call(function: Function, inside: tuple[str, ...], bracketed: tuple[str, ...]) -> str:
    special = {"kron": "{0} ⊗ {1}", "inv": "{0}⁻¹"}.get(function.name)
    if special:
        return special.format(*bracketed)
    if function.name == "arccos" and inside == ("-1",):
        return "π"
    base, order = split_order(function.name)
    if order:
        return f"{base}{PRIMES[order] if order < 4 else f'^({order})'}({inside[0]})"
    norms = {"norm2": "‖{0}‖₂", "normF": "‖{0}‖_F", "norm1": "‖{0}‖₁", "abs": "|{0}|", "sigmoid": "σ({0})"}
    return norms.get(function.name, function.name + "({0})").format(*inside)


def _call_binds(function: Function) -> int:
    return {"kron": TERM, "inv": POSTFIX}.get(function.name, ATOM)


def partial_by(d: str) -> Callable[[str, str, bool], str]:
    """How a partial derivative is written with the sign `d`."""
    return lambda body, by, short: f"{d}{body}/{d}{by}" if short else f"{d}({body})/{d}{by}"


def slanted_by(d: str) -> Callable[[str, str], str]:
    """The same of names."""
    return lambda of, by: f"{d}{of}/{d}{by}"


def _number(value: Fraction | int) -> str:
    return str(value)


TERMINAL = Notation(
    number=_number,
    symbol=symbol_terminal,
    size=dim_terminal,
    constant=constant_terminal,
    brackets=lambda text: f"({text})",
    times=" ",
    hadamard=" ∘ ",
    plus=" + ",
    minus=" − ",
    quotient=lambda left, right, elementwise: f"{left} {'⊘' if elementwise else '/'} {right}",
    fraction_binds=TERM,
    power=_power,
    transpose=transposing("ᵀ"),
    call=_call,
    call_binds=_call_binds,
    differential=lambda inside, simple: f"d{inside}" if simple else f"d({inside})",
    differential_binds=POSTFIX,
    pair=lambda a, b: f"({a}{b})",
    entry=lambda base, places: f"{base}_{''.join(places)}",
    delta=lambda a, b: f"δ_{a}{b}",
    order=lambda a, b: f"[{a}≥{b}]",
    partial=partial_by("∂"),
    summed=lambda letters, body, several: f"Σ_{''.join(letters)} " + (f"({body})" if several else body),
    entry_times=" ",
    mark=lambda text: text,
)


def terminal(line: Line, marks: frozenset[Path] = frozenset()) -> str:
    """An expression for a terminal."""
    return write(line, TERMINAL, marks)
