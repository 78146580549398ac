"""What an exercise of notes asks for, where its author gives no words of their own."""

from __future__ import annotations

from gen.derivation.result import Derivation
from gen.document.conventions import FIRST
from gen.document.formula import both
from gen.document.inline import Expression, Inline, Words
from gen.document.naming import given, stacked_partial_of
from gen.document.pen import Pen
from gen.document.tex import Tex
from gen.document.words import Sentence
from gen.document.written import increment, listed, name

_NAMED = ("gradient", "jacobian", "hessian", "hessian4", "vechess", "vecjac", "differential")


def asked_for(d: Derivation, pen: Pen) -> Inline:
    """The question that `d` answers, in the language of the notes."""
    flat = pen.for_text()
    asked = pen.words.sentence("exercise_prompt", what=_what(d, pen))
    return tuple(
        Words(piece) if isinstance(piece, str) else Expression(Tex(piece(flat.n)), both(piece, flat))
        for piece in asked
    )


def _what(d: Derivation, pen: Pen) -> Sentence:
    """The derivative, with the function and the variable in it."""
    kind, by = d.problem.kind, d.problem.wrt
    called = kind if kind in _NAMED and not (kind == "jacobian" and by.is_scalar) else "derivative"
    places = {"given": given(d), "by": name(by), "stacked": stacked_partial_of(d), "step": increment(by)}
    said = pen.words.sentence(f"what_{called}", **places)
    if d.problem.layout == "denominator" and kind in ("jacobian", "vecjac"):
        said = (*said, pen.words["what_denominator"])
    return (*said, *_standing(d, pen)) if kind not in ("vecjac", "differential") else said


def _standing(d: Derivation, pen: Pen) -> Sentence:
    """Which entries of a structured variable are free: books differ."""
    by = d.problem.wrt
    if by.structure is None:
        # Readers take a positive definite matrix as symmetric, and then as moving like one.
        return (pen.words["what_spd"],) if by.domain == "spd" and by.is_square else ()
    if by.structure == "symmetric" and d.problem.symmetric == "projected":
        return (pen.words["what_projected"],)
    letters = d.problem.letters or FIRST
    q, r = letters[2], letters[3]
    return pen.words.sentence(f"what_{by.structure}", upper=listed(q + r), lower=listed(r + q))
