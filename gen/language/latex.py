"""TeX form of expressions, with implied or written sums and a mark for what changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from gen.language.dimension import Dim
from gen.language.function import Function
from gen.language.index import Partial, Term, factor_letters
from gen.language.notation import ATOM, POSTFIX, TERM, Line, Notation, Path
from gen.language.writer import write

GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()
)

TRANSPOSE = r"\mathsf{T}"


@lru_cache(maxsize=1024)  # the names of an expression stand in every line
def symbol_tex(name: str, around: str = "{}") -> str:
    """A name: W, α, W₁, x with the subscript `hat`; `dW` is the differential of W.

    `around` is a command with a place for the letters, as that for bold ones.
    """
    head, *rest = [part for part in name.split("_") if part] or ["?"]
    letters = head.rstrip("0123456789")
    digits = head[len(letters) :]
    if letters.startswith("d") and len(letters) > 1 and letters[1:] in ({*GREEK} | {letters[1:2]}):
        core = r"\mathrm{d}" + around.replace("{}", _name(letters[1:]))
    else:
        core = around.replace("{}", _name(letters))
    below = ([digits] if digits else []) + [
        r if len(r) == 1 or r.isdigit() else rf"\mathrm{{{r}}}" for r in rest
    ]
    return core + (f"_{{{','.join(below)}}}" if below else "")


def _name(letters: str) -> str:
    if letters in GREEK:
        return "\\" + letters
    return letters if len(letters) == 1 else rf"\mathit{{{letters}}}"


@lru_cache(maxsize=1024)
def dim_tex(dim: Dim) -> str:
    """3, n, mn, 2n, n(n+1)/2."""
    parts = [_raised(_dim_name(n), f"^{{{len(list(run))}}}") for n, run in groupby(dim.names)]
    parts = [p.removesuffix("^{1}") for p in parts]
    if dim.factor != 1 or not parts:
        parts.insert(0, str(dim.factor))
    return r"\,".join(parts) if any(len(p) > 1 for p in parts[1:]) else "".join(parts)


def _dim_name(name: str) -> str:
    """A dimension's name; the one factor that is the length of vech is a product over 2."""
    base, triangular, _ = name.partition("*(")
    letters = "".join(part if part.isdigit() else symbol_tex(part) for part in base.split("*"))
    return f"{letters}({letters}+1)/2" if triangular else letters


def shape_tex(dims: tuple[Dim, ...]) -> str:
    """m × p × m × n; a scalar has no dimensions and is called one."""
    return r" \times ".join(dim_tex(d) for d in dims) if dims else r"\text{scalar}"


def _number(value: Fraction | int) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    return rf"{sign}\tfrac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def constant_tex(name: str, dims: tuple[Dim, ...], around: str = "{}") -> str:
    """The identity and other constant matrices; `around` as for names."""
    size = r" \times ".join(dim_tex(d) for d in dims)
    if name == "pi":
        return r"\pi"
    if name == "eye":
        return around.replace("{}", "I") + f"_{{{size}}}"
    if name == "ones":
        return rf"\mathbf{{1}}_{{{size}}}"
    if name == "zeros":
        return around.replace("{}", "0") + f"_{{{size}}}"
    if name in ("dup", "elim"):
        return around.replace("{}", "D" if name == "dup" else "L") + f"_{{{size}}}"
    if name == "comm":
        return around.replace("{}", "K") + f"_{{{','.join(dim_tex(d) for d in dims)}}}"
    return rf"\operatorname{{{name}}}_{{{size}}}"


def _quotient(left: str, right: str, elementwise: bool) -> str:
    return rf"{left} \oslash {right}" if elementwise else rf"\frac{{{left}}}{{{right}}}"


def _raised(base: str, exponent: str) -> str:
    """Two superscripts on one base are an error in TeX: the base gets brackets."""
    return (rf"\bigl({base}\bigr)" if _has_superscript(base) else base) + exponent


def _has_superscript(base: str) -> bool:
    if "^" not in base:
        return False
    depth = 0
    for token in _BRACKETS.findall(base):
        depth += (token in _OPENING) - (token in _CLOSING)
        if token == "^" and depth == 0:
            return True
    return False


_BRACKETS = re.compile(r"\\lVert|\\rVert|[{}()^]")
_OPENING, _CLOSING = ("{", "(", r"\lVert"), ("}", ")", r"\rVert")


def _power(base: str, exponent: str, elementwise: bool) -> str:
    return _raised(base, rf"^{{\odot {exponent}}}" if elementwise else f"^{{{exponent}}}")


def transposing(sign: str, *, inverse: bool = True) -> Callable[[str], str]:
    """How a transpose is written with `sign` as its exponent; whether X^-T stands for that of an inverse."""

    def transpose(base: str) -> str:
        if inverse and base.endswith("^{-1}") and not _has_superscript(base[: -len("^{-1}")]):
            return base[: -len("^{-1}")] + f"^{{-{sign}}}"
        return _raised(base, f"^{{{sign}}}")

    return transpose


def _infix(function: Function) -> bool:
    return function.tex.startswith("{0}")


def _call(function: Function, inside: tuple[str, ...], bracketed: tuple[str, ...]) -> str:
    if function.name == "inv" and _has_superscript(bracketed[0]):
        return rf"\bigl({inside[0]}\bigr)^{{-1}}"
    if function.name == "arccos" and inside == ("-1",):
        return r"\pi"
    if _infix(function):
        return function.tex.format(*bracketed)
    pattern = function.tex
    if any(r"\frac" in part for part in inside):
        pattern = pattern.replace("({0})", r"\Bigl({0}\Bigr)")
    return pattern.format(*inside)


def _call_binds(function: Function) -> int:
    if function.rules and len(function.rules[0].params) > 1:
        return TERM
    return POSTFIX if _infix(function) else ATOM


