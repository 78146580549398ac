"""Labels of pictures, and about how much room each takes on paper and on screens."""

from __future__ import annotations

from gen.document.drawing import Label
from gen.document.extent import width
from gen.document.formula import both
from gen.document.page import script_pieces
from gen.document.pen import PLAIN, Pen
from gen.document.tex import Tex, escape
from gen.document.tokens import tokens
from gen.document.words import Written
from gen.document.written import expression as written_expression
from gen.document.written import name
from gen.language.dimension import Dim
from gen.language.latex import shape_tex, sums_can_be_implied
from gen.language.node import Node
from gen.language.notation import Line
from gen.language.style import notations
from gen.language.terminal import TERMINAL, dim_terminal

POINT = 25.4 / 72.27  # millimetres
_SMALL_SCRIPT = 0.7
_WIDE = frozenset("+−-=×⊗∘≥→·δΣ∂")


def written(said: Written, pen: Pen = PLAIN) -> Label:
    """A label that is a formula in the notation of a document."""
    styled = said(notations(pen.style).unicode)
    plain = said(TERMINAL)
    return Label(
        Tex(f"${said(pen.in_text[0])}$"), plain, both(said, pen.for_text()), "" if styled == plain else styled
    )


def expression(line: Line, pen: Pen = PLAIN) -> Label:
    """A label that is an expression; sums are implied where the pen would and that is unambiguous."""
    if isinstance(line, tuple):
        pen = pen.implying(sums_can_be_implied((line,)))
    return written(written_expression(line), pen)


def symbol_label(node: Node, pen: Pen = PLAIN) -> Label:
    """A label that is the name of a symbol."""
    return written(name(node), pen)


def joined(*labels: Label, by: tuple[str, str] = ("", "")) -> Label:
    """Labels of formulas as one; `by` is what stands between them in TeX and in Unicode."""
    tex = by[0].join(label.tex[1:-1] for label in labels)
    return Label(
        Tex(f"${tex}$"),
        by[1].join(label.plain for label in labels),
        styled=by[1].join(label.seen for label in labels),
    )


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
    return next(size for called, size, _ in tokens("paper").types if called == wanted)


def room(label: Label, small: bool = False) -> float:
    """About how many millimetres a label takes from left to right, on paper or on a screen."""
    ems = max(_paper(label.tex), _screen(label.seen))
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
