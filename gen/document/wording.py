"""Sentences, reasons and lines of a derivation as TeX."""

from __future__ import annotations

import re

from gen.derivation.components import grid_tex
from gen.derivation.record import Line, Reason
from gen.document.pen import Pen
from gen.document.reason_words import reason_in
from gen.document.sentence import sentence
from gen.document.tex import Tex, fixed
from gen.document.words import Sentence
from gen.language.dimension import Dim
from gen.language.index import Letter, Pair
from gen.language.latex import shape_tex
from gen.language.node import Node
from gen.language.style import SIGN_TEX, UPRIGHT

# A table of one entry, which needs no brackets and could not be broken inside them.
_SINGLE = re.compile(r"\\begin\{pmatrix\} ((?:(?!\\begin|\\\\|&).)*?) \\end\{pmatrix\}")
_SANS = re.compile(r"\\mathsf(?: T|\{T\})")
_STACKED_TILES = re.compile(r"\\end\{pmatrix\} \\\\ \\begin\{pmatrix\}")


def sentence_tex(said: Sentence, pen: Pen) -> Tex:
    """A sentence with its formulas between dollars."""
    return Tex("".join([fixed(x) if isinstance(x, str) else f"${x(pen.in_text[0])}$" for x in said]))


def reason_tex(reason: Reason, pen: Pen) -> Tex:
    """A reason as a sentence with its expressions set as mathematics, in the language of the pen."""
    said = reason_in(reason, pen.words)
    return Tex(
        "".join([words(part, pen) if isinstance(part, str) else f"${_piece(part, pen)}$" for part in said])
    )


def words(text: str, pen: Pen) -> Tex:
    r"""A sentence with its formulas, such as vec(AB) = ..., set as mathematics.

    >>> from gen.document.pen import USUAL
    >>> words("with vec(AY) = (I ⊗ A) vec(Y) here", USUAL)
    'with $\\operatorname{vec}(AY)=(I\\otimes A)\\,\\operatorname{vec}(Y)$ here'
    """
    return sentence(text, pen.laws)


def told(tex: Tex, pen: Pen) -> Tex:
    r"""Finished TeX of the program's own texts, whose ∂ and transposes become those of the document.

    >>> from gen.document.pen import pen_for
    >>> from gen.language.style import Style
    >>> told(Tex(r"$\partial F/\partial X^{\mathsf T}$"), pen_for(Style(partial="upright", transpose="top")))
    '$\\mathrm{d} F/\\mathrm{d} X^{\\top}$'
    """
    out = str(tex)
    if pen.style.partial == "upright":
        out = out.replace(r"\partial", UPRIGHT)
    if pen.style.transpose != "sans":
        out = _SANS.sub(lambda found: SIGN_TEX[pen.style.transpose], out)
    return Tex(out)


def shape(dims: tuple[Dim, ...]) -> Tex:
    """m × p × m × n in TeX; the one shape of a scalar is empty."""
    return Tex(shape_tex(dims)) if dims else Tex("")


def line_tex(line: Line, pen: Pen, marks: frozenset[tuple[int, ...]] = frozenset()) -> Tex:
    r"""A line of a derivation, with `\chg` around what stands at `marks`."""
    if isinstance(line, Node | tuple):
        return Tex(pen.line(line, marks))
    if isinstance(line.content, Node):
        return Tex(pen.line(line.content))
    table = line.latex if line.content is None else grid_tex(line.content, pen.n)
    while (found := _SINGLE.search(table)) is not None:
        table = table[: found.start()] + found[1] + table[found.end() :]
    return Tex(_STACKED_TILES.sub(r"\\end{pmatrix} \\\\[\\TileGap] \\begin{pmatrix}", table))


def _piece(part: object, pen: Pen) -> str:
    if type(part) is Letter:
        return pen.in_text[0].letter(part.name)
    if isinstance(part, Node | tuple):
        return pen.inline(part)
    if isinstance(part, Pair):
        return pen.in_text[0].index(part)
    raise TypeError(f"a reason holds {type(part).__name__}")
