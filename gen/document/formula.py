"""A formula of a page: its MathML and its words, made by one walk over one expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from gen.document.pen import PLAIN, Pen
from gen.document.words import Sentence, Written
from gen.document.written import expression
from gen.language.notation import NOTHING, Line, Path


@dataclass(frozen=True, slots=True)
class Formula:
    """What stands inside `<math>`, and how it is read aloud."""

    mathml: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Words that are left out of a line, for the reader to fill in."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language than those around them."""

    inside: tuple[str | Formula, ...]
    language: str


Phrase: TypeAlias = tuple[str | Formula | Blank | Foreign, ...]


def both(written: Written, pen: Pen = PLAIN) -> Formula:
    """What `written` makes of the notation for eyes and of the one for ears."""
    return Formula(written(pen.mathml), written(pen.spoken))


def formula(line: Line, marks: frozenset[Path] = NOTHING, pen: Pen = PLAIN) -> Formula:
    """An expression; what stands at `marks` is marked."""
    return both(expression(line, marks), pen)


def named(name: str) -> Formula:
    """A symbol."""
    return both(lambda n: n.symbol(name))


def equation(left: Formula | None, right: Formula) -> Formula:
    """left = right; with nothing on the left the line goes on from the one above."""
    before, said = (left.mathml, left.spoken + " ") if left is not None else ("", "")
    return Formula(f"{before}{PLAIN.mathml.equals}{right.mathml}", f"{said}equals {right.spoken}")


def phrase(said: Sentence, pen: Pen) -> tuple[str | Formula, ...]:
    """A sentence for screens and ears."""
    flat = pen.for_text()
    return tuple(piece if isinstance(piece, str) else both(piece, flat) for piece in said)
