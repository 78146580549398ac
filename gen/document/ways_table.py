"""The ways to one derivative side by side: where each starts, where it ends, and what that is."""

from __future__ import annotations

from gen.derivation.result import Derivation
from gen.document.formula import both
from gen.document.inline import Expression, Inline, Piece
from gen.document.inline import Words as Said
from gen.document.naming import partial_of, stacked_partial_of, whole_partial_of
from gen.document.note_blocks import TableBlock
from gen.document.pen import Pen
from gen.document.results import Told, in_matrix_form, with_indices
from gen.document.telling import telling_of
from gen.document.tex import Tex
from gen.document.words import Sentence, Words, Written
from gen.document.written import equation, expression
from gen.language.latex import sums_can_be_implied
from gen.language.node import Node

FEWEST = 2  # ways worth a table
HEADS = ("way", "starts_from", "ends_in", "shape_head")


def ways_table(derivations: tuple[Derivation, ...], pen: Pen) -> TableBlock | None:
    """One row a way; None for fewer than two. Sums are implied where that is unambiguous in all lines."""
    if len(derivations) < FEWEST:
        return None
    lines = [line for d in derivations for line in d.lines() if isinstance(line, tuple)]
    flat = pen.implying(sums_can_be_implied(lines)).for_text()
    header = tuple((Said(pen.words[key]),) for key in HEADS)
    rows = tuple(_row(derivation, flat) for derivation in derivations)
    return TableBlock(header, rows, ("left",) * len(HEADS))


def _row(d: Derivation, pen: Pen) -> tuple[Inline, ...]:
    found = telling_of(d).result(d, pen.words) or _answer(d, pen.words)
    way = (Said(pen.words[f"method_{d.method}"]),)
    if found is None:
        return way, _start(d, pen), (), ()
    end = _formula(equation(found.left, expression(found.line)), pen)
    return way, _start(d, pen), (end,), _sentence(found.words, pen)


def _start(d: Derivation, pen: Pen) -> Inline:
    """The first line; a way by tables starts from the function itself."""
    given = d.steps[0].before if d.steps else None
    line = given if isinstance(given, Node | tuple) else d.problem.expr
    return (_formula(equation(telling_of(d).left(d), expression(line)), pen),)


def _answer(d: Derivation, words: Words) -> Told | None:
    """The answer of a way whose telling ends in a picture of it."""
    found = d.results
    if found.matrix is not None:
        return in_matrix_form(whole_partial_of(d), found.matrix, words)
    if found.index is not None:
        return with_indices(partial_of(d), found.index, len(d.free), words)
    return None if found.vec is None else in_matrix_form(stacked_partial_of(d), found.vec, words)


def _formula(written: Written, pen: Pen) -> Expression:
    return Expression(Tex(written(pen.n)), both(written, pen))


def _sentence(said: Sentence, pen: Pen) -> Inline:
    pieces: list[Piece] = [Said(part) if isinstance(part, str) else _formula(part, pen) for part in said]
    return tuple(pieces)