def _entry(base: str, places: tuple[str, ...]) -> str:
    if base.startswith(r"\frac"):
        base = _tall_brackets(base)
    elif base.endswith("}") and "_{" in base and not base.startswith(("(", r"\big", r"\Big")):
        base = f"({base})"
    return f"{base}_{{{''.join(places)}}}"


def partial_by(sign: str) -> Callable[[str, str, bool], str]:
    """How a partial derivative is written with `sign` for ∂."""

    def partial(body: str, by: str, short: bool) -> str:
        if short and not body.startswith(r"\frac"):
            return rf"\frac{{{sign} {body}}}{{{sign} {by}}}"
        return rf"\frac{{{sign}}}{{{sign} {by}}}{_tall_brackets(body)}"

    return partial


def slanted_by(sign: str) -> Callable[[str, str], str]:
    """The same in one line, for sentences."""
    return lambda of, by: f"{sign} {of}/{sign} {by}"


def quotient_in_text(left: str, right: str, elementwise: bool) -> str:
    """A quotient in a line of text, where a fraction would be too small to read."""
    return rf"{left} \oslash {right}" if elementwise else f"{left}/{right}"


def partial_in_text(sign: str) -> Callable[[str, str, bool], str]:
    """How a partial derivative is written in a line of text."""

    def partial(body: str, by: str, short: bool) -> str:
        return f"{sign} {body if short else _tall_brackets(body)}/{sign} {by}"

    return partial


def second_by(sign: str) -> Callable[[str, str, str], str]:
    """A second derivative, by two variables or by one and its transpose."""
    return lambda of, first, then: rf"\frac{{{sign}^2 {of}}}{{{sign} {first}\,{sign} {then}}}"


def second_in_text(sign: str) -> Callable[[str, str, str], str]:
    """The same in a line of text."""
    return lambda of, first, then: rf"{sign}^2 {of}/({sign} {first}\,{sign} {then})"


def _summed(letters: tuple[str, ...], body: str, several: bool) -> str:
    return rf"\sum_{{{','.join(letters)}}} " + (_tall_brackets(body) if several else body)


def _tall_brackets(body: str) -> str:
    """Brackets of fixed size, larger around fractions and sums, so that lines may still be broken inside."""
    size = "Bigl", "Bigr"
    if not any(tall in body for tall in (r"\frac", r"\sum")):
        size = "bigl", "bigr"
    return rf"\{size[0]}({body}\{size[1]})"


def _differential(inside: str, simple: bool) -> str:
    if simple:
        return rf"\mathrm{{d}}{inside}"
    return r"\mathrm{d}" + (_tall_brackets(inside) if r"\frac" in inside else f"({inside})")


LATEX = Notation(
    number=_number,
    symbol=symbol_tex,
    size=dim_tex,
    constant=constant_tex,
    brackets=lambda text: _tall_brackets(text) if r"\frac" in text else f"({text})",
    times=r"\,",
    hadamard=r" \odot ",
    plus=" + ",
    minus=" - ",
    quotient=_quotient,
    fraction_binds=ATOM,
    power=_power,
    transpose=transposing(TRANSPOSE),
    call=_call,
    call_binds=_call_binds,
    differential=_differential,
    differential_binds=POSTFIX,
    pair=lambda a, b: f"({a}{b})",
    entry=_entry,
    delta=lambda a, b: rf"\delta_{{{a}{b}}}",
    order=lambda a, b: rf"[{a} \ge {b}]",
    partial=partial_by(r"\partial"),
    summed=_summed,
    entry_times=r"\,",
    mark=lambda text: rf"\chg{{{text}}}",
    equals="=",
    shape=shape_tex,
    slanted=slanted_by(r"\partial"),
    second=second_by(r"\partial"),
    operator=lambda name: rf"\operatorname{{{name}}}",
    sum_sign=r"\sum",
    scientific=lambda digit, power: rf"{digit}\cdot10^{{{power}}}",
    dot=r"\cdot ",
)

EINSTEIN = replace(LATEX, implied_sums=True)


def latex(line: Line, marks: frozenset[Path] = frozenset(), *, einstein: bool = False) -> str:
    """An expression in TeX; `\\chg{...}` stands around every place in `marks`."""
    return write(line, EINSTEIN if einstein else LATEX, marks)


def sums_can_be_implied(lines: Iterable[object]) -> bool:
    """Is Einstein's convention unambiguous in all index lines: each dummy twice, each free index once a term?

    Lines of one derivation share terms and factors, and each is looked at once.
    """
    terms = {id(t): t for line in lines if isinstance(line, tuple) for t in line}
    known: dict[int, list[str]] = {}
    return all(_clear(term, known) for term in terms.values())


def _clear(term: Term, known: dict[int, list[str]]) -> bool:
    """What is read is the names of indices, so that these are counted; `known` are those of factors by id."""
    names: list[str] = []
    for factor in term.factors:
        found = known.get(id(factor))
        if found is None:
            if type(factor) is Partial and not _clear_inside(factor):
                return False
            found = known[id(factor)] = [x.name for x in factor_letters(factor)]
        names += found
    bound = [x.name for x in term.bound]
    for name in names:
        if names.count(name) != (2 if name in bound else 1):
            return False
    return not bound or all(name in names for name in bound)


def _clear_inside(partial: Partial) -> bool:
    """The same under a partial derivative, where a sum must not look as if it stood outside."""
    for term in partial.body:
        if term.bound:
            if len(partial.body) > 1 or len(term.factors) == 1:
                # The next line has the sum outside, and would look the same.
                return False
            inner = [x.name for f in term.factors for x in factor_letters(f)]
            if any(inner.count(x.name) != 2 for x in term.bound):
                return False
    return True
