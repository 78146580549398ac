"""Labels of pictures, and about how much room each takes on paper and on screens."""

from __future__ import annotations

from gen.document.breaking import width
from gen.document.drawing import Label
from gen.document.formula import formula, named
from gen.document.page import script_pieces
from gen.document.pen import PLAIN
from gen.document.tex import Tex, escape
from gen.document.tokens import tokens
from gen.language.dimension import Dim
from gen.language.latex import shape_tex, symbol_tex
from gen.language.notation import Line
from gen.language.terminal import dim_terminal, symbol_terminal, terminal

POINT = 25.4 / 72.27  # millimetres
_SMALL_SCRIPT = 0.7
_WIDE = frozenset("+−-=×⊗∘≥→·δΣ∂")


def expression(line: Line) -> Label:
    """A label that is an expression."""
    pen = PLAIN.for_text()
    return Label(Tex(f"${pen.line(line)}$"), terminal(line), formula(line, pen=pen))


def symbol_label(name: str) -> Label:
    """A label that is the name of a symbol."""
    return Label(Tex(f"${symbol_tex(name)}$"), symbol_terminal(name), named(name))


def maths(tex: str, plain: str) -> Label:
    """A label that is a formula, given in TeX and in Unicode."""
    return Label(Tex(f"${tex}$"), plain)


def words(text: str) -> Label:
    """A label that is plain text."""
    return Label(escape(text), text)


def shape_label(dims: tuple[Dim, ...], scalar: str) -> Label:
    """m × n; that of a scalar is the word for one."""
    if not dims:
        return Label(Tex(rf"$\text{{{scalar}}}$"), scalar)
    return Label(Tex(f"${shape_tex(dims)}$"), " × ".join(dim_terminal(d) for d in dims))


def points(small: bool = False) -> float:
    """The size of the letters of a label in TeX points."""
    wanted = "label" if small else "small"
    return next(size for name, size, _ in tokens("paper").types if name == wanted)


def room(label: Label, small: bool = False) -> float:
    """About how many millimetres a label takes from left to right, on paper or on a screen."""
    ems = max(_paper(label.tex), _screen(label.plain))
    return ems * points(small) * POINT


def line_height(small: bool = False) -> float:
    """About how many millimetres a label takes from top to bottom."""
    return 1.35 * points(small) * POINT


def _paper(tex: Tex) -> float:
    return width(tex[1:-1]) if tex.startswith("$") else 0.55 * len(tex)


def _screen(plain: str) -> float:
    return sum(
        sum(_letter(c) for c in text) * (1.0 if place == "on" else _SMALL_SCRIPT)
        for text, place in script_pieces(plain)
    )


def _letter(char: str) -> float:
    if char == " ":
        return 0.3
    return 0.75 if char.isupper() or char in _WIDE else 0.58
