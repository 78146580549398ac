"""Reasons and laws of the records as pages show them: their formulas, written in Unicode, become MathML."""

from __future__ import annotations

import re

from gen.derivation.record import Reason
from gen.document.formula import Foreign, Formula, Phrase, phrase
from gen.document.pen import Pen
from gen.document.reason_words import reason_in
from gen.document.sentence import parts
from gen.document.tex_mathml import tex_formula
from gen.document.written import reason

RECORDED = "en"  # the language of the records
_BY = " × "  # between the dimensions of a shape
_PLACE = "x"  # a letter, until what it stands for is put there
_BEGINS = re.compile(r"(<mrow>)*<mo[^>]*>=</mo>")
_ENDS = re.compile(r"<mo[^>]*>=</mo>(</mrow>)*$")


def law_phrase(text: str, pen: Pen) -> Phrase:
    """A sentence of the records; `vec(AB) = ...` in it is a formula.

    >>> from gen.document.pen import PLAIN
    >>> [getattr(piece, "spoken", piece) for piece in law_phrase("the trace of AB", PLAIN)]
    ['the trace of ', 'A B']
    """
    return tuple(_formula(said) if formula else said for said, formula in parts(text, pen.laws))


def reason_phrase(because: Reason, pen: Pen) -> Phrase:
    """Why a line holds, with its expressions and its laws as formulas.

    What there is in English only is told apart from the words of another language.
    """
    out: list[str | Formula] = []
    known = reason_in(because, pen.words)
    for piece in phrase(reason(known), pen):
        if isinstance(piece, Formula):
            out.append(piece)
            continue
        for said, formula in parts(piece, pen.laws):
            last = out[-1] if out else ""
            if formula and said[0] in "^_" and isinstance(last, Formula):
                out[-1] = _scripted(last, said)  # f, then a prime
            else:
                out.append(_formula(said) if formula else said)
    made = _closed(out)
    english = known is because and pen.words.language != RECORDED and any(isinstance(x, str) for x in made)
    return (Foreign(made, RECORDED),) if english else made


def _formula(tex: str) -> Formula:
    return tex_formula("{}" + tex if tex[0] in "^_" else tex)  # a script stands at something


def _scripted(base: Formula, script: str) -> Formula:
    made = tex_formula(f"{_PLACE}{script}")
    mathml = made.mathml.replace(f"<mi>{_PLACE}</mi>", f"<mrow>{base.mathml}</mrow>", 1)
    return Formula(mathml, made.spoken.replace(_PLACE, base.spoken, 1))


def _closed(pieces: list[str | Formula]) -> tuple[str | Formula, ...]:
    """Two formulas with nothing but a sign between them, of relation or of shapes, are one."""
    out: list[str | Formula] = []
    for piece in pieces:
        before = out[-2] if len(out) > 1 and out[-1] in (" ", _BY) else None
        if not isinstance(before, Formula) or not isinstance(piece, Formula):
            out.append(piece)
        elif out[-1] == _BY:
            out[-2:] = [
                Formula(f"{before.mathml}<mo>×</mo>{piece.mathml}", f"{before.spoken} by {piece.spoken}")
            ]
        elif _related(before, piece):
            out[-2:] = [Formula(before.mathml + piece.mathml, f"{before.spoken} {piece.spoken}")]
        else:
            out.append(piece)
    return tuple(out)


def _related(left: Formula, right: Formula) -> bool:
    return _ENDS.search(left.mathml) is not None or _BEGINS.match(right.mathml) is not None
