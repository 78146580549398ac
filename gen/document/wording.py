"""Reasons, shapes and figures of a derivation in words for the page."""

from __future__ import annotations

import re
from math import floor, log10

from gen.derivation.record import Check, Line, Reason
from gen.derivation.result import Derivation
from gen.document.sentence import sentence
from gen.document.tex import Tex
from gen.language.dimension import Dim
from gen.language.index import Index, Letter, Pair, Terms
from gen.language.latex import EINSTEIN, LATEX, shape_tex
from gen.language.node import Node
from gen.language.writer import Writer

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
# A table of one entry, which needs no brackets and could not be broken inside them.
_SINGLE = re.compile(r"\\begin\{pmatrix\} ((?:(?!\\begin|\\\\|&).)*?) \\end\{pmatrix\}")
_STACKED_TILES = re.compile(r"\\end\{pmatrix\} \\\\ \\begin\{pmatrix\}")


def pen_for(implied: bool) -> Writer:
    """What writes the lines of one problem, with sums implied or written."""
    return Writer(EINSTEIN if implied else LATEX)


def reason_tex(reason: Reason, pen: Writer) -> Tex:
    """A reason as a sentence with its expressions set as mathematics."""
    return Tex("".join([words(p) if isinstance(p, str) else f"${_piece(p, pen)}$" for p in reason]))


def words(text: str) -> Tex:
    r"""A sentence with its formulas, such as vec(AB) = ..., set as mathematics.

    >>> words("with vec(AY) = (I ⊗ A) vec(Y) here")
    'with $\\operatorname{vec}(AY)=(I\\otimes A)\\,\\operatorname{vec}(Y)$ here'
    """
    return sentence(text)


def shape(dims: tuple[Dim, ...]) -> Tex:
    """m × p × m × n in TeX; the one shape of a scalar is empty."""
    return Tex(shape_tex(dims)) if dims else Tex("")


def shape_words(dims: tuple[Dim, ...], indices: int) -> Tex:
    """What a result with free indices is, in words."""
    if indices == 0:
        return Tex("a scalar")
    named = f"{_NUMBERS[indices]} free " + ("index" if indices == 1 else "indices")
    what = {1: "a vector", 2: "a matrix"}.get(indices, "a tensor")
    return Tex(rf"{named}: {what} of shape ${shape_tex(dims)}$")


def matrix_words(dims: tuple[Dim, ...]) -> Tex:
    """What a result in matrix form is, in words."""
    if not dims:
        return Tex("a scalar")
    return Tex(rf"a {'vector' if len(dims) == 1 else 'matrix'} of shape ${shape_tex(dims)}$")


def checked_words(derivation: Derivation) -> Tex:
    """How a derivation was checked, with its figures; empty where it was not."""
    check = derivation.check
    if check is None or not derivation.verified:
        return Tex("")
    sizes = ", ".join(f"${LATEX.symbol(name)}={size}$" for name, size in derivation.sizes)
    where = f" with {sizes}" if sizes else ""
    return Tex(
        f"Checked at {check.points} random points{where}: every line, and a {derivation.against} derivative, "
        f"{_agreement(check)}."
    )


def line_tex(line: Line, pen: Writer, marks: frozenset[tuple[int, ...]] = frozenset()) -> Tex:
    r"""A line of a derivation, with `\chg` around what stands at `marks`."""
    if isinstance(line, Node | tuple):
        return Tex(pen.line(line, marks))
    table = line.latex
    while (found := _SINGLE.search(table)) is not None:
        table = table[: found.start()] + found[1] + table[found.end() :]
    return Tex(_STACKED_TILES.sub(r"\\end{pmatrix} \\\\[\\TileGap] \\begin{pmatrix}", table))


def _agreement(check: Check) -> str:
    if check.max_error == 0:
        return "agree exactly"
    power = floor(log10(check.max_error))
    digit = round(check.max_error / 10.0**power)
    if digit == 10:
        digit, power = 1, power + 1
    return rf"agree to ${digit}\cdot10^{{{power}}}$"


def _piece(part: Node | Terms | Index, pen: Writer) -> str:
    """An expression or an index that stands in a reason, for math mode."""
    return pen.n.index(part) if isinstance(part, Letter | Pair) else pen.line(part)
