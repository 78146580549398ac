"""How a document writes formulas: the switches between habits of writing, and the notations they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Literal, TypeAlias

from gen.language import latex, mathml, terminal
from gen.language.dimension import Dim
from gen.language.notation import TERM, Notation
from gen.language.spoken import SPOKEN

Sums: TypeAlias = Literal["einstein", "sigma"]
Partial: TypeAlias = Literal["round", "upright"]
Transpose: TypeAlias = Literal["sans", "roman", "prime", "top"]
Matrices: TypeAlias = Literal["plain", "bold"]

UPRIGHT = r"\mathrm{d}"
BOLD = r"\boldsymbol{{}}"  # of amsmath: no package more, and MathJax and KaTeX know it
SIGN_TEX: Mapping[str, str] = {
    "sans": r"\mathsf{T}",
    "roman": r"\mathrm{T}",
    "prime": r"\prime",
    "top": r"\top",
}
_SIGN_UNICODE = {"sans": "ᵀ", "roman": "ᵀ", "prime": "′", "top": "^(⊤)"}
_SIGN_MATHML = {
    "sans": mathml.TRANSPOSED,
    "roman": mathml.TRANSPOSED,
    "prime": "<mo>′</mo>",
    "top": "<mo>⊤</mo>",
}
# Where the slanted bold letters of Unicode begin: Latin, Greek.
_BOLD = {"A": 0x1D468, "a": 0x1D482, "Α": 0x1D71C, "α": 0x1D736}
_BOLD_ZERO = 0x1D7CE


@dataclass(frozen=True, slots=True)
class Style:
    """The switches.

    `sums`: Einstein's convention, or Σ. `partial`: ∂ or an upright d. `transpose`: a T without serifs or
    with them, a prime, or ⊤. `matrices`: whether the names of whole vectors and matrices are bold; their
    entries are numbers and never are.
    """

    sums: Sums = "einstein"
    partial: Partial = "round"
    transpose: Transpose = "sans"
    matrices: Matrices = "plain"


@dataclass(frozen=True, slots=True, eq=False)
class Notations:
    """A style for paper, for screens and for ears, two for lines of text, and one for plain letters."""

    latex: Notation
    mathml: Notation
    spoken: Notation
    latex_in_text: Notation
    mathml_in_text: Notation
    unicode: Notation


@cache
def notations(style: Style) -> Notations:
    """The notations of a style; those of equal styles are the same objects."""
    paper, screen = _latex(style), _mathml(style)
    flat = replace(
        paper,
        quotient=latex.quotient_in_text,
        fraction_binds=TERM,
        partial=latex.partial_in_text(UPRIGHT if style.partial == "upright" else r"\partial"),
        second=latex.second_in_text(UPRIGHT if style.partial == "upright" else r"\partial"),
        partial_binds=TERM,
    )
    flat_screen = replace(
        screen,
        quotient=mathml.quotient_in_text,
        fraction_binds=TERM,
        partial=mathml.partial_in_text("d" if style.partial == "upright" else mathml.ROUND),
        second=mathml.second_in_text("d" if style.partial == "upright" else mathml.ROUND),
        partial_binds=TERM,
    )
    return Notations(paper, screen, _spoken(style), flat, flat_screen, _unicode(style))


def bold(letter: str) -> str:
    """A letter or a zero as the slanted bold sign of Unicode; any other sign as it is.

    >>> bold("W"), bold("σ"), bold("7")
    ('𝑾', '𝝈', '7')
    """
    if letter == "0":
        return chr(_BOLD_ZERO)
    first, most = ("A", 26) if "A" <= letter <= "Z" else ("a", 26) if "a" <= letter <= "z" else ("Α", 25)
    if letter >= "α":
        first = "α"
    place = ord(letter) - ord(first)
    return chr(_BOLD[first] + place) if 0 <= place < most else letter


def _latex(style: Style) -> Notation:
    n = latex.EINSTEIN if style.sums == "einstein" else latex.LATEX
    if style.partial == "upright":
        d = UPRIGHT
        n = replace(n, partial=latex.partial_by(d), slanted=latex.slanted_by(d), second=latex.second_by(d))
    if style.transpose != "sans":
        sign = SIGN_TEX[style.transpose]
        n = replace(n, transpose=latex.transposing(sign, inverse=style.transpose != "prime"))
    if style.matrices == "bold":
        n = replace(
            n,
            array=partial(latex.symbol_tex, around=BOLD),
            constant=partial(latex.constant_tex, around=BOLD),
        )
    return n


def _mathml(style: Style) -> Notation:
    n = replace(mathml.MATHML, implied_sums=True) if style.sums == "einstein" else mathml.MATHML
    if style.partial == "upright":
        n = replace(
            n, partial=mathml.partial_by("d"), slanted=mathml.slanted_by("d"), second=mathml.second_by("d")
        )
    if style.transpose != "sans":
        sign = _SIGN_MATHML[style.transpose]
        n = replace(n, transpose=mathml.transposing(sign, inverse=style.transpose != "prime"))
    if style.matrices == "bold":
        n = replace(
            n,
            array=partial(mathml.symbol_mathml, letter=bold),
            constant=partial(mathml.constant_mathml, letter=bold),
        )
    return n


def _unicode(style: Style) -> Notation:
    n = replace(terminal.TERMINAL, implied_sums=style.sums == "einstein")
    if style.partial == "upright":
        n = replace(n, partial=terminal.partial_by("d"), slanted=terminal.slanted_by("d"))
    if style.transpose != "sans":
        n = replace(n, transpose=terminal.transposing(_SIGN_UNICODE[style.transpose]))
    if style.matrices == "bold":
        n = replace(
            n, array=lambda name: "".join(map(bold, terminal.symbol_terminal(name))), constant=_bold_constant
        )
    return n


def _bold_constant(name: str, dims: tuple[Dim, ...]) -> str:
    """The sign of a constant bold, its sizes not; π is a number."""
    head, line, sizes = terminal.constant_terminal(name, dims).partition("_")
    return head if name == "pi" else "".join(map(bold, head)) + line + sizes


def _spoken(style: Style) -> Notation:
    """What is read aloud is the same in every style but for the sums: the words name what is meant."""
    return replace(SPOKEN, implied_sums=True) if style.sums == "einstein" else SPOKEN
